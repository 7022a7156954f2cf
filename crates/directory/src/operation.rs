//! What every operation of the control plane works with, and what may become of a request.

use std::fmt;

use api::Error;
use base::{Rng, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::claims::{Access, Claims};
use crate::config::Config;
use crate::health::Health;
use crate::pool::Pool;
use crate::record::Kind;
use crate::routing::Carriers;
use crate::tables::{Entity, Mutation, Tables};
use crate::voice::{CallOrder, UpdateOrder};

/// Random bits of the system that come with a request: all its secrets are made of them. Printing leaves them out.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Entropy(pub [u8; 32]);

impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entropy(…)")
    }
}

impl Entropy {
    /// The secret of a request's `nth` creation.
    pub(crate) fn secret(&self, nth: usize) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of every length");
        mac.update(&(nth as u64).to_be_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// What an operation works with: what is confirmed, and what it touches of it.
pub(crate) struct Cx<'a> {
    pub(crate) now: Timestamp,
    pub(crate) entropy: Entropy,
    pub(crate) config: &'a Config,
    pub(crate) tables: &'a Tables,
    pub(crate) pool: &'a Pool,
    pub(crate) carriers: &'a Carriers,
    pub(crate) health: &'a Health,
    pub(crate) rng: &'a mut Rng,
    pub(crate) claims: Claims,
}

impl<'a> Cx<'a> {
    /// For answers that may be overtaken by a write under way.
    pub(crate) fn peek<T: Entity>(&self, id: &str) -> Option<&'a T> {
        T::table(self.tables).get(id)
    }

    /// For records that must stay as they are until this write is confirmed.
    pub(crate) fn share<T: Entity>(&mut self, id: &str) -> Option<&'a T> {
        self.claims.add(T::KIND, id, Access::Shared);
        self.peek(id)
    }

    /// For records this write changes, or whose creation it excludes.
    pub(crate) fn own<T: Entity>(&mut self, id: &str) -> Option<&'a T> {
        self.claims.add(T::KIND, id, Access::Exclusive);
        self.peek(id)
    }

    /// A new UUID that names nothing else of its kind.
    pub(crate) fn mint<T: Entity>(&mut self) -> String {
        self.mint_by::<T>(api::ids::uuid)
    }

    /// A new id of 22 lower-case letters and digits.
    pub(crate) fn mint_label<T: Entity>(&mut self) -> String {
        self.mint_by::<T>(api::ids::voice_connector_id)
    }

    pub(crate) fn mint_by<T: Entity>(&mut self, make: impl Fn(&mut Rng) -> String) -> String {
        loop {
            let id = make(self.rng);
            if self.own::<T>(&id).is_none() {
                return id;
            }
        }
    }

    /// Refuses when `more` of a kind would be over the quota. With a quota, creations of a kind run one by one.
    pub(crate) fn quota<T: Entity>(&mut self, limit: Option<usize>, more: usize) -> Result<(), Error> {
        let Some(limit) = limit else { return Ok(()) };
        self.claims.add(T::KIND, "", Access::Exclusive);
        if T::table(self.tables).len() + more > limit {
            let message = format!("the limit of {limit} {} records is reached", T::KIND);
            return Err(Error::new(api::Kind::ResourceLimitExceeded, message));
        }
        Ok(())
    }
}

/// What becomes of a request that a service answers by `R`.
#[derive(Debug)]
pub(crate) enum Step<R> {
    /// The answer.
    Answer(R),
    /// The answer once the store has this.
    Write { mutations: Vec<Mutation>, reply: R },
    /// A call to be placed by whoever owns calls.
    Place(CallOrder),
    /// A call to be updated by whoever owns calls.
    Update(UpdateOrder),
}

impl<R> Step<R> {
    pub(crate) fn write(mutation: Mutation, reply: R) -> Self {
        Step::Write { mutations: vec![mutation], reply }
    }

    /// The same for an answer of another type.
    pub(crate) fn map<T>(self, answer: impl FnOnce(R) -> T) -> Step<T> {
        match self {
            Step::Answer(reply) => Step::Answer(answer(reply)),
            Step::Write { mutations, reply } => Step::Write { mutations, reply: answer(reply) },
            Step::Place(order) => Step::Place(order),
            Step::Update(order) => Step::Update(order),
        }
    }
}

/// The refusal for an id in a path that names nothing.
pub(crate) fn no_such(kind: Kind) -> Error {
    let what = match kind {
        Kind::Application => "SIP media application",
        Kind::Rule => "SIP rule",
        Kind::Connector => "voice connector",
        Kind::Group => "voice connector group",
        Kind::Number => "phone number",
        Kind::Order => "phone number order",
        Kind::Settings => "setting",
        Kind::Meeting => "meeting",
        Kind::Attendee => "attendee",
    };
    Error::not_found(format!("The {what} does not exist."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_of_one_request_differ_and_are_not_printed() {
        let entropy = Entropy([7; 32]);
        assert_eq!(entropy.secret(3), entropy.secret(3));
        assert_ne!(entropy.secret(0), entropy.secret(1));
        assert_ne!(entropy.secret(0), Entropy([8; 32]).secret(0));
        assert_eq!(format!("{entropy:?}"), "Entropy(…)");
    }
}
