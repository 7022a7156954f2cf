//! The system calls that the standard library has no interface for: epoll, eventfd, and many datagrams per call.
//!
//! All of the `unsafe` of this workspace is here, but for one call that the speech engine's binding asks for
//! (`speech/pico.rs`). Every pointer given to the kernel points into a buffer that lives in
//! the same call frame or in the struct that makes the call.
#![expect(unsafe_code, reason = "recvmmsg, sendmmsg, epoll and eventfd are only to be had from libc")]

use std::io;
use std::mem::{size_of, zeroed};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::ptr::null_mut;
use std::time::Duration;

/// Largest datagram taken; RTP packets are below 1,500 bytes.
const DATAGRAM: usize = 2_048;
/// Datagrams per receiving call. One socket has more than one only after a stall or in a flood.
pub(super) const RECEIVE: usize = 8;
/// Datagrams per sending call.
pub(super) const SEND: usize = 16;
/// Descriptors reported per wait.
const READY: usize = 256;
/// Expedited forwarding (RFC 3246), in the place of the old type-of-service byte.
const EXPEDITED: libc::c_int = 0xb8;

/// What a descriptor was registered with.
pub(super) type Token = u64;

fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

fn owned(result: libc::c_int) -> io::Result<OwnedFd> {
    // SAFETY: the descriptor was just made by the kernel for us, nobody else owns it.
    check(result).map(|fd| unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Lets this process have as many descriptors as the system allows it, and returns how many: a bridged call has four,
/// and the usual limit of 1,024 is made for programs that use `select`.
pub(super) fn raise_descriptors() -> io::Result<u64> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: `limit` outlives both calls.
    check(unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) })?;
    limit.rlim_cur = limit.rlim_max;
    // SAFETY: as above.
    check(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) })?;
    Ok(limit.rlim_cur)
}

/// A set of descriptors to wait for.
pub(super) struct Epoll {
    fd: OwnedFd,
    ready: Vec<libc::epoll_event>,
}

impl Epoll {
    pub(super) fn new() -> io::Result<Self> {
        // SAFETY: no pointer.
        let fd = owned(unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) })?;
        Ok(Self { fd, ready: vec![libc::epoll_event { events: 0, u64: 0 }; READY] })
    }

    /// Reports `fd` under `token` whenever it can be read; it leaves the set when it is closed.
    pub(super) fn add(&self, fd: &impl AsRawFd, token: Token) -> io::Result<()> {
        let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: token };
        // SAFETY: `event` outlives the call.
        let result = unsafe {
            libc::epoll_ctl(self.fd.as_raw_fd(), libc::EPOLL_CTL_ADD, fd.as_raw_fd(), &raw mut event)
        };
        check(result).map(drop)
    }

    /// Waits until something can be read or the time is over, and returns the tokens; `None` waits for ever.
    pub(super) fn wait(&mut self, timeout: Option<Duration>) -> io::Result<impl Iterator<Item = Token>> {
        let time = timeout.map(|t| libc::timespec {
            tv_sec: t.as_secs() as libc::time_t,
            tv_nsec: t.subsec_nanos() as libc::c_long,
        });
        let time = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
        // SAFETY: `ready` has room for READY events, `time` is null or outlives the call, no signal mask is given.
        let count = unsafe {
            libc::syscall(
                libc::SYS_epoll_pwait2,
                self.fd.as_raw_fd(),
                self.ready.as_mut_ptr(),
                READY as libc::c_int,
                time,
                null_mut::<libc::sigset_t>(),
                size_of::<libc::sigset_t>(),
            )
        };
        let count = match check(count as libc::c_int) {
            Ok(count) => count as usize,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => 0,
            Err(e) if e.raw_os_error() == Some(libc::ENOSYS) => self.wait_millis(timeout)?,
            Err(e) => return Err(e),
        };
        Ok(self.ready[..count].iter().map(|e| e.u64))
    }

    /// For kernels before 5.11.
    fn wait_millis(&mut self, timeout: Option<Duration>) -> io::Result<usize> {
        let millis = timeout.map_or(-1, |t| t.as_micros().div_ceil(1_000).min(60_000) as libc::c_int);
        // SAFETY: `ready` has room for READY events.
        let count = unsafe {
            libc::epoll_wait(self.fd.as_raw_fd(), self.ready.as_mut_ptr(), READY as libc::c_int, millis)
        };
        match check(count) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Ok(0),
            count => count.map(|c| c as usize),
        }
    }
}

