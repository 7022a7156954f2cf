// One party of a meeting in a browser: the unmodified client, driven by `party.…` and telling what it was called back.

import {
  ConsoleLogger,
  DefaultActiveSpeakerPolicy,
  DefaultDeviceController,
  DefaultMeetingSession,
  LogLevel,
  MeetingSessionConfiguration,
  MeetingSessionStatusCode,
  Versioning,
} from "the-client";

// The media of a party may have to run by another port, where a test can cut them.
let detour = null;
const setRemoteDescription = RTCPeerConnection.prototype.setRemoteDescription;
RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
  for (const [, address, port] of sdp.matchAll(/^a=candidate:\S+ \d+ udp \d+ (\S+) (\d+)/gim)) {
    tell("candidate", { address, port: Number(port) });
  }
  if (detour) sdp = sdp.replace(/^(a=candidate:\S+ \d+ udp \d+ )\S+ \d+/gim, `$1${detour}`);
  return setRemoteDescription.call(this, { type, sdp });
};

const audio = document.querySelector("audio");
let session, ear, context;
const events = [];

function tell(kind, more = {}) {
  events.push({ at: performance.now(), kind, ...more });
}

const observer = {
  audioVideoDidStartConnecting: (reconnecting) => tell("connecting", { reconnecting }),
  audioVideoDidStart: () => tell("started"),
  audioVideoDidStop: (status) =>
    tell("stopped", { code: status.statusCode(), name: MeetingSessionStatusCode[status.statusCode()] }),
  connectionDidBecomePoor: () => tell("poor"),
  connectionDidBecomeGood: () => tell("good"),
  videoSendDidBecomeUnavailable: () => tell("stop camera"),
};

const volumes = {}; // attendee → { volume, muted, signal } as last told

function present(attendeeId, present, externalUserId, dropped) {
  tell("presence", { attendeeId, present, externalUserId, dropped });
  if (present && !volumes[attendeeId]) {
    volumes[attendeeId] = {};
    session.audioVideo.realtimeSubscribeToVolumeIndicator(attendeeId, (id, volume, muted, signal, external) => {
      const last = volumes[id];
      if (muted !== null && muted !== last.muted) tell("muted", { attendeeId: id, muted });
      if (volume !== null) last.loudest = Math.max(volume, last.loudest ?? 0);
      for (const [name, value] of Object.entries({ volume, muted, signal, external })) {
        if (value !== null && value !== undefined) last[name] = value;
      }
    });
  }
}

function logger() {
  const wanted = new ConsoleLogger("party", LogLevel.WARN);
  return wanted;
}

async function listen() {
  if (ear) return;
  context = new AudioContext();
  await context.resume();
  ear = context.createAnalyser();
  ear.fftSize = 8192;
  ear.smoothingTimeConstant = 0;
}

let listenedTo = null;
function follow() {
  if (audio.srcObject && audio.srcObject !== listenedTo) {
    listenedTo = audio.srcObject;
    context.createMediaStreamSource(listenedTo).connect(ear);
  }
}

window.party = {
  version: () => Versioning.sdkVersion,
  listen,

  /** Joins; resolves when the client has been started (its callbacks tell the rest). */
  async join({ meeting, attendee, muted = false, media, receive = [] }) {
    detour = media ?? null;
    await listen();
    const configuration = new MeetingSessionConfiguration(meeting, attendee);
    session = new DefaultMeetingSession(configuration, logger(), new DefaultDeviceController(logger()));
    const av = session.audioVideo;
    av.addObserver(observer);
    av.realtimeSubscribeToAttendeeIdPresence(present);
    av.realtimeSubscribeToMuteAndUnmuteLocalAudio((muted) => tell("own mute", { muted }));
    av.realtimeSubscribeToLocalSignalStrengthChange((signal) => tell("signal", { signal }));
    av.subscribeToActiveSpeakerDetector(new DefaultActiveSpeakerPolicy(), (speakers) => tell("speakers", { speakers }));
    for (const topic of receive) {
      av.realtimeSubscribeToReceiveDataMessage(topic, (message) =>
        tell("message", {
          topic: message.topic,
          text: message.text(),
          sender: message.senderAttendeeId,
          external: message.senderExternalUserId,
          throttled: message.throttled,
          timestamp: message.timestampMs,
        }),
      );
    }
    const devices = await av.listAudioInputDevices();
    // Chromium's fake device gets processing of its own off: tones have to come through as they are.
    await av.startAudioInput({
      deviceId: devices[0].deviceId,
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    });
    await av.bindAudioElement(audio);
    if (muted) av.realtimeMuteLocalAudio();
    av.start();
  },

  events: (since = 0) => events.slice(since),
  volumes: () => volumes,
  mute: () => session.audioVideo.realtimeMuteLocalAudio(),
  unmute: () => session.audioVideo.realtimeUnmuteLocalAudio(),
  isMuted: () => session.audioVideo.realtimeIsLocalAudioMuted(),
  send: (topic, data, lifetime) => session.audioVideo.realtimeSendDataMessage(topic, data, lifetime),
  leave: () => session.audioVideo.stop(),

  /** Switches the camera on, whatever comes of it. */
  async camera() {
    const devices = await session.audioVideo.listVideoInputDevices();
    await session.audioVideo.startVideoInput(devices[0].deviceId);
    session.audioVideo.startLocalVideoTile();
  },

  /** The audible frequencies, loudest first, each in Hz and dB below full scale. */
  sound() {
    follow();
    const bins = new Float32Array(ear.frequencyBinCount);
    ear.getFloatFrequencyData(bins);
    const width = context.sampleRate / ear.fftSize;
    const peaks = [];
    for (let i = 2; i < bins.length - 2; i++) {
      const level = bins[i];
      if (level > -70 && level >= bins[i - 1] && level > bins[i + 1] && level > bins[i - 2] && level > bins[i + 2]) {
        // The top of the parabola through three bins is nearer to the tone than the middle of a bin.
        const shift = (bins[i - 1] - bins[i + 1]) / (2 * (bins[i - 1] - 2 * level + bins[i + 1]));
        peaks.push({ hertz: (i + shift) * width, level });
      }
    }
    return peaks.sort((a, b) => b.level - a.level).slice(0, 12);
  },

  /** What the peer connection counted in its audio, both ways. */
  async stats() {
    const connection = session.audioVideoController?.rtcPeerConnection ?? session.audioVideo.rtcPeerConnection;
    const found = {};
    for (const report of (await connection.getStats()).values()) {
      if (report.type === "inbound-rtp" || report.type === "outbound-rtp") {
        if (report.kind !== "audio") continue;
        const codec = report.codecId && (await connection.getStats()).get(report.codecId);
        found[report.type.split("-")[0]] = {
          packets: report.packetsReceived ?? report.packetsSent,
          lost: report.packetsLost ?? 0,
          concealed: report.concealedSamples,
          silentConcealed: report.silentConcealedSamples,
          samples: report.totalSamplesReceived,
          jitter: report.jitter,
          energy: report.totalAudioEnergy,
          codec: codec?.mimeType,
        };
      }
    }
    return found;
  },
};
document.title = "party";
