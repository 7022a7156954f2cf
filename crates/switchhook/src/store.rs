//! The embedded store: one SQLite file with the directory's records and the call records.
//!
//! One thread owns the connection and commits in groups: whatever waits when a commit ends goes into the next one.
//! A write is confirmed only when its group is on disk. Call records are inserted, never replaced: the leg's id is the
//! key, so one leg has one record whatever happens.

use std::path::Path;
use std::sync::mpsc;

use anyhow::Context;
use base::{Timestamp, TransactionId};
use call::CallRecord;
use directory::{Change, Record};
use node::{RelayRecord, WriteId};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

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
}

impl Store {
    /// Opens or makes the file.
    pub fn open(file: &Path) -> anyhow::Result<Self> {
        let connection =
            Connection::open(file).with_context(|| format!("cannot open the store {}", file.display()))?;
        connection
            .execute_batch(SCHEMA)
            .with_context(|| format!("{} is no store of ours", file.display()))?;
        connection.set_prepared_statement_cache_capacity(16);
        Ok(Self { connection })
    }

    /// All records of the directory.
    pub fn records(&self) -> anyhow::Result<Vec<Record>> {
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
    pub fn run(mut self, jobs: &mpsc::Receiver<Job>, mut report: impl FnMut(Outcome)) {
        let mut group = Vec::new();
        while let Ok(first) = jobs.recv() {
            group.push(first);
            group.extend(jobs.try_iter().take(1_023));
            let stop = group.iter().any(|job| matches!(job, Job::Stop));
            let outcomes = self.commit(group.drain(..));
            outcomes.into_iter().for_each(&mut report);
            if stop {
                return;
            }
        }
    }

    fn commit(&mut self, group: impl Iterator<Item = Job>) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        let mut records = Vec::new();
        let result = (|| -> rusqlite::Result<()> {
            let mut transaction = self.connection.transaction()?;
            for job in group {
                match job {
                    Job::Write(write, changes) => {
                        let outcome = write_all(&mut transaction, &changes).map_err(|e| e.to_string());
                        outcomes.push(Outcome::Stored(write, outcome));
                    }
                    Job::Record(record) => records.push(record),
                    Job::Barrier(call) => outcomes.push(Outcome::Passed(call)),
                    Job::Stop => {}
                }
            }
            for record in &records {
                insert_record(&transaction, record)?;
            }
            transaction.commit()
        })();
        if let Err(error) = result {
            tracing::error!(%error, records = records.len(), "the store cannot commit");
            // A record that could not be written stays in its call's journal, which is not put away.
            outcomes.retain(|o| matches!(o, Outcome::Stored(..)));
            for outcome in &mut outcomes {
                if let Outcome::Stored(_, result) = outcome {
                    *result = Err(error.to_string());
                }
            }
        }
        outcomes
    }

    /// Does one job at once, before the thread runs.
    pub fn do_now(&mut self, job: Job) -> Option<Outcome> {
        self.commit(std::iter::once(job)).pop()
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
