//! The records in memory, with the indexes that routing and the rules between resources look things up by.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use api::Sensitive;
use base::{E164, Timestamp};

use crate::cidr::{Cidr, CidrMap};
use crate::record::{Change, DecodeError, Kind, Record, SETTINGS, Stored, decode, encode};
use crate::records::{
    Application, Attached, Attendee, Connector, Group, Meeting, Number, Order, Rule, Settings, Trigger,
    attendee_key, split_attendee_key,
};

/// How long a number stays in the deletion queue.
pub(crate) const DELETION_DELAY: Duration = Duration::from_secs(7 * 24 * 3_600);

/// How long it is remembered that a meeting or an attendee was: to delete it again is no error meanwhile.
pub(crate) const TOMBSTONE: Duration = Duration::from_secs(24 * 3_600);

/// A record in memory.
#[derive(Clone, Debug)]
pub(crate) struct Row<T> {
    revision: u64,
    value: T,
}

/// Records of one kind, by id.
#[derive(Clone, Debug)]
pub(crate) struct Table<T>(BTreeMap<String, Row<T>>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Table<T> {
    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        self.0.get(id).map(|row| &row.value)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// In the order of ids, after `after`.
    pub(crate) fn after<'a>(
        &'a self,
        after: Option<&str>,
    ) -> impl Iterator<Item = (&'a str, &'a T)> + use<'a, T> {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = after.map_or(Unbounded, Excluded);
        self.0.range::<str, _>((from, Unbounded)).map(|(id, row)| (id.as_str(), &row.value))
    }

    fn revision(&self, id: &str) -> u64 {
        self.0.get(id).map_or(0, |row| row.revision)
    }

    fn put(&mut self, id: String, revision: u64, value: Option<T>) -> Option<T> {
        match value {
            Some(value) => self.0.insert(id, Row { revision, value }),
            None => self.0.remove(&id),
        }
        .map(|row| row.value)
    }
}

/// A type that has a table.
pub(crate) trait Entity: Stored + Clone + 'static {
    const KIND: Kind;
    fn table(tables: &Tables) -> &Table<Self>;
    fn into_item(self) -> Item;
}

/// A record's content, whatever its kind.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    Application(Application),
    Rule(Rule),
    Connector(Box<Connector>),
    Group(Group),
    Number(Number),
    Order(Order),
    Settings(Settings),
    Meeting(Box<Meeting>),
    Attendee(Attendee),
}

macro_rules! entity {
    ($type:ident, $kind:ident, $table:ident, |$value:ident| $item:expr) => {
        impl Entity for $type {
            const KIND: Kind = Kind::$kind;

            fn table(tables: &Tables) -> &Table<Self> {
                &tables.$table
            }

            fn into_item(self) -> Item {
                let $value = self;
                $item
            }
        }
    };
}

entity!(Application, Application, applications, |value| Item::Application(value));
entity!(Rule, Rule, rules, |value| Item::Rule(value));
entity!(Connector, Connector, connectors, |value| Item::Connector(Box::new(value)));
entity!(Group, Group, groups, |value| Item::Group(value));
entity!(Number, Number, numbers, |value| Item::Number(value));
entity!(Order, Order, orders, |value| Item::Order(value));
entity!(Settings, Settings, settings, |value| Item::Settings(value));
entity!(Meeting, Meeting, meetings, |value| Item::Meeting(Box::new(value)));
entity!(Attendee, Attendee, attendees, |value| Item::Attendee(value));

/// One step of a write, not yet confirmed.
#[derive(Clone, Debug)]
pub(crate) struct Mutation {
    kind: Kind,
    id: String,
    item: Option<Item>,
}

impl Mutation {
    pub(crate) fn put<T: Entity>(id: impl Into<String>, value: T) -> Self {
        Self { kind: T::KIND, id: id.into(), item: Some(value.into_item()) }
    }

    pub(crate) fn delete<T: Entity>(id: impl Into<String>) -> Self {
        Self { kind: T::KIND, id: id.into(), item: None }
    }

