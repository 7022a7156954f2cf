//! The embedded store: one SQLite file with the directory's records and the call records.
//!
//! One thread owns the connection and commits in groups: whatever waits when a commit ends goes into the next one.
//! A write is confirmed only when its group is on disk. Call records are inserted, never replaced: the leg's id is the
//! key, so one leg has one record whatever happens.

use std::path::{Path, PathBuf};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use anyhow::Context;
use base::{Timestamp, TransactionId};
use call::CallRecord;
use directory::{Change, Record};
use node::{RelayRecord, WriteId};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::queue::Receiver;

/// What the store's thread is asked for.
#[derive(Debug)]
pub enum Job {
    /// Persist these, all or none.
    Write(WriteId, Vec<Change>),
    /// Persist a call record.
    Record(Row),
    /// Report when everything given before is on disk: the call's journal may be put away.
    Barrier(TransactionId),
    /// Commit what waits and end the thread.
    Stop,
}

/// What the store's thread reports.
#[derive(Debug)]
pub enum Outcome {
    /// A write is on disk, or cannot be.
    Stored(WriteId, Result<(), String>),
    /// Everything given before a [`Job::Barrier`] is on disk.
    Passed(TransactionId),
}

/// A call record as a row.
#[derive(Debug)]
pub struct Row {
    /// The leg, or for a relayed call, which has one record, the call.
    key: String,
    call: TransactionId,
    ended: Timestamp,
    json: String,
}

/// The record of a leg: of a call that a function drove, or of one that was relayed between trunks.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegRecord {
    /// A function drove the call.
    Call(CallRecord),
    /// A connector's call without a function.
    Relay(RelayRecord),
}

impl LegRecord {
    /// The call.
    pub fn transaction(&self) -> TransactionId {
        match self {
            LegRecord::Call(record) => record.transaction,
            LegRecord::Relay(record) => record.transaction,
        }
    }
}

impl From<&CallRecord> for Row {
    fn from(record: &CallRecord) -> Self {
        let json = to_json(&LegRecord::Call(record.clone()));
        Self { key: record.leg.to_string(), call: record.transaction, ended: record.ended, json }
    }
}

impl From<&RelayRecord> for Row {
    fn from(record: &RelayRecord) -> Self {
        let json = to_json(&LegRecord::Relay(record.clone()));
        Self { key: record.transaction.to_string(), call: record.transaction, ended: record.ended, json }
    }
}

fn to_json(record: &LegRecord) -> String {
    serde_json::to_string(record).expect("a record is plain data with string keys")
}

/// How long call records that could not be written wait for the next attempt.
const TRY_AGAIN: Duration = Duration::from_secs(1);
/// How many of them wait.
const KEPT: usize = 65_536;

const SCHEMA: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA busy_timeout = 5000;
    CREATE TABLE IF NOT EXISTS records (
        kind TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, json TEXT NOT NULL,
        PRIMARY KEY (kind, id)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS call_records (
        leg TEXT PRIMARY KEY, call TEXT NOT NULL, ended INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS call_records_ended ON call_records (ended);
    CREATE INDEX IF NOT EXISTS call_records_call ON call_records (call);
";

/// The store before its thread runs, and for readers.
pub struct Store {
    connection: Connection,
    /// Where it is, for errors.
    file: PathBuf,
}

impl Store {
    /// Opens or makes the file.
    pub fn open(file: &Path) -> anyhow::Result<Self> {
        let connection =
            Connection::open(file).with_context(|| format!("cannot open the store {}", file.display()))?;
        connection
            .execute_batch(SCHEMA)
            .map_err(brief)
            .with_context(|| format!("{} is no store of ours", file.display()))?;
        connection.set_prepared_statement_cache_capacity(16);
        Ok(Self { connection, file: file.to_path_buf() })
    }

    /// All records of the directory.
    pub fn records(&self) -> anyhow::Result<Vec<Record>> {
        self.read_records().with_context(|| format!("cannot read the store {}", self.file.display()))
    }

    fn read_records(&self) -> anyhow::Result<Vec<Record>> {
        let mut statement =
            self.connection.prepare("SELECT kind, id, revision, json FROM records ORDER BY kind, id")?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, String>(3)?,
            ))
        })?;
        let mut records = Vec::new();
        for row in rows {
            let (kind, id, revision, json) = row?;
            let kind = kind.parse().with_context(|| format!("record {kind} {id}"))?;
            records.push(Record { kind, id, revision: revision as u64, json });
        }
        Ok(records)
    }

    /// The newest call records, newest first.
    pub fn call_records(&self, limit: usize) -> anyhow::Result<Vec<LegRecord>> {
        let mut statement =
            self.connection.prepare("SELECT json FROM call_records ORDER BY ended DESC, leg LIMIT ?1")?;
        let rows = statement.query_map([limit as i64], |row| row.get::<_, String>(0))?;
        rows.map(|json| Ok(serde_json::from_str(&json?)?)).collect()
    }

    /// Runs jobs until [`Job::Stop`] or until nobody can send any more.
    pub fn run(mut self, jobs: &Receiver<Job>, mut report: impl FnMut(Outcome)) {
        let mut group = Vec::new();
        let mut stop = false;
        while !stop {
            // Call records that could not be written are tried again, and their journals stay until they are.
            let first = if group.is_empty() {
                jobs.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                jobs.recv_timeout(TRY_AGAIN)
            };
            match first {
                Ok(first) => group.push(first),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => stop = true,
            }
            group.extend(jobs.try_iter().take(1_023));
            stop |= group.iter().any(|job| matches!(job, Job::Stop));
            self.commit(&mut group, &mut report);
        }
        if !group.is_empty() {
            tracing::error!(
                waiting = group.len(),
                "call records could not be written: they are in their journals"
            );
        }
    }

    /// Commits all that `group` holds. What must not be lost and could not be written stays in it.
    fn commit(&mut self, group: &mut Vec<Job>, report: &mut impl FnMut(Outcome)) {
        let mut writes = Vec::new();
        let result = (|| -> rusqlite::Result<()> {
            let mut transaction = self.connection.transaction()?;
            for job in group.iter() {
                match job {
                    Job::Write(_, changes) => {
                        writes.push(write_all(&mut transaction, changes).map_err(|e| e.to_string()));
                    }
                    Job::Record(record) => insert_record(&transaction, record)?,
                    Job::Barrier(_) | Job::Stop => {}
                }
            }
            transaction.commit()
        })();
        let failure = result.err().map(|error| error.to_string());
        if let Some(error) = &failure {
            tracing::error!(error, jobs = group.len(), "the store cannot commit");
        }
        let mut writes = writes.into_iter();
        let mut kept = Vec::new();
        for job in group.drain(..) {
            match (job, &failure) {
                (Job::Write(write, _), None) => {
                    // As many as there are writes: the commit went through all of them.
                    let outcome = writes.next().unwrap_or_else(|| Err("it was not written".into()));
                    report(Outcome::Stored(write, outcome));
                }
                (Job::Write(write, _), Some(error)) => report(Outcome::Stored(write, Err(error.clone()))),
                (Job::Barrier(call), None) => report(Outcome::Passed(call)),
                (job @ (Job::Record(_) | Job::Barrier(_)), Some(_)) => kept.push(job),
                (Job::Record(_) | Job::Stop, _) => {}
            }
        }
        let excess = kept.len().saturating_sub(KEPT);
        if excess > 0 {
            tracing::error!(
                excess,
                "too many call records wait for the store: the oldest stay in their journals only"
            );
            kept.drain(..excess);
        }
        *group = kept;
    }

    /// Does one job at once, before the thread runs.
    pub fn do_now(&mut self, job: Job) -> Option<Outcome> {
        let mut outcomes = Vec::new();
        self.commit(&mut vec![job], &mut |outcome| outcomes.push(outcome));
        outcomes.pop()
    }
}