/// Wakes a thread that waits in [`Epoll::wait`].
pub(super) struct Waker(OwnedFd);

impl Waker {
    pub(super) fn new() -> io::Result<Self> {
        // SAFETY: no pointer.
        owned(unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) }).map(Self)
    }

    pub(super) fn wake(&self) {
        let one = 1u64;
        // SAFETY: reads eight bytes of `one`. It can only fail when a wake-up is pending already.
        unsafe { libc::write(self.0.as_raw_fd(), (&raw const one).cast(), size_of::<u64>()) };
    }

    /// Takes the wake-up back, so that the next wait waits.
    pub(super) fn clear(&self) {
        let mut count = 0u64;
        // SAFETY: writes eight bytes into `count`. It can only fail when there is nothing to take back.
        unsafe { libc::read(self.0.as_raw_fd(), (&raw mut count).cast(), size_of::<u64>()) };
    }
}

impl AsRawFd for Waker {
    fn as_raw_fd(&self) -> libc::c_int {
        self.0.as_raw_fd()
    }
}

/// A bound UDP socket.
pub(super) struct Socket {
    fd: OwnedFd,
    v6: bool,
    /// The kernel lets no other through.
    peer: Option<SocketAddr>,
}

impl Socket {
    pub(super) fn bind(address: SocketAddr) -> io::Result<Self> {
        let family = if address.is_ipv6() { libc::AF_INET6 } else { libc::AF_INET };
        let kind = libc::SOCK_DGRAM | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
        // SAFETY: no pointer.
        let socket =
            Self { fd: owned(unsafe { libc::socket(family, kind, 0) })?, v6: address.is_ipv6(), peer: None };
        let (name, length) = to_name(address, address.is_ipv6());
        // SAFETY: `name` outlives the call and has `length` valid bytes.
        check(unsafe { libc::bind(socket.fd.as_raw_fd(), (&raw const name).cast(), length) })?;
        socket.expedite();
        Ok(socket)
    }

    /// Marks what is sent as speech; a network that refuses that still carries it.
    fn expedite(&self) {
        let (level, option) =
            if self.v6 { (libc::IPPROTO_IPV6, libc::IPV6_TCLASS) } else { (libc::IPPROTO_IP, libc::IP_TOS) };
        let value = EXPEDITED;
        let length = size_of::<libc::c_int>() as libc::socklen_t;
        // SAFETY: reads `length` bytes of `value`.
        unsafe { libc::setsockopt(self.fd.as_raw_fd(), level, option, (&raw const value).cast(), length) };
    }

    /// Lets the kernel refuse all peers but this one, and find the way to it once; `None` opens it to all again.
    pub(super) fn pin(&mut self, peer: Option<SocketAddr>) -> io::Result<()> {
        let (name, length) = match peer {
            Some(peer) => to_name(peer, self.v6),
            None => {
                // SAFETY: all zeros is a valid address, of the family AF_UNSPEC.
                (unsafe { zeroed() }, size_of::<libc::sockaddr>() as libc::socklen_t)
            }
        };
        self.peer = None;
        // SAFETY: `name` outlives the call and has `length` valid bytes.
        check(unsafe { libc::connect(self.fd.as_raw_fd(), (&raw const name).cast(), length) })?;
        self.peer = peer;
        Ok(())
    }
}

impl From<std::net::UdpSocket> for Socket {
    fn from(socket: std::net::UdpSocket) -> Self {
        let v6 = socket.local_addr().is_ok_and(|address| address.is_ipv6());
        let socket = Self { fd: socket.into(), v6, peer: None };
        socket.expedite();
        socket
    }
}

impl AsRawFd for Socket {
    fn as_raw_fd(&self) -> libc::c_int {
        self.fd.as_raw_fd()
    }
}

/// Buffers for datagrams that come in.
pub(super) struct Receiver {
    data: Vec<[u8; DATAGRAM]>,
    names: Vec<libc::sockaddr_storage>,
    _slices: Vec<libc::iovec>,
    headers: Vec<libc::mmsghdr>,
}

// SAFETY: the pointers in `headers` and `_slices` lead into the heap buffers of the same value, which move with it.
unsafe impl Send for Receiver {}