    /// Id of the connector that this step deletes.
    pub(crate) fn deleted_connector(&self) -> Option<&str> {
        (self.kind == Kind::Connector && self.item.is_none()).then_some(self.id.as_str())
    }

    /// Id and new content.
    pub(crate) fn parts(&self) -> (Kind, &str, Option<&Item>) {
        (self.kind, &self.id, self.item.as_ref())
    }
}

/// A record the store gave cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("record {kind}/{id}: {error}")]
pub struct LoadError {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// What is wrong with it.
    #[source]
    pub error: DecodeError,
}

/// All records and indexes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub(crate) applications: Table<Application>,
    pub(crate) rules: Table<Rule>,
    pub(crate) connectors: Table<Connector>,
    pub(crate) groups: Table<Group>,
    pub(crate) numbers: Table<Number>,
    pub(crate) orders: Table<Order>,
    pub(crate) settings: Table<Settings>,
    pub(crate) meetings: Table<Meeting>,
    pub(crate) attendees: Table<Attendee>,
    /// Where the equipment of connectors may call from.
    pub(crate) equipment: CidrMap<usize>,
    rule_of_trigger: BTreeMap<Trigger, String>,
    rules_of_application: BTreeSet<(String, String)>,
    groups_of_connector: BTreeSet<(String, String)>,
    numbers_attached: BTreeSet<(Attached, String)>,
    deletions: BTreeSet<(Timestamp, String)>,
    /// Live meetings by `ClientRequestToken`.
    meeting_of_token: BTreeMap<Sensitive<String>, String>,
    /// Attendees, not deleted, by meeting and `ExternalUserId`.
    attendee_of_user: BTreeMap<(String, Sensitive<String>), String>,
    /// Ended meetings and deleted attendees.
    tombstones: BTreeSet<(Timestamp, Kind, String)>,
}

impl Tables {
    /// Takes in what the store holds.
    pub(crate) fn load(records: impl IntoIterator<Item = Record>) -> Result<Self, LoadError> {
        fn item<T: Entity>(json: &str) -> Result<Item, DecodeError> {
            decode::<T>(json).map(T::into_item)
        }
        let mut tables = Self::default();
        for Record { kind, id, revision, json } in records {
            let decoded = match kind {
                Kind::Application => item::<Application>(&json),
                Kind::Rule => item::<Rule>(&json),
                Kind::Connector => item::<Connector>(&json),
                Kind::Group => item::<Group>(&json),
                Kind::Number => item::<Number>(&json),
                Kind::Order => item::<Order>(&json),
                Kind::Settings => item::<Settings>(&json),
                Kind::Meeting => item::<Meeting>(&json),
                Kind::Attendee => item::<Attendee>(&json),
            };
            match decoded {
                Ok(item) => tables.apply(revision, Mutation { kind, id, item: Some(item) }),
                Err(error) => return Err(LoadError { kind, id, error }),
            }
        }
        Ok(tables)
    }

    /// What the store has to do for a mutation.
    pub(crate) fn change(&self, mutation: &Mutation) -> Result<Change, serde_json::Error> {
        let Mutation { kind, id, item } = mutation;
        let present = match kind {
            Kind::Application => self.applications.revision(id),
            Kind::Rule => self.rules.revision(id),
            Kind::Connector => self.connectors.revision(id),
            Kind::Group => self.groups.revision(id),
            Kind::Number => self.numbers.revision(id),
            Kind::Order => self.orders.revision(id),
            Kind::Settings => self.settings.revision(id),
            Kind::Meeting => self.meetings.revision(id),
            Kind::Attendee => self.attendees.revision(id),
        };
        let json = match item {
            Some(Item::Application(value)) => Some(encode(value)?),
            Some(Item::Rule(value)) => Some(encode(value)?),
            Some(Item::Connector(value)) => Some(encode(value.as_ref())?),
            Some(Item::Group(value)) => Some(encode(value)?),
            Some(Item::Number(value)) => Some(encode(value)?),
            Some(Item::Order(value)) => Some(encode(value)?),
            Some(Item::Settings(value)) => Some(encode(value)?),
            Some(Item::Meeting(value)) => Some(encode(value.as_ref())?),
            Some(Item::Attendee(value)) => Some(encode(value)?),
            None => None,
        };
        Ok(Change { kind: *kind, id: id.clone(), revision: present + 1, json })
    }

