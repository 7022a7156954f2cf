//! Messages that are wrong, each in one place: RFC 4475 §3.1.2.

use super::{Named, OFFER, lines, with};

pub(super) const ALL: &[Named] = &[
    ("badinv01", badinv01),
    ("clerr", clerr),
    ("ncl", ncl),
    ("scalar02", scalar02),
    ("scalarlg", scalarlg),
    ("quotbal", quotbal),
    ("ltgtruri", ltgtruri),
    ("lwsruri", lwsruri),
    ("lwsstart", lwsstart),
    ("trws", trws),
    ("escruri", escruri),
    ("baddate", baddate),
    ("regbadct", regbadct),
    ("badaspec", badaspec),
    ("baddn", baddn),
    ("badvers", badvers),
    ("mismatch01", mismatch01),
    ("mismatch02", mismatch02),
    ("bigcode", bigcode),
];

/// Semicolons and commas with nothing between them.
fn badinv01() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.org SIP/2.0",
            "To: sip:h.heron@example.org",
            "From: sip:marsh@example.net;tag=60606",
            "Max-Forwards: 7",
            "Call-ID: badinv01.stutter",
            "CSeq: 8 INVITE",
            "Via: SIP/2.0/UDP 192.0.2.21;;,;,,",
            "Contact: \"Rook\" <sip:rook@example.org>;;;;",
            "Content-Length: 151",
            "Content-Type: application/sdp",
        ],
        OFFER,
    )
}

/// The datagram ends long before its Content-Length.
fn clerr() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.org SIP/2.0",
            "Max-Forwards: 80",
            "To: sip:h.heron@example.org",
            "From: sip:marsh@example.net;tag=61616",
            "Contact: <sip:marsh@greedy.example.net>",
            "Call-ID: clerr.more",
            "CSeq: 8 INVITE",
            "Via: SIP/2.0/UDP greedy.example.net;branch=z9hG4bK-more",
            "Content-Type: application/sdp",
            "Content-Length: 9999",
        ],
        OFFER,
    )
}

/// A body of less than nothing.
fn ncl() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.org SIP/2.0",
            "Max-Forwards: 254",
            "To: sip:h.heron@example.org",
            "From: sip:marsh@example.net;tag=62626",
            "Call-ID: ncl.less",
            "CSeq: 0 INVITE",
            "Via: SIP/2.0/UDP 192.0.2.22;branch=z9hG4bKless",
            "Contact: <sip:marsh@pit.example.net>",
            "Content-Type: application/sdp",
            "Content-Length: -151",
        ],
        OFFER,
    )
}

/// Numbers that come out small where they are cut to 32 or 64 bits.
fn scalar02() -> Vec<u8> {
    lines(&[
        "REGISTER sip:example.org SIP/2.0",
        "Via: SIP/2.0/TCP tall.example.org;branch=z9hG4bKtall",
        "To: <sip:heron@example.org>",
        "From: <sip:heron@example.org>;tag=6363",
        "CSeq: 18446744073709551617 REGISTER",
        "Call-ID: scalar02.tall",
        "Max-Forwards: 300",
        &format!("Expires: 1{}", "0".repeat(90)),
        "Contact: <sip:heron@tall.example.org>",
        "  ;expires=4294967296000001",
        "Content-Length: 0",
    ])
}

/// The same in a response.
fn scalarlg() -> Vec<u8> {
    lines(&[
        "SIP/2.0 503 Service Unavailable",
        "Via: SIP/2.0/TCP tall.example.org;branch=z9hG4bKtaller;received=192.0.2.129",
        "To: <sip:heron@example.org>",
        "From: <sip:marsh@example.net>;tag=6464",
        "CSeq: 79228162514264337593543950337 OPTIONS",
        "Call-ID: scalarlg.taller",
        "Retry-After: 340282366920938463463374607431768211457",
        "Warning: 1812 canon \"And Fire\"",
        "Content-Length: 0",
    ])
}

