//! Messages that look wrong and are not: RFC 4475 §3.1.1.

use super::{Named, OFFER, lines, with};

pub(super) const ALL: &[Named] = &[
    ("wsinv", wsinv),
    ("intmeth", intmeth),
    ("esc01", esc01),
    ("escnull", escnull),
    ("esc02", esc02),
    ("lwsdisp", lwsdisp),
    ("longreq", longreq),
    ("dblreq", dblreq),
    ("semiuri", semiuri),
    ("transports", transports),
    ("mpart01", mpart01),
    ("unreason", unreason),
    ("noreason", noreason),
];

/// White space and folded lines wherever the grammar has room, names in any case, an old branch below new ones.
fn wsinv() -> Vec<u8> {
    with(
        &[
            "INVITE sip:desk@far-end.example.org;oddparam SIP/2.0",
            "tO :",
            " sip:desk@far-end.example.org ;   tag    = 55ab01n",
            r#"FROM   : "K Otter \\\""       <sip:otter@example.net>"#,
            "  ;",
            "  tag = 77kk20",
            "mAx-FoRwArDs: 0068",
            "Call-ID: wsinv.brook@192.0.2.40",
            "Content-Length   : 151",
            "CSEQ: 0009",
            "  INVITE",
            "Via  : SIP  /   2.0",
            " /UDP",
            "    192.0.2.41;branch=plain16branch",
            "s :",
            "BrandNewHeader:   brand new value",
            " carried on below",
            "OddlyValuedHeader: ;;,,;;,;",
            "Content-Type: application/sdp",
            "Route:",
            " <sip:relay.example.org;lr;strange=value;strange-without-value>",
            "v:  SIP  / 2.0  / TCP     mill.example.net   ;",
            "  branch  =   z9hG4bKmill7  ,",
            " SIP  /    2.0   / UDP  192.168.77.30   ; branch=",
            " z9hG4bKbehind30",
            r#"m:"In quotes \"\"" <sip:otter@example.net> ; freshparam ="#,
            "      freshvalue ;",
            "  another ; q = 0.25",
        ],
        OFFER,
    )
}

/// Every character a token, a user, a password, a Call-ID or a quoted string may have.
fn intmeth() -> Vec<u8> {
    lines(&[
        "Try-0123456789!_*+`.%what'~ sip:2_odd.User~(why-not!ask)&it's+a$/test?,/;;*:&so+is=this,pass!*wo$d~_(isn't-it)@example.org SIP/2.0",
        "Via: SIP/2.0/TCP edge.example.org;branch=z9hG4bK~'`+_*%!.-9",
        "To: \"BEL:\\\u{7} NUL:\\\0 DEL:\\\u{7f}\" <sip:2_odd.User~(why-not!ask)&it's+a$/test?,/;;*@example.org>",
        "From: first~` second'+_ third*%!.- <sip:plain@example.org>;odd''~+*_!.-%=\"телефония\";tag=~_here'1+`*%!-.",
        "Call-ID: intmeth.all%-!.*_+'@that`~)(><:\\/\"][?}{",
        "CSeq: 271828183 Try-0123456789!_*+`.%what'~",
        "Max-Forwards: 255",
        "oddHeader-!.%*+_`'~:\u{feff}電話局",
        "Content-Length: 0",
    ])
}

/// Escapes stand for the characters they hide, and none of them separates anything.
fn esc01() -> Vec<u8> {
    with(
        &[
            "INVITE sip:sips%3Abird%40example.org@example.net SIP/2.0",
            "To: sip:%62ir%64@example.org",
            "From: <sip:Two%20words%20here@example.net>;tag=517",
            "Max-Forwards: 87",
            "i: esc01.wren-44-0b",
            "CSeq: 445566 INVITE",
            "Via: SIP/2.0/UDP nest.example.net;branch=z9hG4bKnest01",
            "C: application/sdp",
            "Contact:",
            "  <sip:wr%65n@nest.example.net;%6C%72;n%61me=f%65ather%25%35%30>",
            "Content-Length: 151",
        ],
        OFFER,
    )
}

/// An escaped NUL is a character like any other: it ends nothing.
fn escnull() -> Vec<u8> {
    lines(&[
        "REGISTER sip:example.org SIP/2.0",
        "To: sip:zero-%00-zero@example.org",
        "From: sip:zero-%00-zero@example.org;tag=60914",
        "Max-Forwards: 70",
        "Call-ID: escnull.4f0ca",
        "CSeq: 707070 REGISTER",
        "Via: SIP/2.0/UDP void.example.org;branch=z9hG4bKvoid",
        "Contact: <sip:%00@void.example.org>",
        "Contact: <sip:%00%00@void.example.org>",
        "L:0",
    ])
}