    /// Makes a mutation true; `revision` is the one its [`Change`] named.
    pub(crate) fn apply(&mut self, revision: u64, Mutation { kind, id, item }: Mutation) {
        match (kind, item) {
            (_, Some(Item::Application(value))) => {
                self.applications.put(id, revision, Some(value));
            }
            (_, Some(Item::Rule(value))) => self.put_rule(id, revision, Some(value)),
            (_, Some(Item::Connector(value))) => self.put_connector(id, revision, Some(*value)),
            (_, Some(Item::Group(value))) => self.put_group(id, revision, Some(value)),
            (_, Some(Item::Number(value))) => self.put_number(id, revision, Some(value)),
            (_, Some(Item::Order(value))) => {
                self.orders.put(id, revision, Some(value));
            }
            (_, Some(Item::Settings(value))) => {
                self.settings.put(id, revision, Some(value));
            }
            (_, Some(Item::Meeting(value))) => self.put_meeting(id, revision, Some(*value)),
            (_, Some(Item::Attendee(value))) => self.put_attendee(id, revision, Some(value)),
            (Kind::Application, None) => {
                self.applications.put(id, revision, None);
            }
            (Kind::Rule, None) => self.put_rule(id, revision, None),
            (Kind::Connector, None) => self.put_connector(id, revision, None),
            (Kind::Group, None) => self.put_group(id, revision, None),
            (Kind::Number, None) => self.put_number(id, revision, None),
            (Kind::Order, None) => {
                self.orders.put(id, revision, None);
            }
            (Kind::Settings, None) => {
                self.settings.put(id, revision, None);
            }
            (Kind::Meeting, None) => self.put_meeting(id, revision, None),
            (Kind::Attendee, None) => self.put_attendee(id, revision, None),
        }
    }

    fn put_rule(&mut self, id: String, revision: u64, value: Option<Rule>) {
        let new = value.clone();
        if let Some(old) = self.rules.put(id.clone(), revision, value) {
            self.rule_of_trigger.remove(&old.trigger);
            for target in old.targets {
                self.rules_of_application.remove(&(target.application, id.clone()));
            }
        }
        if let Some(new) = new {
            for target in new.targets {
                self.rules_of_application.insert((target.application, id.clone()));
            }
            self.rule_of_trigger.insert(new.trigger, id);
        }
    }

    fn put_connector(&mut self, id: String, revision: u64, value: Option<Connector>) {
        fn cidrs(connector: &Connector) -> impl Iterator<Item = Cidr> {
            connector.termination.iter().flat_map(|termination| &termination.cidrs).flatten().copied()
        }
        for cidr in value.iter().flat_map(cidrs) {
            self.equipment.count_in(cidr);
        }
        if let Some(old) = self.connectors.put(id, revision, value) {
            for cidr in cidrs(&old) {
                self.equipment.count_out(cidr);
            }
        }
    }

    fn put_group(&mut self, id: String, revision: u64, value: Option<Group>) {
        let new = value.clone();
        if let Some(old) = self.groups.put(id.clone(), revision, value) {
            for item in old.items {
                self.groups_of_connector.remove(&(item.connector, id.clone()));
            }
        }
        for item in new.into_iter().flat_map(|group| group.items) {
            self.groups_of_connector.insert((item.connector, id.clone()));
        }
    }