/// A display name begins with a quotation mark and never ends.
fn quotbal() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.org SIP/2.0",
            "To: \"Ms. H. Heron <sip:h.heron@example.org>",
            "From: sip:marsh@example.net;tag=65656",
            "Max-Forwards: 10",
            "Call-ID: quotbal.open",
            "Contact: <sip:marsh@pit.example.net>",
            "CSeq: 8 INVITE",
            "Via: SIP/2.0/UDP 192.0.2.23:5055;branch=z9hG4bKopen",
            "Content-Type: application/sdp",
            "Content-Length: 151",
        ],
        OFFER,
    )
}

/// Angle brackets around the Request-URI.
fn ltgtruri() -> Vec<u8> {
    with(
        &[
            "INVITE <sip:heron@example.org> SIP/2.0",
            "To: sip:heron@example.org",
            "From: sip:marsh@example.net;tag=66666",
            "Max-Forwards: 23",
            "Call-ID: ltgtruri.angle@192.0.2.24",
            "CSeq: 1 INVITE",
            "Via: SIP/2.0/UDP 192.0.2.24",
            "Contact: <sip:marsh@pit.example.net>",
            "Content-Type: application/sdp",
            "Content-Length: 151",
        ],
        OFFER,
    )
}

/// A space inside the Request-URI.
fn lwsruri() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.org; lr SIP/2.0",
            "To: sip:heron@example.org;tag=gap-1-gap",
            "From: sip:marsh@example.net;tag=67676",
            "Max-Forwards: 5",
            "Call-ID: lwsruri.gap",
            "CSeq: 1073741824 INVITE",
            "Via: SIP/2.0/UDP 192.0.2.25:5060;branch=z9hG4bKgap",
            "Contact: <sip:marsh@pit.example.net>",
            "Content-Type: application/sdp",
            "Content-Length: 151",
        ],
        OFFER,
    )
}

/// Two spaces where one must be.
fn lwsstart() -> Vec<u8> {
    with(
        &[
            "INVITE  sip:heron@example.org  SIP/2.0",
            "Max-Forwards: 8",
            "To: sip:heron@example.org",
            "From: sip:marsh@example.net;tag=6868",
            "Call-ID: lwsstart.wide@example.net",
            "CSeq: 1893 INVITE",
            "Via: SIP/2.0/UDP pit.example.net;branch=z9hG4bKwide",
            "Contact: <sip:marsh@pit.example.net>",
            "Content-Type: application/sdp",
            "Content-Length: 151",
        ],
        OFFER,
    )
}

/// Spaces behind the version.
fn trws() -> Vec<u8> {
    lines(&[
        "OPTIONS sip:far-target@example.org SIP/2.0  ",
        "Via: SIP/2.0/TCP pit.example.net;branch=z9hG4bKtail",
        "To: <sip:far-target@example.org>",
        "From: <sip:near-thing@example.net>;tag=69696",
        "Call-ID: trws.tail",
        "Accept: application/sdp",
        "CSeq: 1901 OPTIONS",
        "Max-Forwards: 70",
        "Content-Length: 0",
    ])
}

/// Header fields behind the Request-URI.
fn escruri() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.org?Route=%3Csip:example.org%3E SIP/2.0",
            "To: sip:heron@example.org",
            "From: sip:marsh@example.net;tag=707070",
            "Max-Forwards: 7",
            "Contact: <sip:marsh@pit.example.net>",
            "Call-ID: escruri.smuggled",
            "CSeq: 149 INVITE",
            "Via: SIP/2.0/UDP pit.example.net;branch=z9hG4bKsmuggled",
            "Content-Type: application/sdp",
            "Content-Length: 151",
        ],
        OFFER,
    )
}

/// A date in another zone than GMT.
fn baddate() -> Vec<u8> {
    with(
        &[
            "INVITE sip:heron@example.org SIP/2.0",
            "To: sip:heron@example.org",
            "From: sip:marsh@example.net;tag=7171",
            "Max-Forwards: 70",
            "Call-ID: baddate.zone",
            "CSeq: 139 INVITE",
            "Via: SIP/2.0/UDP pit.example.net;branch=z9hG4bKzone",
            "Date: Tue, 24 Nov 2026 10:30:00 CET",
            "Contact: <sip:marsh@pit.example.net>",
            "Content-Type: application/sdp",
            "Content-Length: 151",
        ],
        OFFER,
    )
}