/// Outside URIs a percent sign is a percent sign: neither the method nor the header field is the one it would spell.
fn esc02() -> Vec<u8> {
    lines(&[
        "OPT%49ON%53 sip:ward.example.org SIP/2.0",
        "To: \"%Q%50\" <sip:thing@example.org>",
        "From: \"%Q%50\" <sip:thing@example.org>;tag=e81c",
        "Call-ID: esc02.b61f2",
        "Via: SIP/2.0/TCP gate.example.org;branch=z9hG4bK310%ggate",
        "CSeq: 60221 OPT%49ON%53",
        "Max-Forwards: 70",
        "Contact: <sip:one@a.example.org>",
        "C%6Fntact: <sip:two@b.example.org>",
        "Contact: <sip:three@c.example.org>",
        "l: 0",
    ])
}

/// No space between a display name and its bracket.
fn lwsdisp() -> Vec<u8> {
    lines(&[
        "OPTIONS sip:heron@example.org SIP/2.0",
        "To: sip:heron@example.org",
        "From: marsh<sip:marsh@example.org>;tag=909",
        "Max-Forwards: 70",
        "Call-ID: lwsdisp.7e@reed.example.org",
        "CSeq: 61 OPTIONS",
        "Via: SIP/2.0/UDP reed.example.org;branch=z9hG4bKreed",
        "l: 0",
    ])
}

/// Long names and values everywhere, and thirty-four Via fields under all spellings of the name.
fn longreq() -> Vec<u8> {
    let very_long = format!("very{}", "long".repeat(24));
    let user = "remarkablylonguser".repeat(6);
    let mut head = vec![
        "INVITE sip:heron@example.org SIP/2.0".to_owned(),
        format!(
            "To: \"A name {} at length\"<sip:heron@example.org:6010;first={very_long};{}=short;{very_long}Flag>",
            "drawnout".repeat(10),
            "param".repeat(24),
        ),
        format!(
            "F: sip:{user}@example.net;tag={};{}={very_long};{}",
            "73".repeat(64),
            "field".repeat(18),
            "flag".repeat(20),
        ),
        format!("Call-ID: longreq.{}id", "really".repeat(20)),
        "CSeq: 3141592 INVITE".to_owned(),
        format!("Unheard-Of-{}: {very_long}; {very_long}-name = {very_long}-value", "Long".repeat(20)),
    ];
    let names = [
        "Via:", "v:", "V:", "ViA:", "VIa:", "VIA:", "via:", "viA:", "vIa:", "vIA:", "V : ", "v :", "V  :",
        "v  :", "Via :",
    ];
    head.extend(
        (1..=33).rev().map(|hop| format!("{} SIP/2.0/TCP hop{hop}.example.org", names[hop % names.len()])),
    );
    head.extend([
        format!("Via: SIP/2.0/TCP start.example.org;received=192.0.2.9;branch={very_long}branch"),
        "Max-Forwards: 70".to_owned(),
        format!("Contact: <sip:{user}@start.example.net>"),
        "Content-Type: application/sdp".to_owned(),
        "l: 151".to_owned(),
    ]);
    with(&head.iter().map(String::as_str).collect::<Vec<_>>(), OFFER)
}

/// A datagram is one message: what follows its Content-Length is ignored, be it a message itself.
fn dblreq() -> Vec<u8> {
    let second = with(
        &[
            "INVITE sip:rook@example.org SIP/2.0",
            "t: sip:rook@example.org",
            "From: sip:marsh@example.net;tag=88120",
            "Max-Forwards: 8",
            "Call-ID: dblreq.second@192.0.2.44",
            "CSeq: 8 INVITE",
            "Via: SIP/2.0/UDP 192.0.2.44;branch=z9hG4bKsecond",
            "Content-Type: application/sdp",
            "Content-Length: 151",
        ],
        OFFER,
    );
    let first = lines(&[
        "REGISTER sip:example.org SIP/2.0",
        "To: sip:r.rook@example.org",
        "From: sip:r.rook@example.org;tag=19ee",
        "Max-Forwards: 8",
        "I: dblreq.first",
        "Contact: sip:r.rook@tower.example.org",
        "CSeq: 8 REGISTER",
        "Via: SIP/2.0/UDP 192.0.2.144;branch=z9hG4bKfirst",
        "Content-Length: 0",
    ]);
    [&first[..], b"\r\n", &second].concat()
}