impl Receiver {
    pub(super) fn new() -> Self {
        let mut data = vec![[0; DATAGRAM]; RECEIVE];
        // SAFETY: all zeros is a valid value of these plain C structs.
        let (mut names, empty) = unsafe { (vec![zeroed::<libc::sockaddr_storage>(); RECEIVE], zeroed()) };
        let mut slices: Vec<libc::iovec> = data
            .iter_mut()
            .map(|d| libc::iovec { iov_base: d.as_mut_ptr().cast(), iov_len: DATAGRAM })
            .collect();
        let mut headers: Vec<libc::mmsghdr> = vec![empty; RECEIVE];
        for ((header, name), slice) in headers.iter_mut().zip(&mut names).zip(&mut slices) {
            header.msg_hdr.msg_name = std::ptr::from_mut(name).cast();
            header.msg_hdr.msg_iov = slice;
            header.msg_hdr.msg_iovlen = 1;
        }
        Self { data, names, _slices: slices, headers }
    }

    /// Reads what waits at a socket, at most a handful; `each` gets the source and the datagram. Returns how many.
    pub(super) fn receive(&mut self, socket: &Socket, mut each: impl FnMut(SocketAddr, &mut [u8])) -> usize {
        for header in &mut self.headers {
            header.msg_hdr.msg_namelen = size_of::<libc::sockaddr_storage>() as libc::socklen_t;
        }
        // SAFETY: the headers point to `names`, `slices` and, through these, `data`: heap buffers of `self` that are
        // never resized.
        let count = unsafe {
            libc::recvmmsg(
                socket.fd.as_raw_fd(),
                self.headers.as_mut_ptr(),
                RECEIVE as libc::c_uint,
                libc::MSG_DONTWAIT as _,
                null_mut(),
            )
        };
        // Nothing there after all, or an ICMP error of an earlier datagram, which is thereby taken.
        let count = usize::try_from(count).unwrap_or(0);
        for ((header, name), data) in self.headers.iter().zip(&self.names).zip(&mut self.data).take(count) {
            let whole = header.msg_hdr.msg_flags & libc::MSG_TRUNC == 0;
            if let (true, Some(source)) = (whole, from_name(name)) {
                each(source, &mut data[..DATAGRAM.min(header.msg_len as usize)]);
            }
        }
        count
    }
}

/// Sends datagrams through one socket; returns how many the kernel took. Never waits.
pub(super) fn send(socket: &Socket, datagrams: &[(SocketAddr, &[u8])]) -> usize {
    match datagrams {
        [(to, datagram)] => usize::from(send_one(socket, *to, datagram)),
        _ => datagrams.chunks(SEND).map(|chunk| send_chunk(socket, chunk)).sum(),
    }
}

fn send_one(socket: &Socket, to: SocketAddr, datagram: &[u8]) -> bool {
    let pinned = socket.peer == Some(to);
    let (name, length) = if pinned { (null_name(), 0) } else { to_name(to, socket.v6) };
    let name = if pinned { std::ptr::null() } else { (&raw const name).cast() };
    let send = || {
        // SAFETY: `datagram` is valid for its length, `name` is null or has `length` valid bytes.
        let sent = unsafe {
            libc::sendto(
                socket.fd.as_raw_fd(),
                datagram.as_ptr().cast(),
                datagram.len(),
                libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL,
                name,
                length,
            )
        };
        sent >= 0
    };
    // The first failure may report an ICMP error of an earlier datagram.
    send() || io::Error::last_os_error().raw_os_error() == Some(libc::ECONNREFUSED) && send()
}

fn send_chunk(socket: &Socket, chunk: &[(SocketAddr, &[u8])]) -> usize {
    let mut names = [null_name(); SEND];
    let mut slices = [libc::iovec { iov_base: null_mut(), iov_len: 0 }; SEND];
    // SAFETY: all zeros is a valid value of this plain C struct.
    let mut headers = [unsafe { zeroed::<libc::mmsghdr>() }; SEND];
    for (i, (to, datagram)) in chunk.iter().enumerate() {
        let header = &mut headers[i].msg_hdr;
        if socket.peer != Some(*to) {
            let (name, length) = to_name(*to, socket.v6);
            names[i] = name;
            header.msg_name = (&raw mut names[i]).cast();
            header.msg_namelen = length;
        }
        slices[i] = libc::iovec { iov_base: datagram.as_ptr().cast_mut().cast(), iov_len: datagram.len() };
        header.msg_iov = &raw mut slices[i];
        header.msg_iovlen = 1;
    }
    let (mut at, mut sent) = (0, 0);
    while at < chunk.len() {
        let left = &mut headers[at..chunk.len()];
        let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
        // SAFETY: the headers point to `names`, `slices` and the datagrams, which all outlive the call; the kernel
        // only reads them.
        let count = unsafe {
            libc::sendmmsg(socket.fd.as_raw_fd(), left.as_mut_ptr(), left.len() as libc::c_uint, flags as _)
        };
        match usize::try_from(count) {
            Ok(count) if count > 0 => {
                at += count;
                sent += count;
            }
            // The first one failed: it is left out, the rest is tried.
            _ => at += 1,
        }
    }
    sent
}

