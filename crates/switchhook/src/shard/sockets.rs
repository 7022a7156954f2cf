use std::io;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::atomic::Ordering;

use super::Counters;
use super::sys::{self, Epoll, Receiver, Socket};
use crate::net;

/// What the socket of all browsers may hold while the thread is busy: a tenth of a second of a thousand of them.
const BROWSERS_BUFFER: usize = 4 << 20;
/// Reads of that socket in a turn.
const BROWSERS_READS: usize = 32;

/// The sockets of a thread, by port.
pub(super) struct Sockets {
    bind: IpAddr,
    first: u16,
    /// By distance from `first`.
    sockets: Vec<Option<Socket>>,
    /// All browsers' one.
    browsers: Option<(u16, Socket)>,
}

/// Datagrams that wait to be sent, in one reused buffer.
#[derive(Default)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    /// Port, destination, end in `bytes`.
    items: Vec<(u16, SocketAddr, usize)>,
}

impl Batch {
    pub(super) fn push(&mut self, port: u16, to: SocketAddr, datagram: &[u8]) {
        self.bytes.extend_from_slice(datagram);
        self.items.push((port, to, self.bytes.len()));
    }
}

impl Sockets {
    pub(super) fn new(bind: IpAddr, ports: &RangeInclusive<u16>) -> Self {
        let first = *ports.start();
        let count = if ports.is_empty() { 0 } else { usize::from(ports.end() - first) + 1 };
        Self { bind, first, sockets: (0..count).map(|_| None).collect(), browsers: None }
    }

    /// Binds the socket of all browsers and returns its address, which lies outside of the ports for RTP.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn open_browsers(&mut self, epoll: &Epoll, address: SocketAddr) -> io::Result<SocketAddr> {
        let mut tries = 0;
        let (socket, address) = loop {
            let socket = net::bind_udp(address, BROWSERS_BUFFER)?;
            let bound = socket.local_addr()?;
            tries += 1;
            // Any port may be one of those that a leg will want.
            if address.port() != 0 || self.place(bound.port()).is_none() || tries == 64 {
                break (Socket::from(socket), bound);
            }
        };
        epoll.add(&socket, address.port().into())?;
        self.browsers = Some((address.port(), socket));
        Ok(address)
    }

    /// Binds a port and the one above.
    ///
    /// # Errors
    /// When the port is out of range or the system refuses.
    pub(super) fn open(&mut self, epoll: &Epoll, port: u16) -> io::Result<()> {
        let rtp = self.bind_one(epoll, port)?;
        let rtcp = self.bind_one(epoll, port.checked_add(1).ok_or(io::ErrorKind::InvalidInput)?)?;
        for (port, socket) in [(port, rtp), (port + 1, rtcp)] {
            let place = self.place(port).ok_or(io::ErrorKind::InvalidInput)?;
            *place = Some(socket);
        }
        Ok(())
    }

    fn bind_one(&mut self, epoll: &Epoll, port: u16) -> io::Result<Socket> {
        let bind = self.bind;
        match self.place(port) {
            None => {
                Err(io::Error::new(io::ErrorKind::InvalidInput, "the port is not of this thread's range"))
            }
            Some(Some(_)) => Err(io::ErrorKind::AddrInUse.into()),
            Some(None) => {
                let socket = Socket::bind(SocketAddr::new(bind, port))?;
                epoll.add(&socket, port.into())?;
                Ok(socket)
            }
        }
    }

    /// Closes a port and the one above.
    pub(super) fn close(&mut self, port: u16) {
        for port in [Some(port), port.checked_add(1)].into_iter().flatten() {
            if let Some(place) = self.place(port) {
                *place = None;
            }
        }
    }

    fn place(&mut self, port: u16) -> Option<&mut Option<Socket>> {
        self.sockets.get_mut(usize::from(port.checked_sub(self.first)?))
    }

    fn get(&self, port: u16) -> Option<&Socket> {
        if let Some((_, socket)) = self.browsers.as_ref().filter(|(of, _)| *of == port) {
            return Some(socket);
        }
        self.sockets.get(usize::from(port.checked_sub(self.first)?))?.as_ref()
    }

    /// Reads from a port; see [`Receiver::receive`]. That of all browsers is read more often.
    pub(super) fn receive(
        &self,
        port: u16,
        receiver: &mut Receiver,
        mut each: impl FnMut(SocketAddr, &mut [u8]),
    ) -> usize {
        // A port closed since it was reported has nothing.
        let Some(socket) = self.get(port) else { return 0 };
        let many = self.browsers.as_ref().is_some_and(|(of, _)| *of == port);
        let mut count = 0;
        for _ in 0..if many { BROWSERS_READS } else { 1 } {
            let read = receiver.receive(socket, &mut each);
            count += read;
            if read < sys::RECEIVE {
                break;
            }
        }
        count
    }

    /// Binds a port's exchange to one peer, or frees it.
    pub(super) fn pin(&mut self, port: u16, peer: Option<SocketAddr>) {
        if let Some(Some(socket)) = self.place(port)
            && let Err(error) = socket.pin(peer)
        {
            // The machine refuses strangers by itself; the kernel would only have done it for less.
            tracing::debug!(port, %error, "a socket was not connected to its peer");
        }
    }

    /// Sends what waits, the datagrams of one socket that follow each other in one call.
    pub(super) fn send(&self, batch: &mut Batch, counters: &Counters) {
        if batch.items.is_empty() {
            return;
        }
        let (mut start, mut sent) = (0, 0);
        for of_one in batch.items.chunk_by(|a, b| a.0 == b.0) {
            let socket = self.get(of_one[0].0);
            for few in of_one.chunks(sys::SEND) {
                let mut run: [(SocketAddr, &[u8]); sys::SEND] = [(few[0].1, &[]); sys::SEND];
                for (place, (_, to, end)) in run.iter_mut().zip(few) {
                    *place = (*to, &batch.bytes[start..*end]);
                    start = *end;
                }
                sent += socket.map_or(0, |socket| sys::send(socket, &run[..few.len()]));
            }
        }
        counters.sent.fetch_add(sent as u64, Ordering::Relaxed);
        counters.send_failed.fetch_add((batch.items.len() - sent) as u64, Ordering::Relaxed);
        batch.bytes.clear();
        batch.items.clear();
    }
}
