//! Messages whose grammar is right and whose meaning is not, for the layers above: RFC 4475 §3.2 to §3.4.

use super::{Named, OFFER, lines, with};

pub(super) const ALL: &[Named] = &[
    ("badbranch", badbranch),
    ("insuf", insuf),
    ("unkscm", unkscm),
    ("novelsc", novelsc),
    ("unksm2", unksm2),
    ("bext01", bext01),
    ("invut", invut),
    ("regaut01", regaut01),
    ("multi01", multi01),
    ("mcl01", mcl01),
    ("bcast", bcast),
    ("zeromf", zeromf),
    ("cparam01", cparam01),
    ("cparam02", cparam02),
    ("regescrt", regescrt),
    ("sdp01", sdp01),
    ("inv2543", inv2543),
];

/// The branch is the cookie and nothing else.
fn badbranch() -> Vec<u8> {
    lines(&[
        "OPTIONS sip:heron@example.org SIP/2.0",
        "To: sip:heron@example.org",
        "From: sip:marsh@example.net;tag=8080",
        "Max-Forwards: 3",
        "Via: SIP/2.0/UDP 192.0.2.31;branch=z9hG4bK",
        "Accept: application/sdp",
        "Call-ID: badbranch.bare",
        "CSeq: 8 OPTIONS",
        "l: 0",
    ])
}

/// Neither From nor To nor Call-ID.
fn insuf() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.org SIP/2.0",
            "CSeq: 193 INVITE",
            "Via: SIP/2.0/UDP 192.0.2.32;branch=z9hG4bKscant",
            "Content-Type: application/sdp",
            "l: 151",
        ],
        OFFER,
    )
}

/// To whom it goes is in a scheme nobody knows.
fn unkscm() -> Vec<u8> {
    lines(&[
        "OPTIONS neverHeardOfThisScheme:whateverthismeans SIP/2.0",
        "To: sip:heron@example.org",
        "From: sip:marsh@example.net;tag=8181",
        "Max-Forwards: 3",
        "Call-ID: unkscm.never",
        "CSeq: 3923 OPTIONS",
        "Via: SIP/2.0/TCP pit.example.net;branch=z9hG4bKnever",
        "Content-Length: 0",
    ])
}

/// A scheme that is known, for something else.
fn novelsc() -> Vec<u8> {
    lines(&[
        "OPTIONS soap.beep://192.0.2.33:3012 SIP/2.0",
        "To: sip:heron@example.org",
        "From: sip:marsh@example.net;tag=8282",
        "Max-Forwards: 3",
        "Call-ID: novelsc.elsewhere",
        "CSeq: 3924 OPTIONS",
        "Via: SIP/2.0/TCP pit.example.net;branch=z9hG4bKelsewhere",
        "Content-Length: 0",
    ])
}

/// Header fields with URIs no call can go to.
fn unksm2() -> Vec<u8> {
    lines(&[
        "REGISTER sip:example.org SIP/2.0",
        "To: issn:2049-3630",
        "From: <https://www.example.org>;tag=8383",
        "Call-ID: unksm2.books@two-words.example.org",
        "CSeq: 234 REGISTER",
        "Max-Forwards: 70",
        "Via: SIP/2.0/UDP 192.0.2.34:5060;branch=z9hG4bKbooks",
        "Contact: <person:Grey_Heron>",
        "l: 0",
    ])
}

/// Extensions are required that nobody has.
fn bext01() -> Vec<u8> {
    lines(&[
        "OPTIONS sip:heron@example.org SIP/2.0",
        "To: sip:h_heron@example.org",
        "From: sip:marsh@example.net;tag=8484",
        "Max-Forwards: 6",
        "Call-ID: bext01.wishes",
        "Require: aWishNobodyGrants, anotherSuchWish",
        "Proxy-Require: aWishNoProxyGrants, norThisOne",
        "CSeq: 8 OPTIONS",
        "Via: SIP/2.0/TLS pit.example.net;branch=z9hG4bKwishes",
        "Content-Length: 0",
    ])
}

/// A body in a language nobody speaks.
fn invut() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.org SIP/2.0",
            "Contact: <sip:marsh@pit.example.net>",
            "To: sip:h.heron@example.org",
            "From: sip:marsh@example.net;tag=8585",
            "Max-Forwards: 70",
            "Call-ID: invut.tongue",
            "CSeq: 235 INVITE",
            "Via: SIP/2.0/UDP pit.example.net;branch=z9hG4bKtongue",
            "Content-Type: application/unheardof",
            "Content-Length: 36",
        ],
        b"<sound>\r\n <g711 at=\"9\"/>\r\n</sound>\r\n",
    )
}

/// Credentials of a scheme nobody knows.
fn regaut01() -> Vec<u8> {
    lines(&[
        "REGISTER sip:example.org SIP/2.0",
        "To: sip:h.heron@example.org",
        "From: sip:h.heron@example.org;tag=8686",
        "Max-Forwards: 8",
        "Call-ID: regaut01.seal",
        "CSeq: 933 REGISTER",
        "Via: SIP/2.0/TCP 192.0.2.35;branch=z9hG4bKseal",
        "Authorization: SealNobodyKnows wax=red",
        "Content-Length:0",
    ])
}

