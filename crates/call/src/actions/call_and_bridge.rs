//! `CallAndBridge`: dials LEG-B and connects it with LEG-A when it answers.
//!
//! An unanswered LEG-A stays unanswered until then: it hears the ringback tone or LEG-B's early media as early
//! media of its own. A LEG-B that never answers is no participant and gets no `HANGUP`.

use std::time::Duration;

use base::E164;
use serde::{Deserialize, Serialize};

use crate::actions::{Begun, Running, Signal, Step, audio_source};
use crate::legs::{Direction, JOIN_NUMBER, Leg, LegState, Side, dialling};
use crate::protocol::error::{ActionError, ErrorType};
use crate::protocol::parameters::Parameters;
use crate::protocol::sip_headers;
use crate::stage::Stage;
use crate::{Dial, DialRefusal, DialTarget, Effect, PlaybackId, Times};

/// SIP status in the record of a leg that we gave up on.
const NOT_ANSWERED: u16 = 480;
/// SIP status in the record of a leg that was cancelled.
const CANCELLED: u16 = 487;

/// LEG-B is being dialled; the rest stands in its [`LegState`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CallAndBridge {
    tone: Option<PlaybackId>,
    ringback: Ringback,
}

/// What LEG-A hears meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Ringback {
    /// A tone of the handler's.
    Tone,
    /// What LEG-B sends, if anything.
    Relayed,
}

pub(super) fn begin(stage: &mut Stage<'_>, parameters: Parameters<'_>) -> Result<Begun, ActionError> {
    if stage.legs.is_live(Side::B) {
        return Err(ActionError::invalid("Invalid action on the call."));
    }
    let timeout = parameters.integer_in("CallTimeoutSeconds", 1..=120).map_err(|_| {
        ActionError::invalid(
            "The MaxCallTimeout parameter is invalid. Timeout must be between 0 and 120 seconds.",
        )
    })?;
    let timeout = Duration::from_secs(timeout.unwrap_or(30).unsigned_abs());
    let caller_id = caller_id(parameters, &stage.legs.a.from)?;
    let to = endpoint(parameters)?;
    let tone = match parameters.get("RingbackTone") {
        Some(_) => Some(
            audio_source::object(parameters, "RingbackTone")
                .ok_or_else(|| audio_source::unusable("Ringtone parameter value is invalid."))?,
        ),
        None => None,
    };
    let sip_headers = match parameters.object("SipHeaders") {
        Ok(Some(headers)) => {
            sip_headers::read(headers.0).map_err(|refused| ActionError::invalid(refused.to_string()))?
        }
        Ok(None) => Vec::new(),
        Err(_) => return Err(ActionError::parameter("SipHeaders")),
    };

    let ringback = if tone.is_some() { Ringback::Tone } else { Ringback::Relayed };
    let tone = tone.map(|source| {
        stage.start_early_media();
        stage.play(Side::A, source, Times::Forever)
    });
    let leg = stage.ids.leg();
    let shown = match &to {
        DialTarget::Pstn { number } => number.clone(),
        DialTarget::Connector { user, .. } => user.clone(),
        DialTarget::Meeting { .. } => JOIN_NUMBER.to_owned(),
    };
    let state = dialling(stage.now, timeout);
    stage.legs.replace_b(Leg::new(leg, caller_id.clone(), shown, Direction::Outbound, stage.now, state));
    let on_behalf_of = Some(stage.legs.a.id);
    stage
        .effects
        .push(Effect::Dial { leg, dial: Dial { to, caller_id, sip_headers, timeout, on_behalf_of } });
    Ok(Begun::Running(Running::CallAndBridge(CallAndBridge { tone, ringback })))
}

/// LEG-A's own number is good in any format; whether another is ours to use is found out when dialling.
fn caller_id(parameters: Parameters<'_>, leg_a_from: &str) -> Result<String, ActionError> {
    match parameters.text("CallerIdNumber") {
        Ok(Some(number)) if !number.is_empty() => {
            let usable = number == leg_a_from || number.parse::<E164>().is_ok();
            if usable { Ok(number.into_owned()) } else { Err(ActionError::invalid("Invalid caller ID.")) }
        }
        Ok(_) => Err(ActionError::invalid("Caller ID not defined.")),
        Err(_) => Err(ActionError::invalid("Invalid caller ID.")),
    }
}

/// Reads the only entry of `Endpoints`.
fn endpoint(parameters: Parameters<'_>) -> Result<DialTarget, ActionError> {
    let endpoints = parameters.get("Endpoints").and_then(|value| value.as_array());
    let Some([endpoint]) = endpoints else {
        return Err(ActionError::invalid("Invalid number of endpoints provided."));
    };
    endpoint
        .as_object()
        .and_then(|endpoint| target(Parameters(endpoint)))
        .ok_or_else(|| ActionError::invalid("Endpoint parameter is invalid."))
}

