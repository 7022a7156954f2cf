use std::collections::VecDeque;

use base::{Timestamp, TransactionId};
use sip::stack;

use crate::Output;

/// Where one `handle` puts what it brings about: outputs for the shell, and work that the node still has to do before
/// it is done.
pub(crate) struct Io<'a> {
    pub(crate) now: Timestamp,
    pub(crate) out: &'a mut Vec<Output>,
    /// Given out last, behind the journal lines they rest on.
    pub(crate) invocations: Vec<Output>,
    pub(crate) work: VecDeque<Work>,
}

/// Something that one machine brought about and another has to hear of.
#[derive(Debug)]
pub(crate) enum Work {
    /// A fact of the SIP stack.
    Sip(stack::Event),
    /// A message of a dialog, for the journal.
    Traced { dialog: stack::DialogId, sent: bool, remote: std::net::SocketAddr, message: String },
    /// A message that stays within the node.
    Internal { flow: stack::Flow, bytes: Vec<u8> },
    /// A fact for a call.
    Call { transaction: TransactionId, event: call::Event },
}

impl Io<'_> {
    pub(crate) fn tell(&mut self, transaction: TransactionId, event: call::Event) {
        self.work.push_back(Work::Call { transaction, event });
    }
}