fn null_name() -> libc::sockaddr_storage {
    // SAFETY: all zeros is a valid value of this plain C struct.
    unsafe { zeroed() }
}

/// The kernel's form of an address; for a socket of IPv6, IPv4 addresses are mapped.
fn to_name(address: SocketAddr, v6: bool) -> (libc::sockaddr_storage, libc::socklen_t) {
    let mut storage = null_name();
    let address = match address {
        SocketAddr::V4(a) if v6 => SocketAddr::V6(SocketAddrV6::new(a.ip().to_ipv6_mapped(), a.port(), 0, 0)),
        other => other,
    };
    match address {
        SocketAddr::V4(a) => {
            let name = libc::sockaddr_in {
                sin_family: libc::AF_INET as libc::sa_family_t,
                sin_port: a.port().to_be(),
                sin_addr: libc::in_addr { s_addr: u32::from_ne_bytes(a.ip().octets()) },
                sin_zero: [0; 8],
            };
            // SAFETY: `sockaddr_storage` is large enough and aligned for every address.
            unsafe { (&raw mut storage).cast::<libc::sockaddr_in>().write(name) };
            (storage, size_of::<libc::sockaddr_in>() as libc::socklen_t)
        }
        SocketAddr::V6(a) => {
            // SAFETY: all zeros is a valid value of this plain C struct.
            let mut name: libc::sockaddr_in6 = unsafe { zeroed() };
            name.sin6_family = libc::AF_INET6 as libc::sa_family_t;
            name.sin6_port = a.port().to_be();
            name.sin6_flowinfo = a.flowinfo();
            name.sin6_addr.s6_addr = a.ip().octets();
            name.sin6_scope_id = a.scope_id();
            // SAFETY: as above.
            unsafe { (&raw mut storage).cast::<libc::sockaddr_in6>().write(name) };
            (storage, size_of::<libc::sockaddr_in6>() as libc::socklen_t)
        }
    }
}