/// Everything that may stand once stands twice.
fn multi01() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.com SIP/2.0",
            "Contact: <sip:marsh@pit.example.net>",
            "Via: SIP/2.0/UDP 192.0.2.36;branch=z9hG4bKtwice",
            "Max-Forwards: 70",
            "CSeq: 5 INVITE",
            "Call-ID: multi01.one@192.0.2.36",
            "CSeq: 50 INVITE",
            "Call-ID: multi01.two@192.0.2.37",
            "From: sip:marsh@example.org;tag=8787",
            "To: sip:heron@example.org",
            "To: sip:egret@example.net",
            "From: sip:marsh@example.net;tag=8788",
            "Content-Type: application/sdp",
            "l: 151",
            "Contact: <sip:marsh@pool.example.net>",
            "Max-Forwards: 5",
        ],
        OFFER,
    )
}

/// Two lengths, so nobody knows where the message ends.
fn mcl01() -> Vec<u8> {
    with(
        &[
            "OPTIONS sip:heron@example.org SIP/2.0",
            "Via: SIP/2.0/UDP pit.example.net;branch=z9hG4bKlengths",
            "To: sip:heron@example.org",
            "From: sip:egret@example.net;tag=8888",
            "Call-ID: mcl01.lengths",
            "CSeq: 159 OPTIONS",
            "Content-Length: 11",
            "Max-Forwards: 60",
            "Content-Length: 4",
            "Content-Type: text/plain",
        ],
        b"Four octets, or eleven, or all of these: who is to say?\r\n\r\n",
    )
}

/// A response that would go on to everybody.
fn bcast() -> Vec<u8> {
    with(
        &[
            "SIP/2.0 200 OK",
            "Via: SIP/2.0/UDP 192.0.2.38;branch=z9hG4bKloud1",
            "Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bKloud2",
            "Call-ID: bcast.loud",
            "CSeq: 38 INVITE",
            "From: sip:heron@example.org;tag=8989",
            "To: sip:heron@example.edu;tag=8990",
            "Content-Length: 151",
            "Content-Type: application/sdp",
            "Contact: <sip:heron@bank.example.org>",
        ],
        OFFER,
    )
}

/// It may go no further, and is here.
fn zeromf() -> Vec<u8> {
    lines(&[
        "OPTIONS sip:heron@example.org SIP/2.0",
        "To: sip:heron@example.org",
        "From: sip:marsh@example.net;tag=9090",
        "Call-ID: zeromf.here",
        "CSeq: 392 OPTIONS",
        "Via: SIP/2.0/UDP pit.example.net;branch=z9hG4bKhere",
        "Max-Forwards: 0",
        "Content-Length: 0",
    ])
}

/// Without brackets the parameter belongs to the field.
fn cparam01() -> Vec<u8> {
    lines(&[
        "REGISTER sip:example.org SIP/2.0",
        "Via: SIP/2.0/UDP moon.example.org:5060;branch=z9hG4bKouter",
        "Max-Forwards: 70",
        "From: sip:heron@example.org;tag=9191",
        "To: sip:heron@example.org",
        "Call-ID: cparam01.outer@moon.example.org",
        "CSeq: 2 REGISTER",
        "Contact: sip:+15550142@gw.example.net;unheardof",
        "l: 0",
    ])
}

/// Within brackets it belongs to the URI.
fn cparam02() -> Vec<u8> {
    lines(&[
        "REGISTER sip:example.org SIP/2.0",
        "Via: SIP/2.0/UDP moon.example.org:5060;branch=z9hG4bKinner",
        "Max-Forwards: 70",
        "From: sip:heron@example.org;tag=9292",
        "To: sip:heron@example.org",
        "Call-ID: cparam02.inner@moon.example.org",
        "CSeq: 3 REGISTER",
        "Contact: <sip:+15550142@gw.example.net;unheardof>",
        "l: 0",
    ])
}

/// Within brackets a contact may carry header fields.
fn regescrt() -> Vec<u8> {
    lines(&[
        "REGISTER sip:example.org SIP/2.0",
        "To: sip:heron@example.org",
        "From: sip:heron@example.org;tag=9",
        "Max-Forwards: 70",
        "Call-ID: regescrt.way@192.0.2.39",
        "CSeq: 143 REGISTER",
        "Via: SIP/2.0/UDP pit.example.net;branch=z9hG4bKway",
        "M: <sip:heron@example.org?Route=%3Csip:relay.example.org%3E>",
        "L:0",
    ])
}

/// The answer may only be in a language nobody speaks.
fn sdp01() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.org SIP/2.0",
            "To: sip:h_heron@example.org",
            "Contact: <sip:marsh@pit.example.net>",
            "From: sip:marsh@example.net;tag=9494",
            "Max-Forwards: 5",
            "Call-ID: sdp01.picky",
            "Accept: text/nobodyWritesThis",
            "CSeq: 8 INVITE",
            "Via: SIP/2.0/UDP 192.0.2.40;branch=z9hG4bKpicky",
            "Content-Length: 151",
            "Content-Type: application/sdp",
        ],
        OFFER,
    )
}

/// An INVITE after RFC 2543: no branch, no From tag, no Max-Forwards, no Content-Length, no Contact.
fn inv2543() -> Vec<u8> {
    with(
        &[
            "INVITE sip:UserOfOld@example.org SIP/2.0",
            "Via: SIP/2.0/UDP oldgw.example.org",
            "From: <sip:+15550143@old.example.net;user=phone>",
            "Record-Route: <sip:UserOfOld@example.org;maddr=relay.example.org>",
            "To: sip:+15550144@relay.example.net;user=phone",
            "Call-ID: inv2543.old@old.example.org",
            "CSeq: 57 INVITE",
            "Content-Type: application/sdp",
        ],
        OFFER,
    )
}
