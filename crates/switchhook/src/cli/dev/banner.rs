use std::fmt::Write;

use crate::compose;
use crate::config::Config;
use crate::functions;
use crate::paint::Paint;
use crate::serve::Addresses;

/// What a developer needs to know, on one screen.
pub(super) fn banner(
    config: &Config,
    addresses: &Addresses,
    title: &str,
    notes: &[String],
    command: &str,
    paint: Paint,
) -> String {
    let mut text = String::new();
    let mut row = |name: &str, value: &str, hint: &str| {
        let value = if hint.is_empty() { value.to_owned() } else { format!("{value}   {}", paint.dim(hint)) };
        let _ = writeln!(text, "  {} {value}", paint.dim(&format!("{name:<12}")));
    };
    row("running", &paint.bold(title), "reloaded when a file changes");
    for rule in &config.seed.rule {
        if let Some(number) = &rule.number {
            row("number", &format!("{number} → {}", rule.applications.join(", then ")), "");
        }
    }
    let ruled = |number: &String| config.seed.rule.iter().any(|rule| rule.number.as_ref() == Some(number));
    let free: Vec<_> =
        config.seed.numbers.iter().filter(|number| !ruled(number)).map(String::as_str).collect();
    if !free.is_empty() {
        row("numbers", &free.join(", "), "ours too, to call from");
    }
    for application in &config.seed.application {
        let id = application.id.as_deref().unwrap_or("(id: see the API)");
        row("application", &format!("{} {id}", application.name), "");
    }
    let sip = addresses.udp.map(|udp| compose::reachable(udp).to_string()).unwrap_or_default();
    row("SIP", &sip, "udp and tcp");
    let url = format!("http://{}", compose::reachable(addresses.api));
    if let Some(https) = addresses.https {
        row("HTTPS", &format!("https://{}", compose::reachable(https)), "the same");
    }
    row("API", &url, "for the AWS SDKs and CLI:");
    text.push('\n');
    for (name, value) in functions::endpoint_variables(&url) {
        let _ = writeln!(text, "    export {name}={value}");
    }
    let region = &config.account.region;
    let _ = writeln!(text, "    export AWS_REGION={region} AWS_ACCESS_KEY_ID=dev AWS_SECRET_ACCESS_KEY=dev");
    text.push_str("\n  In another terminal, here:\n");
    let number = config.seed.rule.iter().find_map(|rule| rule.number.as_deref()).unwrap_or("NUMBER");
    let typed = [
        (format!("call {number}"), "a phone: listen, type digits"),
        ("answer".into(), "the phone at the other end of the calls your handler makes"),
        ("show last".into(), "what happened, message by message"),
    ];
    let width = command.len() + 1 + typed.iter().map(|(words, _)| words.len()).max().unwrap_or_default();
    for (words, hint) in typed {
        let line = format!("{:<width$}", format!("{command} {words}"));
        let _ = writeln!(text, "    {}  {}", paint.bold(&line), paint.dim(hint));
    }
    text.push('\n');
    for note in notes {
        let _ = writeln!(text, "  {}", paint.yellow(note));
    }
    let _ = writeln!(text, "{}", paint.green("ready"));
    text
}