    fn put_number(&mut self, id: String, revision: u64, value: Option<Number>) {
        let attached = value.as_ref().and_then(|number| number.association.as_ref()).map(|a| a.to.clone());
        let deleted = value.as_ref().and_then(|number| number.deleted);
        if let Some(old) = self.numbers.put(id.clone(), revision, value) {
            if let Some(association) = old.association {
                self.numbers_attached.remove(&(association.to, id.clone()));
            }
            if let Some(at) = old.deleted {
                self.deletions.remove(&(at, id.clone()));
            }
        }
        if let Some(at) = deleted {
            self.deletions.insert((at, id.clone()));
        }
        if let Some(attached) = attached {
            self.numbers_attached.insert((attached, id));
        }
    }

    fn put_meeting(&mut self, id: String, revision: u64, value: Option<Meeting>) {
        let new = value.clone();
        if let Some(old) = self.meetings.put(id.clone(), revision, value) {
            match old.ended {
                Some(at) => drop(self.tombstones.remove(&(at, Kind::Meeting, id.clone()))),
                None => drop(self.meeting_of_token.remove(&old.request_token)),
            }
        }
        let Some(new) = new else { return };
        match new.ended {
            Some(at) => drop(self.tombstones.insert((at, Kind::Meeting, id))),
            None => drop(self.meeting_of_token.insert(new.request_token, id)),
        }
    }

    fn put_attendee(&mut self, id: String, revision: u64, value: Option<Attendee>) {
        let new = value.clone();
        let user = |attendee: Attendee| (split_attendee_key(&id).0.to_owned(), attendee.external_user_id);
        if let Some(old) = self.attendees.put(id.clone(), revision, value) {
            match old.deleted {
                Some(at) => drop(self.tombstones.remove(&(at, Kind::Attendee, id.clone()))),
                None => drop(self.attendee_of_user.remove(&user(old))),
            }
        }
        let Some(new) = new else { return };
        match new.deleted {
            Some(at) => drop(self.tombstones.insert((at, Kind::Attendee, id.clone()))),
            None => drop(self.attendee_of_user.insert(user(new), id.clone())),
        }
    }

    /// The live meeting that was created with a `ClientRequestToken`.
    pub(crate) fn meeting_of_token(&self, token: &Sensitive<String>) -> Option<(&str, &Meeting)> {
        let id = self.meeting_of_token.get(token)?;
        self.meetings.get(id).map(|meeting| (id.as_str(), meeting))
    }

    /// How many meetings are live.
    pub(crate) fn live_meetings(&self) -> usize {
        self.meeting_of_token.len()
    }

    /// The attendee of that name in a meeting, by its record's id.
    pub(crate) fn attendee_of_user(
        &self,
        meeting: &str,
        user: &Sensitive<String>,
    ) -> Option<(&str, &Attendee)> {
        let id = self.attendee_of_user.get(&(meeting.to_owned(), user.clone()))?;
        self.attendees.get(id).map(|attendee| (id.as_str(), attendee))
    }

