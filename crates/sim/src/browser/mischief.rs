//! What a page may say at any moment, and what no client says.

use base::{Rng, Timestamp};
use bytes::Bytes;
use meet::frame::{DataMessage, DataMessages, FrameKind, PONG, PingPong, SignalFrame};

use super::{Browser, BrowserStage, BrowserWant};

impl Browser {
    /// Offers its media again, or something that is no offer, or from where nobody reaches it.
    pub(crate) fn offers_again(&mut self, now: Timestamp, what: &str, wants: &mut Vec<BrowserWant>) {
        if matches!(self.stage, BrowserStage::Subscribing | BrowserStage::Subscribed) {
            self.subscribe(now, what, wants);
        }
    }

    /// Writes to the others.
    pub(crate) fn writes(&self, now: Timestamp, rng: &mut Rng, wants: &mut Vec<BrowserWant>) {
        wants.push(BrowserWant::Send(message(now, rng)));
    }

    /// Says something that makes no sense: a frame that was garbled, one out of its turn, or no frame at all.
    pub(crate) fn babbles(&self, now: Timestamp, rng: &mut Rng, wants: &mut Vec<BrowserWant>) {
        let mut bytes = match rng.below(6) {
            0 => vec![],
            1 => (0..rng.below(60)).map(|_| rng.below(256) as u8).collect(),
            2 => self.joining(now).to_vec(),
            3 => message(now, rng).to_vec(),
            4 => {
                let mut pong = SignalFrame::new(now, FrameKind::PingPong);
                pong.ping_pong = Some(PingPong { kind: Some(PONG), ping_id: Some(1) });
                pong.to_bytes().to_vec()
            }
            _ => {
                let kind = FrameKind::ALL[rng.below(FrameKind::ALL.len() as u64) as usize];
                SignalFrame::new(now, kind).to_bytes().to_vec()
            }
        };
        for _ in 0..rng.below(4) {
            let at = rng.below(bytes.len().max(1) as u64) as usize;
            match (rng.below(3), bytes.get_mut(at)) {
                (_, None) => {}
                (0, Some(_)) => bytes.truncate(at),
                (1, Some(byte)) => *byte = rng.below(256) as u8,
                (_, Some(_)) => bytes.insert(at, 0xff),
            }
        }
        wants.push(BrowserWant::Send(bytes.into()));
    }
}

fn message(now: Timestamp, rng: &mut Rng) -> Bytes {
    let mut frame = SignalFrame::new(now, FrameKind::DataMessage);
    let message = DataMessage {
        topic: Some(if rng.one_in(8) { "no topic" } else { "chat" }.into()),
        data: Some(Bytes::from_static(b"hello")),
        lifetime_ms: Some(rng.below(2) as u32 * 60_000),
        ..DataMessage::default()
    };
    frame.data_message = Some(DataMessages { messages: vec![message; 1 + rng.below(3) as usize] });
    frame.to_bytes()
}
