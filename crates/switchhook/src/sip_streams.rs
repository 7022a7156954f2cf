//! SIP over connections: accepts, connects, reads and writes; framing and meaning are the stack's.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sip::stack::{ConnectionId, Flow, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::inbox::{Inbox, Message};

/// Messages that may wait for a slow peer.
const QUEUE: usize = 256;
/// How long connecting may take; the stack tries the next candidate then (RFC 3263 §4.3).
const CONNECT: Duration = Duration::from_secs(4);
/// Connections at once.
const CONNECTIONS: usize = 4_096;

/// Accepted connections are numbered from here up; the stack numbers its own from 2^63.
const ACCEPTED: u64 = 0;

/// Listens on a bound listener for ever.
pub async fn accept(listener: TcpListener, inbox: Inbox) {
    let room = Arc::new(tokio::sync::Semaphore::new(CONNECTIONS));
    let next = Arc::new(AtomicU64::new(ACCEPTED));
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let Ok(permit) = room.clone().try_acquire_owned() else { continue };
                let (inbox, connection) = (inbox.clone(), ConnectionId(next.fetch_add(1, Ordering::Relaxed)));
                tokio::spawn(async move {
                    carry(stream, connection, inbox).await;
                    drop(permit);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a SIP connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Connects and carries the connection until it ends.
pub async fn connect(connection: ConnectionId, remote: SocketAddr, inbox: Inbox) {
    match tokio::time::timeout(CONNECT, TcpStream::connect(remote)).await {
        Ok(Ok(stream)) => carry(stream, connection, inbox).await,
        Ok(Err(_)) | Err(_) => inbox.complete(Message::Closed(connection)),
    }
}

async fn carry(stream: TcpStream, connection: ConnectionId, inbox: Inbox) {
    let (Ok(local), Ok(remote)) = (stream.local_addr(), stream.peer_addr()) else {
        return inbox.complete(Message::Closed(connection));
    };
    stream.set_nodelay(true).ok();
    let flow = Flow { transport: Transport::Tcp, local, remote, connection: Some(connection) };
    let (sender, mut waiting) = mpsc::channel::<Vec<u8>>(QUEUE);
    inbox.complete(Message::Opened(flow, sender));
    let (mut reader, mut writer) = stream.into_split();
    let write = async move {
        while let Some(bytes) = waiting.recv().await {
            writer.write_all(&bytes).await?;
        }
        writer.shutdown().await
    };
    let read = {
        let inbox = inbox.clone();
        async move {
            let mut buffer = vec![0; 16 << 10];
            loop {
                match reader.read(&mut buffer).await {
                    Ok(0) | Err(_) => return,
                    Ok(length) => {
                        let message = Message::Stream(flow, buffer[..length].to_vec());
                        // A full inbox holds the peer back by TCP's own means.
                        if !inbox.request_when_room(message).await {
                            return;
                        }
                    }
                }
            }
        }
    };
    tokio::select! {
        result = write => {
            if let Err(error) = result {
                tracing::debug!(%error, %remote, "a SIP connection broke");
            }
        }
        () = read => {}
    }
    inbox.complete(Message::Closed(connection));
}