/// The error in one line: one about our SQL would quote all of it.
fn brief(error: rusqlite::Error) -> anyhow::Error {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => anyhow::anyhow!(msg),
        error => error.into(),
    }
}

fn insert_record(transaction: &rusqlite::Transaction<'_>, row: &Row) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO call_records (leg, call, ended, json) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![row.key, row.call.to_string(), row.ended.as_micros() as i64, row.json])?;
    Ok(())
}

fn write_all(transaction: &mut rusqlite::Transaction<'_>, changes: &[Change]) -> rusqlite::Result<()> {
    let savepoint = transaction.savepoint()?;
    for change in changes {
        match &change.json {
            Some(json) => {
                savepoint
                    .prepare_cached(
                        "INSERT INTO records (kind, id, revision, json) VALUES (?1, ?2, ?3, ?4)
                         ON CONFLICT (kind, id) DO UPDATE SET revision = ?3, json = ?4",
                    )?
                    .execute(params![change.kind.as_str(), change.id, change.revision as i64, json])?;
            }
            None => {
                savepoint
                    .prepare_cached("DELETE FROM records WHERE kind = ?1 AND id = ?2")?
                    .execute(params![change.kind.as_str(), change.id])?;
            }
        }
    }
    savepoint.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(leg: &str, json: &str) -> Job {
        let call = "01234567-89ab-4def-8123-456789abcdef".parse().unwrap();
        Job::Record(Row { key: leg.into(), call, ended: Timestamp::from_micros(1), json: json.into() })
    }

    fn rows(file: &Path) -> Vec<(String, String)> {
        let connection = Connection::open(file).unwrap();
        let mut statement = connection.prepare("SELECT leg, json FROM call_records ORDER BY leg").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn a_leg_keeps_the_first_record_it_gets() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store");
        let mut store = Store::open(&file).unwrap();
        store.do_now(row("a", "first"));
        store.do_now(row("a", "second"));
        assert_eq!(rows(&file), [("a".into(), "first".into())]);
    }

    #[test]
    fn records_that_cannot_be_written_are_tried_again_and_nothing_passes_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store");
        let mut store = Store::open(&file).unwrap();
        let call: TransactionId = "01234567-89ab-4def-8123-456789abcdef".parse().unwrap();
        let mut said = Vec::new();
        let mut report = |outcome| said.push(outcome);
        let mut group = vec![row("a", "1"), Job::Barrier(call), Job::Write(WriteId(7), Vec::new())];
        store.connection.execute_batch("ALTER TABLE call_records RENAME TO away").unwrap();
        store.commit(&mut group, &mut report);
        assert_eq!(group.len(), 2, "the record and the barrier behind it wait");
        group.push(row("b", "2"));
        store.connection.execute_batch("ALTER TABLE away RENAME TO call_records").unwrap();
        store.commit(&mut group, &mut report);
        assert!(group.is_empty());
        assert!(matches!(said[0], Outcome::Stored(WriteId(7), Err(_))), "a write is refused at once");
        assert!(matches!(said[1], Outcome::Passed(passed) if passed == call));
        assert_eq!(rows(&file).len(), 2);
    }
}