/// A question mark in a contact that stands in no brackets.
fn regbadct() -> Vec<u8> {
    lines(&[
        "REGISTER sip:example.org SIP/2.0",
        "To: sip:heron@example.org",
        "From: sip:heron@example.org;tag=7272",
        "Max-Forwards: 70",
        "Call-ID: regbadct.bare@10.0.0.9",
        "CSeq: 1 REGISTER",
        "Via: SIP/2.0/UDP 198.51.100.133:5060;branch=z9hG4bKbare",
        "Contact: sip:heron@example.org?Route=%3Csip:relay.example.org%3E",
        "l: 0",
    ])
}

/// Spaces between the brackets and the URI.
fn badaspec() -> Vec<u8> {
    lines(&[
        "OPTIONS sip:heron@example.org SIP/2.0",
        "Via: SIP/2.0/UDP pit.example.net:5060;branch=z9hG4bKroomy",
        "Max-Forwards: 70",
        "From: \"Marsh, Reed\" <sip:r.marsh@example.net>;tag=7373",
        "To: \"Heron, Grey\" < sip:g.heron@example.org >",
        "Call-ID: badaspec.roomy",
        "Accept: application/sdp",
        "CSeq: 392 OPTIONS",
        "l: 0",
    ])
}

/// A comma in a display name without quotation marks. Nor is there a blank line at the end.
fn baddn() -> Vec<u8> {
    let mut message = lines(&[
        "OPTIONS sip:g.heron@example.org SIP/2.0",
        "Via:     SIP/2.0/UDP pit.example.net:5060;branch=z9hG4bKcomma",
        "Max-Forwards:      70",
        "From:    Marsh, Reed <sip:r.marsh@example.net>;tag=74",
        "To:      Heron, Grey <sip:g.heron@example.org>",
        "Call-ID: baddn.comma@pit.example.net",
        "Accept: application/sdp",
        "CSeq:    393 OPTIONS",
        "l: 0",
    ]);
    message.truncate(message.len() - 2);
    message
}

/// A version from a time to come.
fn badvers() -> Vec<u8> {
    lines(&[
        "OPTIONS sip:g.heron@example.org SIP/9.0",
        "Via:     SIP/9.0/UDP pit.example.net;branch=z9hG4bKfuture",
        "Max-Forwards:     70",
        "From:    R. Marsh <sip:r.marsh@example.net>;tag=7575",
        "To:      G. Heron <sip:g.heron@example.org>",
        "Call-ID: badvers.future@pit.example.net",
        "CSeq:    1 OPTIONS",
        "l: 0",
    ])
}

/// Two known methods that differ.
fn mismatch01() -> Vec<u8> {
    lines(&[
        "OPTIONS sip:heron@example.org SIP/2.0",
        "To: sip:h.heron@example.org",
        "From: sip:marsh@example.net;tag=76767",
        "Max-Forwards: 6",
        "Call-ID: mismatch01.known",
        "CSeq: 8 INVITE",
        "Via: SIP/2.0/UDP pit.example.net;branch=z9hG4bKknown",
        "l: 0",
    ])
}

/// A method nobody knows, and another in its CSeq.
fn mismatch02() -> Vec<u8> {
    with(
        &[
            "BRANDNEW sip:heron@example.org SIP/2.0",
            "To: sip:h.heron@example.org",
            "From: sip:marsh@example.net;tag=77777",
            "Max-Forwards: 6",
            "Call-ID: mismatch02.unknown",
            "CSeq: 8 INVITE",
            "Contact: <sip:marsh@pit.example.net>",
            "Via: SIP/2.0/UDP pit.example.net;branch=z9hG4bKunknown",
            "Content-Type: application/sdp",
            "l: 151",
        ],
        OFFER,
    )
}

/// A status that is 200 once it is cut to 32 bits.
fn bigcode() -> Vec<u8> {
    lines(&[
        "SIP/2.0 4294967496 all is well or so it seems",
        "Via: SIP/2.0/UDP 192.0.2.26;branch=z9hG4bKwrapped",
        "Call-ID: bigcode.wrapped",
        "CSeq: 354 INVITE",
        "From: <sip:heron@example.org>;tag=7878",
        "To: <sip:heron@example.edu>;tag=7879",
        "Content-Length: 0",
        "Contact: <sip:heron@bank.example.org>",
    ])
}
