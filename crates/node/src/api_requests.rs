//! The control plane: the directory answers; calls are made and reached here.

use api::Error;
use api::voice::{
    CreateSipMediaApplicationCallResponse, Response, SipMediaApplicationCall,
    UpdateSipMediaApplicationCallResponse,
};
use base::{LegId, TransactionId};
use call::{Call, Event, Origin};
use directory::{CallOrder, Entropy, FIRST_ALLOWANCE, Ticket, UpdateOrder, WriteId};
use serde_json::{Map, Value};

use crate::io::Io;
use crate::live::{Live, Machine};
use crate::offers::target_of;
use crate::secrets::Secrets;
use crate::{JournalEntry, JournalLine, Node, Output};

/// Seconds after which a client may try again when the node is full.
const RETRY_AFTER: u32 = 5;

impl Node {
    pub(crate) fn api_request(
        &mut self,
        ticket: Ticket,
        request: Box<api::Request>,
        entropy: Entropy,
        io: &mut Io<'_>,
    ) {
        let mut outputs = std::mem::take(&mut self.directory_outputs);
        self.directory.handle(io.now, ticket, request, entropy, &mut outputs);
        self.directory_wants(outputs, io);
    }

    pub(crate) fn stored(&mut self, write: WriteId, outcome: Result<(), String>, io: &mut Io<'_>) {
        let mut outputs = std::mem::take(&mut self.directory_outputs);
        self.directory.confirmed(io.now, write, outcome, &mut outputs);
        self.directory_wants(outputs, io);
    }

    pub(crate) fn directory_woken(&mut self, io: &mut Io<'_>) {
        let mut outputs = std::mem::take(&mut self.directory_outputs);
        self.directory.woken(io.now, &mut outputs);
        self.directory_wants(outputs, io);
    }

    pub(crate) fn directory_wants(&mut self, mut outputs: Vec<directory::Output>, io: &mut Io<'_>) {
        for output in outputs.drain(..) {
            match output {
                directory::Output::Reply { ticket, reply } => {
                    io.out.push(Output::Reply { ticket, reply: Box::new(reply) });
                }
                directory::Output::Store { write, changes } => io.out.push(Output::Store { write, changes }),
                directory::Output::PlaceCall { ticket, order } => {
                    let reply = self.place_call(order, io).map(Into::into);
                    io.out.push(Output::Reply { ticket, reply: Box::new(reply) });
                }
                directory::Output::UpdateCall { ticket, order } => {
                    let reply = self.update_call(order, io).map(Into::into);
                    io.out.push(Output::Reply { ticket, reply: Box::new(reply) });
                }
                directory::Output::Meeting(change) => self.meeting_changed(change, io),
            }
        }
        self.directory_outputs = outputs;
    }

    fn place_call(&mut self, order: CallOrder, io: &mut Io<'_>) -> Result<Response, Error> {
        if !self.has_room() {
            return Err(Error::unavailable("Too many calls are in progress.", RETRY_AFTER));
        }
        let (transaction, leg_a) = (TransactionId::random(&mut self.rng), LegId::random(&mut self.rng));
        let numbers = (order.from.to_string(), order.to.to_string());
        let detail =
            format!("{} pairs of arguments, {} headers", order.arguments.len(), order.sip_headers.len());
        let (mut secrets, mut sip_headers) = (Secrets::default(), order.sip_headers);
        secrets.hide_in_headers(&mut sip_headers);
        let origin = Origin::Outbound {
            target: target_of(order.target),
            from: numbers.0.clone(),
            to: numbers.1.clone(),
            arguments: object(order.arguments),
            sip_headers,
        };
        let setup = self.setup(transaction, leg_a, origin);
        let mut effects = std::mem::take(&mut self.effects);
        let call = Box::new(Call::new(io.now, setup.clone(), &mut effects));
        let machine = Machine::Application { call, application: String::new() };
        let shard = self.media.place(None);
        let live = self.new_live(transaction, machine, shard, numbers, FIRST_ALLOWANCE, io);
        self.live.insert(transaction, Live { secrets, ..live });
        let operation = "CreateSipMediaApplicationCall".to_owned();
        let request = JournalLine { at: io.now, entry: JournalEntry::Api { operation, detail } };
        self.begin(transaction, JournalEntry::Setup(Box::new(setup)), vec![request], effects, io);
        Ok(Response::CreateSipMediaApplicationCall(CreateSipMediaApplicationCallResponse {
            sip_media_application_call: Some(named(transaction)),
        }))
    }

    /// The event takes its place in the call's queue before the request is answered.
    fn update_call(&mut self, order: UpdateOrder, io: &mut Io<'_>) -> Result<Response, Error> {
        let UpdateOrder { application, transaction, arguments } = order;
        // What was due before it comes first, though nobody has woken the call yet: it may end there.
        let is_overdue = self.live.get(&transaction).is_some_and(|live| match &live.machine {
            Machine::Application { call, .. } => call.deadline().is_some_and(|(at, _)| at < io.now),
            Machine::Aftermath(_) | Machine::Relay(_) => false,
        });
        if is_overdue {
            self.tell(transaction, Event::Woken, io);
        }
        let alive = self.live.get_mut(&transaction).filter(|live| {
            let is_live = matches!(&live.machine, Machine::Application { call, .. } if call.is_live());
            is_live && live.application() == Some(&application)
        });
        let Some(live) = alive else {
            return Err(Error::not_found("The transaction does not exist."));
        };
        let operation = "UpdateSipMediaApplicationCall".to_owned();
        let detail = format!("{} pairs of arguments", arguments.len());
        live.note(io.now, JournalEntry::Api { operation, detail });
        self.tell(transaction, Event::UpdateRequested { arguments: object(arguments) }, io);
        Ok(Response::UpdateSipMediaApplicationCall(UpdateSipMediaApplicationCallResponse {
            sip_media_application_call: Some(named(transaction)),
        }))
    }
}

fn named(transaction: TransactionId) -> SipMediaApplicationCall {
    SipMediaApplicationCall { transaction_id: Some(transaction.to_string()) }
}

fn object(pairs: Vec<(String, String)>) -> Map<String, Value> {
    pairs.into_iter().map(|(key, value)| (key, Value::String(value))).collect()
}
