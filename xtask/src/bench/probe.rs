//! Call after call beside the load, timed to the microsecond: SIPp's own clock ticks in milliseconds.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// An answer that does not come counts as this long.
const PATIENCE: Duration = Duration::from_secs(2);

/// Makes calls to `number` until `until`; milliseconds from INVITE to 200 of each.
pub(super) fn calls(server: SocketAddr, number: &str, until: Instant) -> anyhow::Result<Vec<f64>> {
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let me = socket.local_addr()?;
    let mut took = Vec::new();
    while Instant::now() < until {
        let call =
            Caller { socket: &socket, me, server, number, id: format!("probe-{}-{}", me.port(), took.len()) };
        let began = Instant::now();
        call.send("INVITE", 1, &call.to(), SDP)?;
        let Some(answer) = call.answer("INVITE")? else {
            took.push(1_000.0 * PATIENCE.as_secs_f64());
            continue;
        };
        took.push(1_000.0 * began.elapsed().as_secs_f64());
        let to = header(&answer, "To").context("a response without To")?.to_owned();
        call.send("ACK", 1, &to, "")?;
        if answer.starts_with("SIP/2.0 200") {
            std::thread::sleep(Duration::from_millis(500));
            call.send("BYE", 2, &to, "")?;
            call.answer("BYE")?;
        }
    }
    Ok(took)
}

const SDP: &str = "v=0\r\no=probe 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
                   m=audio 9998 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=ptime:20\r\n";

struct Caller<'a> {
    socket: &'a UdpSocket,
    me: SocketAddr,
    server: SocketAddr,
    number: &'a str,
    id: String,
}

impl Caller<'_> {
    fn to(&self) -> String {
        format!("<sip:{}@{}>", self.number, self.server)
    }

    fn send(&self, method: &str, sequence: u32, to: &str, body: &str) -> anyhow::Result<()> {
        let Self { me, server, number, id, .. } = self;
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let text = format!(
            "{method} sip:{number}@{server} SIP/2.0\r\nVia: SIP/2.0/UDP {me};branch=z9hG4bK{id}{method}\r\n\
             From: <sip:+15550002@{me}>;tag={id}\r\nTo: {to}\r\nCall-ID: {id}\r\nCSeq: {sequence} {method}\r\n\
             Contact: <sip:+15550002@{me}>\r\nMax-Forwards: 70\r\n{kind}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.socket.send_to(text.as_bytes(), server)?;
        Ok(())
    }

    /// The final response; `None` when none comes.
    fn answer(&self, method: &str) -> anyhow::Result<Option<String>> {
        let mut buffer = [0; 4_096];
        let sequence = format!(" {method}");
        loop {
            let Ok(length) = self.socket.recv(&mut buffer) else { return Ok(None) };
            let text = String::from_utf8_lossy(&buffer[..length]);
            let final_one = text.starts_with("SIP/2.0 ") && !text.starts_with("SIP/2.0 1");
            let ours = header(&text, "Call-ID") == Some(&self.id)
                && header(&text, "CSeq").is_some_and(|value| value.ends_with(&sequence));
            if final_one && ours {
                return Ok(Some(text.into_owned()));
            }
        }
    }
}

fn header<'a>(message: &'a str, name: &str) -> Option<&'a str> {
    message.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

/// Milliseconds of `count` requests to the function over one connection: what a call's set-up spends outside the node.
pub(super) fn function(at: SocketAddr, count: usize) -> anyhow::Result<Vec<f64>> {
    let event = br#"{"InvocationEventType":"NEW_INBOUND_CALL","CallDetails":{"Participants":[{"ParticipantTag":"LEG-A","To":"+15550100","From":"+15550001"}]}}"#;
    let mut request =
        format!("POST / HTTP/1.1\r\nHost: {at}\r\nContent-Length: {}\r\n\r\n", event.len()).into_bytes();
    request.extend_from_slice(event);
    let mut connection = TcpStream::connect(at)?;
    connection.set_nodelay(true)?;
    let mut buffer = [0; 4_096];
    (0..count)
        .map(|_| {
            let began = Instant::now();
            connection.write_all(&request)?;
            // It answers in one write.
            let length = connection.read(&mut buffer)?;
            ensure!(buffer[..length].starts_with(b"HTTP/1.1 200"), "the function does not answer");
            Ok(1_000.0 * began.elapsed().as_secs_f64())
        })
        .collect()
}