    /// Attendees of a meeting that are not deleted, by the ids of their records, after `after`.
    pub(crate) fn attendees_of<'a>(
        &'a self,
        meeting: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = (&'a str, &'a Attendee)> + use<'a> {
        let first = attendee_key(meeting, "");
        let rows = self.attendees.after(Some(after.unwrap_or(&first)));
        rows.take_while(move |(id, _)| id.starts_with(&first))
            .filter(|(_, attendee)| attendee.deleted.is_none())
    }

    /// When the next tombstone may go.
    pub(crate) fn next_forgotten(&self) -> Option<Timestamp> {
        self.tombstones.first().map(|(at, ..)| *at + TOMBSTONE)
    }

    /// Ended meetings and deleted attendees whose time is over.
    pub(crate) fn forgettable(&self, now: Timestamp) -> impl Iterator<Item = (Kind, &str)> {
        let over = move |(at, ..): &&(Timestamp, Kind, String)| *at + TOMBSTONE <= now;
        self.tombstones.iter().take_while(over).map(|(_, kind, id)| (*kind, id.as_str()))
    }

    /// A number we own; one in the deletion queue is no longer ours to use.
    pub(crate) fn owned(&self, number: &E164) -> Option<&Number> {
        self.numbers.get(number.as_str()).filter(|record| record.deleted.is_none())
    }

    /// The rule of a trigger, enabled or not.
    pub(crate) fn rule_of(&self, trigger: &Trigger) -> Option<(&str, &Rule)> {
        let id = self.rule_of_trigger.get(trigger)?;
        self.rules.get(id).map(|rule| (id.as_str(), rule))
    }

    /// The rule that makes a number `Assigned`.
    pub(crate) fn enabled_rule_of(&self, trigger: &Trigger) -> Option<(&str, &Rule)> {
        self.rule_of(trigger).filter(|(_, rule)| !rule.disabled)
    }

    /// Rules that name an application, by id, after `after`.
    pub(crate) fn rules_of<'a>(
        &'a self,
        application: &'a str,
        after: Option<&str>,
    ) -> impl Iterator<Item = (&'a str, &'a Rule)> {
        use std::ops::Bound::{Excluded, Unbounded};
        // An id never is the empty string, so this begins before all of them.
        let from = Excluded((application.to_owned(), after.unwrap_or_default().to_owned()));
        self.rules_of_application
            .range((from, Unbounded))
            .take_while(move |(of, _)| of == application)
            .filter_map(|(_, id)| self.rules.get(id).map(|rule| (id.as_str(), rule)))
    }

    /// Whether a group holds the connector.
    pub(crate) fn in_a_group(&self, connector: &str) -> bool {
        let from = (connector.to_owned(), String::new());
        self.groups_of_connector.range(from..).next().is_some_and(|(of, _)| of == connector)
    }

    /// Numbers attached to a connector or group, ascending, after `after`.
    pub(crate) fn attached_to<'a>(
        &'a self,
        attached: &Attached,
        after: Option<&str>,
    ) -> impl Iterator<Item = (&'a str, &'a Number)> + use<'a> {
        use std::ops::Bound::{Excluded, Unbounded};
        let attached = attached.clone();
        let from = Excluded((attached.clone(), after.unwrap_or_default().to_owned()));
        self.numbers_attached
            .range((from, Unbounded))
            .take_while(move |(to, _)| *to == attached)
            .filter_map(|(_, id)| self.numbers.get(id).map(|number| (id.as_str(), number)))
    }

    /// When the next number leaves the deletion queue for good.
    pub(crate) fn next_purge(&self) -> Option<Timestamp> {
        self.deletions.first().map(|(at, _)| *at + DELETION_DELAY)
    }

    /// Numbers whose time in the deletion queue is over.
    pub(crate) fn purgeable(&self, now: Timestamp) -> impl Iterator<Item = &str> {
        self.deletions
            .iter()
            .take_while(move |(at, _)| *at + DELETION_DELAY <= now)
            .map(|(_, id)| id.as_str())
    }

    /// The account's settings.
    pub(crate) fn account(&self) -> Settings {
        self.settings.get(SETTINGS).cloned().unwrap_or_default()
    }

    /// Everything as the store would hold it, for comparison.
    pub(crate) fn dump(&self) -> Vec<Record> {
        fn rows<T: Entity>(tables: &Tables, into: &mut Vec<Record>) {
            for (id, row) in &T::table(tables).0 {
                let json = encode(&row.value).expect("what was read or made can be written");
                into.push(Record { kind: T::KIND, id: id.clone(), revision: row.revision, json });
            }
        }
        let mut all = Vec::new();
        rows::<Application>(self, &mut all);
        rows::<Rule>(self, &mut all);
        rows::<Connector>(self, &mut all);
        rows::<Group>(self, &mut all);
        rows::<Number>(self, &mut all);
        rows::<Order>(self, &mut all);
        rows::<Settings>(self, &mut all);
        rows::<Meeting>(self, &mut all);
        rows::<Attendee>(self, &mut all);
        all
    }
}