/// Semicolons before the at sign belong to the user.
fn semiuri() -> Vec<u8> {
    lines(&[
        "OPTIONS sip:rook;ext=r%40example.net@example.org SIP/2.0",
        "To: sip:r_rook@example.org",
        "From: sip:marsh@example.net;tag=41417",
        "Max-Forwards: 3",
        "Call-ID: semiuri.c0de",
        "CSeq: 8 OPTIONS",
        "Accept: application/sdp, application/pkcs7-mime,",
        "        multipart/mixed, multipart/signed,",
        "        message/sip, message/sipfrag",
        "Via: SIP/2.0/UDP 192.0.2.61;branch=z9hG4bKsemi",
        "l: 0",
    ])
}

/// A Via tells of transports nobody here speaks.
fn transports() -> Vec<u8> {
    lines(&[
        "OPTIONS sip:heron@example.org SIP/2.0",
        "To: sip:heron@example.org",
        "From: <sip:marsh@example.org>;tag=324",
        "Max-Forwards: 70",
        "Call-ID:  transports.five",
        "Accept: application/sdp",
        "CSeq: 62 OPTIONS",
        "Via: SIP/2.0/UDP one.example.org;branch=z9hG4bKone",
        "Via: SIP/2.0/SCTP two.example.org;branch=z9hG4bKtwo",
        "Via: SIP/2.0/TLS three.example.org;branch=z9hG4bKthree",
        "Via: SIP/2.0/UNKNOWN four.example.org;branch=z9hG4bKfour",
        "Via: SIP/2.0/TCP five.example.org;branch=z9hG4bKfive",
        "l: 0",
    ])
}

/// A body of two parts, the second of it binary: every byte there is, line ends and a near-boundary among them.
fn mpart01() -> Vec<u8> {
    let every: Vec<u8> = (0..=u8::MAX).collect();
    let binary = [b"\x30\x82\x01\x52", &every[..], b"\r\n--seam", &every[..128]].concat();
    let body = [
        b"--seam4475\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n\r\nHello\r\n",
        &b"--seam4475\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            [..],
        &binary,
        b"\r\n--seam4475--\r\n",
    ]
    .concat();
    with(
        &[
            "MESSAGE sip:heron@example.org SIP/2.0",
            "Via: SIP/2.0/UDP 127.0.0.1:5075;branch=z9hG4bK-two-parts;rport",
            "Max-Forwards: 70",
            "Route: <sip:127.0.0.1:5085>",
            "Identity: c2lnbmVkIGJ5IG5vYm9keSBhdCBhbGw=",
            "Contact: <sip:marsh@127.0.0.1:5075>",
            "To: <sip:heron@example.org>",
            "From: <sip:marsh@example.net>;tag=4e5f",
            "Call-ID: mpart01@cmVlZA..",
            "CSeq: 1 MESSAGE",
            "Content-Transfer-Encoding: binary",
            "Content-Type: multipart/mixed;boundary=seam4475",
            "Date: Tue, 24 Nov 2026 09:30:00 GMT",
            "User-Agent: Bittern/0.1 (parts)",
            &format!("Content-Length: {}", body.len()),
        ],
        &body,
    )
}

/// A reason phrase may hold signs, spaces and any UTF-8.
fn unreason() -> Vec<u8> {
    with(
        &[
            "SIP/2.0 200 = 10 ** 2 * 2, это и есть двести - согласны?",
            "Via: SIP/2.0/UDP 192.0.2.82;branch=z9hG4bKreason",
            "Call-ID: unreason.200",
            "CSeq: 36 INVITE",
            "From: sip:heron@example.org;tag=5150",
            "To: sip:heron@example.edu;tag=5151",
            "Content-Length: 151",
            "Content-Type: application/sdp",
            "Contact: <sip:heron@bank.example.org>",
        ],
        OFFER,
    )
}

/// A reason phrase may be empty; the space before it may not be missing.
fn noreason() -> Vec<u8> {
    lines(&[
        "SIP/2.0 100 ",
        "Via: SIP/2.0/UDP 192.0.2.83;branch=z9hG4bKsilent",
        "Call-ID: noreason.100",
        "CSeq: 37 INVITE",
        "From: <sip:heron@example.org>;tag=5252",
        "To: <sip:heron@example.edu>;tag=5253",
        "Content-Length: 0",
        "Contact: <sip:heron@bank.example.org>",
    ])
}
