//! `switchhook config`: the configuration's keys.

use clap::Args;

use crate::config::KEYS;
use crate::paint::Paint;

/// Options of `switchhook config`.
#[derive(Debug, Args)]
#[command(after_help = "\
The file is TOML: `sip.udp` is the key `udp` of the section [sip]; `[]` marks a list of tables, so
`function[].name` is `name` below [[function]]. The variable, where there is one, is stronger than the file.
A key that is not in this list is an error that names the nearest one.")]
pub(super) struct ListKeys {
    /// Show only keys that contain this
    filter: Option<String>,
    /// Print one JSON object per line
    #[arg(long)]
    json: bool,
}

impl ListKeys {
    /// Prints the list.
    pub(super) fn run(self) -> anyhow::Result<()> {
        let paint = Paint::of_stdout();
        let wanted = self.filter.unwrap_or_default();
        let keys = KEYS.iter().filter(|key| key.path.contains(&wanted));
        let width = keys.clone().map(|key| key.path.len()).max().unwrap_or_default();
        for key in keys {
            let variable = key.variable();
            if self.json {
                let line = serde_json::json!({ "key": key.path, "help": key.help, "variable": variable });
                println!("{line}");
                continue;
            }
            let variable = variable.map(|v| paint.dim(&format!("  {v}"))).unwrap_or_default();
            println!("{}  {}{variable}", paint.bold(&format!("{:width$}", key.path)), key.help);
        }
        Ok(())
    }
}