/// The address the kernel wrote; a mapped IPv4 address comes out as IPv4.
fn from_name(storage: &libc::sockaddr_storage) -> Option<SocketAddr> {
    match libc::c_int::from(storage.ss_family) {
        libc::AF_INET => {
            // SAFETY: the family says which struct the kernel wrote.
            let name = unsafe { &*std::ptr::from_ref(storage).cast::<libc::sockaddr_in>() };
            let ip = Ipv4Addr::from(name.sin_addr.s_addr.to_ne_bytes());
            Some(SocketAddrV4::new(ip, u16::from_be(name.sin_port)).into())
        }
        libc::AF_INET6 => {
            // SAFETY: the family says which struct the kernel wrote.
            let name = unsafe { &*std::ptr::from_ref(storage).cast::<libc::sockaddr_in6>() };
            let (ip, port) = (Ipv6Addr::from(name.sin6_addr.s6_addr), u16::from_be(name.sin6_port));
            Some(match ip.to_canonical() {
                IpAddr::V4(ip) => SocketAddrV4::new(ip, port).into(),
                IpAddr::V6(ip) => SocketAddrV6::new(ip, port, name.sin6_flowinfo, name.sin6_scope_id).into(),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bind(ip: &str) -> (Socket, SocketAddr) {
        // The standard library finds a free port and tells which.
        let address = std::net::UdpSocket::bind((ip, 0)).unwrap().local_addr().unwrap();
        (Socket::bind(address).unwrap(), address)
    }

    fn receive(receiver: &mut Receiver, socket: &Socket) -> Vec<(SocketAddr, Vec<u8>)> {
        let mut all = Vec::new();
        receiver.receive(socket, |from, data| all.push((from, data.to_vec())));
        all
    }

    #[test]
    fn datagrams_go_out_in_one_call_and_come_in_in_one() {
        let ((a, at_a), (b, at_b)) = (bind("127.0.0.1"), bind("127.0.0.1"));
        let datagrams: Vec<Vec<u8>> = (0..20u8).map(|n| vec![n; usize::from(n) + 1]).collect();
        let outgoing: Vec<(SocketAddr, &[u8])> = datagrams.iter().map(|d| (at_b, d.as_slice())).collect();
        assert_eq!(send(&a, &outgoing), 20);
        let mut receiver = Receiver::new();
        let mut got = Vec::new();
        while got.len() < 20 {
            let some = receive(&mut receiver, &b);
            assert!(!some.is_empty());
            got.extend(some);
        }
        assert!(got.iter().zip(&datagrams).all(|((from, data), sent)| *from == at_a && data == sent));
        assert!(receive(&mut receiver, &b).is_empty());
    }

    #[test]
    fn a_pinned_socket_hears_its_peer_only_until_it_is_opened_again() {
        let ((mut a, at_a), (b, at_b), (c, _)) = (bind("127.0.0.1"), bind("127.0.0.1"), bind("127.0.0.1"));
        let mut receiver = Receiver::new();
        a.pin(Some(at_b)).unwrap();
        send(&c, &[(at_a, b"stranger")]);
        send(&b, &[(at_a, b"peer")]);
        assert_eq!(receive(&mut receiver, &a), [(at_b, b"peer".to_vec())]);
        assert_eq!(send(&a, &[(at_b, b"one")]), 1);
        assert_eq!(send(&a, &[(at_b, b"two"), (at_b, b"three")]), 2);
        assert_eq!(receive(&mut receiver, &b).len(), 3);
        a.pin(None).unwrap();
        send(&c, &[(at_a, b"stranger")]);
        assert_eq!(receive(&mut receiver, &a).len(), 1);
    }

    #[test]
    fn a_peer_that_is_gone_stops_nothing() {
        let ((mut a, _), (b, at_b)) = (bind("127.0.0.1"), bind("127.0.0.1"));
        a.pin(Some(at_b)).unwrap();
        drop(b);
        for _ in 0..5 {
            send(&a, &[(at_b, b"hello")]);
        }
        assert!(receive(&mut Receiver::new(), &a).is_empty());
        let b = Socket::bind(at_b).unwrap();
        assert_eq!(send(&a, &[(at_b, b"hello")]), 1);
        assert_eq!(receive(&mut Receiver::new(), &b).len(), 1);
    }

    #[test]
    fn the_descriptors_are_as_many_as_the_system_allows() {
        let allowed = raise_descriptors().unwrap();
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        let line = limits.lines().find(|l| l.starts_with("Max open files")).unwrap();
        assert_eq!(line.split_whitespace().nth(3), Some(allowed.to_string().as_str()), "{line}");
    }

    #[test]
    fn too_large_a_datagram_is_dropped() {
        let ((a, _), (b, at_b)) = (bind("127.0.0.1"), bind("127.0.0.1"));
        send(&a, &[(at_b, &[0; DATAGRAM + 1]), (at_b, &[0; DATAGRAM])]);
        let got = receive(&mut Receiver::new(), &b);
        assert_eq!(got.iter().map(|(_, d)| d.len()).collect::<Vec<_>>(), [DATAGRAM]);
    }

    #[test]
    fn addresses_survive_the_kernel_form() {
        for text in ["192.0.2.1:5", "[2001:db8::1]:65535", "[fe80::1%3]:9"] {
            let address: SocketAddr = text.parse().unwrap();
            assert_eq!(from_name(&to_name(address, address.is_ipv6()).0), Some(address));
        }
        let v4: SocketAddr = "192.0.2.1:5".parse().unwrap();
        assert_eq!(from_name(&to_name(v4, true).0), Some(v4), "mapped and back");
    }

    #[test]
    fn waiting_ends_by_time_by_datagram_and_by_waker() {
        let mut epoll = Epoll::new().unwrap();
        let (a, at_a) = bind("127.0.0.1");
        let waker = Waker::new().unwrap();
        epoll.add(&a, 7).unwrap();
        epoll.add(&waker, 8).unwrap();
        assert_eq!(epoll.wait(Some(Duration::from_micros(100))).unwrap().count(), 0);
        send(&a, &[(at_a, b"x")]);
        assert_eq!(epoll.wait(None).unwrap().collect::<Vec<_>>(), [7]);
        receive(&mut Receiver::new(), &a);
        waker.wake();
        waker.wake();
        assert_eq!(epoll.wait(None).unwrap().collect::<Vec<_>>(), [8]);
        waker.clear();
        assert_eq!(epoll.wait(Some(Duration::ZERO)).unwrap().count(), 0);
        assert_eq!(epoll.wait_millis(Some(Duration::from_micros(1))).unwrap(), 0);
    }
}
