//! `switchhook show ID`: one call as a ladder.

use anyhow::bail;
use base::TransactionId;
use clap::Args;
use node::Detail;

use super::{Data, DataFolder};

/// Options of `switchhook show`.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The call's TransactionId, its beginning, or `last`
    id: String,
    #[command(flatten)]
    folder: DataFolder,
    /// Print the journal's lines as they are stored
    #[arg(long)]
    raw: bool,
    /// Print whole SIP messages and payloads
    #[arg(long)]
    full: bool,
}

impl Show {
    /// Prints the ladder.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let data = self.folder.open()?;
        let call = find(&data, &self.id)?;
        let lines = data.journals.read(call)?.unwrap_or_default();
        if self.raw {
            for line in lines {
                println!("{}", serde_json::to_string(&line)?);
            }
        } else {
            print!("{}", node::ladder(&lines, if self.full { Detail::Full } else { Detail::Brief }));
        }
        Ok(())
    }
}

/// The one call that `text` means.
pub(super) fn find(data: &Data, text: &str) -> anyhow::Result<TransactionId> {
    if text == "last" {
        let newest = data.store.call_records(1)?;
        return match newest.first() {
            Some(record) => Ok(record.transaction()),
            None => bail!("there is no finished call yet"),
        };
    }
    let found = data.journals.matching(&text.to_lowercase())?;
    match found.as_slice() {
        [] => bail!("no call {text}; `switchhook calls` lists them"),
        [call] => Ok(*call),
        several => bail!("{} calls begin with {text}; give more of the id", several.len()),
    }
}
