macro_rules! names {
    ($($variant:ident $name:literal $($compact:literal)?;)*) => {
        /// A header field name this crate knows; printed in its long form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Header {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
            /// Any other.
            Other,
        }

        impl Header {
            /// The long form.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Header::$variant => $name,)*
                    Header::Other => "unknown header",
                }
            }
        }

        /// Long names first, compact forms behind them.
        const ALL: &[(Header, &str)] =
            &[$((Header::$variant, $name),)* $($((Header::$variant, $compact),)?)*];
    };
}

names! {
    Via "Via" "v";
    From "From" "f";
    To "To" "t";
    CallId "Call-ID" "i";
    CSeq "CSeq";
    MaxForwards "Max-Forwards";
    Contact "Contact" "m";
    Route "Route";
    RecordRoute "Record-Route";
    ContentLength "Content-Length" "l";
    ContentType "Content-Type" "c";
    ContentEncoding "Content-Encoding" "e";
    ContentDisposition "Content-Disposition";
    Accept "Accept";
    Allow "Allow";
    Supported "Supported" "k";
    Require "Require";
    ProxyRequire "Proxy-Require";
    Unsupported "Unsupported";
    Expires "Expires";
    MinExpires "Min-Expires";
    SessionExpires "Session-Expires" "x";
    MinSe "Min-SE";
    RSeq "RSeq";
    RAck "RAck";
    WwwAuthenticate "WWW-Authenticate";
    Authorization "Authorization";
    ProxyAuthenticate "Proxy-Authenticate";
    ProxyAuthorization "Proxy-Authorization";
    AuthenticationInfo "Authentication-Info";
    RetryAfter "Retry-After";
    Reason "Reason";
    Timestamp "Timestamp";
    UserAgent "User-Agent";
    Server "Server";
    Subject "Subject" "s";
    Event "Event" "o";
    SubscriptionState "Subscription-State";
    ReferTo "Refer-To" "r";
    ReferredBy "Referred-By" "b";
    Replaces "Replaces";
    PAssertedIdentity "P-Asserted-Identity";
    Privacy "Privacy";
    Diversion "Diversion";
    UserToUser "User-to-User";
    Warning "Warning";
    Path "Path";
    ServiceRoute "Service-Route";
}

const SLOTS: usize = 256;

/// An open-addressed table of [`ALL`], made at compile time.
static TABLE: [Option<(Header, &str)>; SLOTS] = {
    let mut table = [None; SLOTS];
    let mut at = 0;
    while at < ALL.len() {
        let mut slot = slot(ALL[at].1.as_bytes());
        while table[slot].is_some() {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = Some(ALL[at]);
        at += 1;
    }
    table
};

/// Where a name's search starts; equal for all its spellings.
const fn slot(name: &[u8]) -> usize {
    const fn lower(byte: u8) -> usize {
        (byte | 0x20) as usize
    }
    let length = name.len();
    (length * 5 + lower(name[0]) * 7 + lower(name[length / 2]) * 13 + lower(name[length - 1]) * 31) % SLOTS
}

impl Header {
    /// The header of that name, long or compact, without regard to case; `Other` for an unknown one.
    pub fn of(name: &[u8]) -> Header {
        if name.is_empty() {
            return Header::Other;
        }
        let mut slot = slot(name);
        while let Some((header, known)) = TABLE[slot] {
            if known.as_bytes().eq_ignore_ascii_case(name) {
                return header;
            }
            slot = (slot + 1) % SLOTS;
        }
        Header::Other
    }

    /// Whether a message that carries it twice is refused: two values that steer handling cannot both be meant.
    pub(crate) fn is_single(self) -> bool {
        matches!(
            self,
            Header::From
                | Header::To
                | Header::CallId
                | Header::CSeq
                | Header::MaxForwards
                | Header::ContentLength
                | Header::ContentType
                | Header::ContentDisposition
                | Header::Expires
                | Header::MinExpires
                | Header::SessionExpires
                | Header::MinSe
                | Header::RSeq
                | Header::RAck
                | Header::Event
                | Header::SubscriptionState
                | Header::ReferTo
                | Header::Replaces
                | Header::RetryAfter
                | Header::Timestamp
        )
    }

    /// One bit per known header.
    pub(crate) fn bit(self) -> u64 {
        1 << (self as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case_and_fit_the_bit_set() {
        for (header, name) in ALL {
            assert_eq!(Header::of(name.as_bytes()), *header);
            assert_eq!(Header::of(name.to_uppercase().as_bytes()), *header);
        }
        assert!(ALL.len() < 64);
        assert_eq!(Header::of(b"M"), Header::Contact);
        assert_eq!(Header::of(b"X-Foo"), Header::Other);
        assert_eq!(Header::of(&[b'v'; 100]), Header::Other);
    }
}
