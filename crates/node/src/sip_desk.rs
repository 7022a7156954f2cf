use std::collections::HashMap;

use base::{LegId, TransactionId};
use sip::stack::{self, Command, DialogId, Flow, Stack, Transport};

use crate::Output;
use crate::io::{Io, Work};

/// The SIP stack, and whose each of its dialogs is.
pub(crate) struct SipDesk {
    stack: Stack,
    outputs: Vec<stack::Output>,
    dialogs: HashMap<DialogId, (TransactionId, LegId)>,
}

impl SipDesk {
    pub(crate) fn new(config: stack::Config) -> Self {
        Self { stack: Stack::new(config), outputs: Vec::new(), dialogs: HashMap::new() }
    }

    /// Hands something to the stack and sorts what comes of it.
    pub(crate) fn input(&mut self, input: stack::Input<'_>, io: &mut Io<'_>) {
        self.stack.handle(io.now, input, &mut self.outputs);
        for output in self.outputs.drain(..) {
            match output {
                stack::Output::Send { flow, bytes } if flow.transport == Transport::Internal => {
                    // What one end sends is what the other receives.
                    let flow = Flow { local: flow.remote, remote: flow.local, ..flow };
                    io.work.push_back(Work::Internal { flow, bytes });
                }
                stack::Output::Event(event) => io.work.push_back(Work::Sip(event)),
                stack::Output::Traced { dialog, sent, remote, message } => {
                    io.work.push_back(Work::Traced { dialog, sent, remote, message });
                }
                stack::Output::Send { .. }
                | stack::Output::Open { .. }
                | stack::Output::Close { .. }
                | stack::Output::Resolve { .. } => io.out.push(Output::Sip(output)),
            }
        }
    }

    pub(crate) fn command(&mut self, command: Command, io: &mut Io<'_>) {
        self.input(stack::Input::Command(command), io);
    }

    pub(crate) fn deadline(&self) -> Option<(base::Timestamp, &'static str)> {
        self.stack.deadline()
    }

    pub(crate) fn next_dialog(&mut self) -> DialogId {
        self.stack.next_dialog()
    }

    pub(crate) fn verify(
        &mut self,
        now: base::Timestamp,
        offer: &stack::Offer,
        ha1: &sip::digest::Ha1,
    ) -> Option<sip::digest::Verdict> {
        self.stack.verify(now, offer, ha1)
    }

    pub(crate) fn adopt(&mut self, dialog: DialogId, transaction: TransactionId, leg: LegId) {
        self.dialogs.insert(dialog, (transaction, leg));
    }

    pub(crate) fn owner(&self, dialog: DialogId) -> Option<(TransactionId, LegId)> {
        self.dialogs.get(&dialog).copied()
    }

    pub(crate) fn forget(&mut self, dialog: DialogId) {
        self.dialogs.remove(&dialog);
    }

    pub(crate) fn dialogs(&self) -> usize {
        self.dialogs.len()
    }

    pub(crate) fn stack(&self) -> &Stack {
        &self.stack
    }
}