fn target(endpoint: Parameters<'_>) -> Option<DialTarget> {
    let uri = endpoint.text("Uri").ok()??;
    let arn = endpoint.selector("Arn").ok()?;
    match (&*endpoint.text("BridgeEndpointType").ok()??, arn) {
        ("PSTN", None) => Some(DialTarget::Pstn { number: uri.parse::<E164>().ok()?.into() }),
        ("AWS", Some(arn)) if is_user(&uri) && is_connector(arn) => {
            Some(DialTarget::Connector { arn: arn.to_owned(), user: uri.into_owned() })
        }
        _ => None,
    }
}

/// User part of a Request-URI.
fn is_user(uri: &str) -> bool {
    (1..=36).contains(&uri.len())
        && uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"&=+$/%-_!~*().".contains(&b))
}

/// `arn:aws:chime:<region>:<account>:vc/<id>`, or `vcg/` for a group.
fn is_connector(arn: &str) -> bool {
    let mut parts = arn.splitn(6, ':');
    let head = (parts.next(), parts.next(), parts.next());
    let aws = matches!(head, (Some("arn"), Some(partition), Some("chime")) if partition.starts_with("aws"));
    let id = parts.nth(2).and_then(|r| r.strip_prefix("vc/").or_else(|| r.strip_prefix("vcg/")));
    aws && id.is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

impl CallAndBridge {
    pub(super) fn signal(&mut self, stage: &mut Stage<'_>, signal: Signal) -> Step {
        match signal {
            Signal::Progressed { early_media } => {
                self.progressed(stage, early_media);
                Step::Continue
            }
            Signal::Answered => {
                self.silence(stage);
                stage.connect(Side::A);
                if let Some(b) = &mut stage.legs.b {
                    b.state = LegState::Connected { since: stage.now };
                }
                stage.bridge();
                Step::done()
            }
            Signal::Lost(code) => {
                stage.log(format!("The bridged leg was not answered: SIP {code}."));
                self.silence(stage);
                stage.lost(Side::B, code);
                Step::failed(not_answered())
            }
            Signal::Due => {
                stage.log("The bridged leg was not answered in time.");
                self.silence(stage);
                stage.release(Side::B, NOT_ANSWERED);
                Step::failed(not_answered())
            }
            Signal::Refused(refusal) => {
                self.silence(stage);
                stage.never_began(Side::B);
                Step::failed(refused(stage, refusal))
            }
            Signal::PlaybackEnded(playback, outcome) if self.tone == Some(playback) => {
                self.tone = None;
                let Err(error) = outcome else { return Step::Continue };
                stage.release(Side::B, CANCELLED);
                Step::failed(audio_source::playback_error(&error))
            }
            _ => Step::Continue,
        }
    }

    fn progressed(&self, stage: &mut Stage<'_>, early_media: bool) {
        match (self.ringback, early_media) {
            (Ringback::Tone, _) => {}
            (Ringback::Relayed, true) => {
                stage.start_early_media();
                stage.bridge();
            }
            (Ringback::Relayed, false) => {
                if stage.legs.a.state == LegState::Alerting {
                    stage.effects.push(Effect::Ring { leg: stage.legs.a.id });
                }
            }
        }
    }

    /// Cancels LEG-B: LEG-A is gone, or an update wants something else.
    pub(super) fn stop(&mut self, stage: &mut Stage<'_>) {
        self.silence(stage);
        stage.release(Side::B, CANCELLED);
    }

    fn silence(&mut self, stage: &mut Stage<'_>) {
        if let Some(tone) = self.tone.take() {
            stage.stop_playback(tone);
        }
    }
}

/// The only published call-progress error: time-out, busy and every other refusal of the far end.
fn not_answered() -> ActionError {
    ActionError::new(ErrorType::CallNotAnswered, "Call not answered")
}

fn refused(stage: &mut Stage<'_>, refusal: DialRefusal) -> ActionError {
    match refusal {
        DialRefusal::CallerIdNotOwned => ActionError::invalid(
            "Provided caller ID number is invalid. Number must be owned by this AWS account, or be the From \
             number of LEG-A.",
        ),
        DialRefusal::UnknownConnector => ActionError::invalid("Endpoint parameter is invalid."),
        DialRefusal::NoRoute(missing) => {
            stage.log(format!("The bridged leg has nowhere to go: {missing}"));
            not_answered()
        }
        DialRefusal::Loop => {
            stage.log("The bridged leg would loop.");
            not_answered()
        }
        DialRefusal::NoCapacity(limit) => {
            stage.log(format!("The bridged leg cannot be placed: {limit}"));
            ActionError::system()
        }
        // Of a meeting's leg only, which is joined and not bridged.
        DialRefusal::BadJoinToken => not_answered(),
    }
}
