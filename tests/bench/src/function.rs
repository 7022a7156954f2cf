//! A customer's function that answers at once: by the last digit block of the called number it holds the call,
//! bridges it, or plays it a prompt over and over.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use anyhow::Context;
use serde_json::{Value, json};

use crate::loopback;

/// Serves for ever, a thread per kept connection.
pub(crate) fn run() -> anyhow::Result<()> {
    let listener = TcpListener::bind(loopback(0))?;
    println!("{}", listener.local_addr()?.port());
    for connection in listener.incoming() {
        let connection = connection?;
        thread::spawn(move || {
            // It ends when the node closes its connection.
            if let Err(error) = serve(&connection) {
                eprintln!("function: {error:#}");
            }
        });
    }
    Ok(())
}

fn serve(connection: &TcpStream) -> anyhow::Result<()> {
    connection.set_nodelay(true)?;
    let mut reader = BufReader::new(connection);
    let (mut line, mut body, mut answer) = (String::new(), Vec::new(), Vec::new());
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if line == "\r\n" {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().context("content-length")?;
            }
        }
        body.resize(length, 0);
        reader.read_exact(&mut body)?;
        let actions = json!({ "SchemaVersion": "1.0", "Actions": actions(&serde_json::from_slice(&body)?) });
        let actions = actions.to_string();
        // Head and body in one write: in two, the second waits for the acknowledgement of the first.
        answer.clear();
        write!(
            answer,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{actions}",
            actions.len()
        )?;
        (&mut &*connection).write_all(&answer)?;
    }
}

/// The answer to a new call; everything else gets none.
fn actions(event: &Value) -> Vec<Value> {
    if event["InvocationEventType"] != "NEW_INBOUND_CALL" {
        return Vec::new();
    }
    let caller = &event["CallDetails"]["Participants"][0];
    let tag = &caller["ParticipantTag"];
    let called = caller["To"].as_str().unwrap_or_default();
    let action = if called.ends_with("200") {
        json!({ "Type": "CallAndBridge", "Parameters": {
            "CallTimeoutSeconds": 30, "CallerIdNumber": caller["From"],
            "Endpoints": [{ "Uri": "+15551200", "BridgeEndpointType": "PSTN" }] } })
    } else if called.ends_with("300") {
        json!({ "Type": "PlayAudio", "Parameters": {
            "ParticipantTag": tag, "Repeat": "1000",
            "AudioSource": { "Type": "S3", "BucketName": "prompts", "Key": "prompt.wav" } } })
    } else {
        json!({ "Type": "Pause", "Parameters": { "ParticipantTag": tag, "DurationInMilliseconds": "30000" } })
    };
    vec![action]
}
