macro_rules! names {
    ($($variant:ident $name:literal $lower:literal $($compact:literal)?;)*) => {
        /// A header field name this crate knows; printed in its long form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Header {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
            /// Any other.
            Other,
        }

        impl Header {
            /// The header of that name, long or compact, without regard to case; `Other` for an unknown one.
            pub fn of(name: &[u8]) -> Header {
                let mut lower = [0; 32];
                let Some(lower) = lower.get_mut(..name.len()) else {
                    return Header::Other;
                };
                lower.copy_from_slice(name);
                lower.make_ascii_lowercase();
                match &*lower {
                    $($lower $(| $compact)? => Header::$variant,)*
                    _ => Header::Other,
                }
            }

            /// The long form.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Header::$variant => $name,)*
                    Header::Other => "unknown header",
                }
            }
        }

        #[cfg(test)]
        const ALL: &[(Header, &str)] = &[$((Header::$variant, $name)),*];
    };
}

names! {
    Via "Via" b"via" b"v";
    From "From" b"from" b"f";
    To "To" b"to" b"t";
    CallId "Call-ID" b"call-id" b"i";
    CSeq "CSeq" b"cseq";
    MaxForwards "Max-Forwards" b"max-forwards";
    Contact "Contact" b"contact" b"m";
    Route "Route" b"route";
    RecordRoute "Record-Route" b"record-route";
    ContentLength "Content-Length" b"content-length" b"l";
    ContentType "Content-Type" b"content-type" b"c";
    ContentEncoding "Content-Encoding" b"content-encoding" b"e";
    ContentDisposition "Content-Disposition" b"content-disposition";
    Accept "Accept" b"accept";
    Allow "Allow" b"allow";
    Supported "Supported" b"supported" b"k";
    Require "Require" b"require";
    ProxyRequire "Proxy-Require" b"proxy-require";
    Unsupported "Unsupported" b"unsupported";
    Expires "Expires" b"expires";
    MinExpires "Min-Expires" b"min-expires";
    SessionExpires "Session-Expires" b"session-expires" b"x";
    MinSe "Min-SE" b"min-se";
    RSeq "RSeq" b"rseq";
    RAck "RAck" b"rack";
    WwwAuthenticate "WWW-Authenticate" b"www-authenticate";
    Authorization "Authorization" b"authorization";
    ProxyAuthenticate "Proxy-Authenticate" b"proxy-authenticate";
    ProxyAuthorization "Proxy-Authorization" b"proxy-authorization";
    AuthenticationInfo "Authentication-Info" b"authentication-info";
    RetryAfter "Retry-After" b"retry-after";
    Reason "Reason" b"reason";
    Timestamp "Timestamp" b"timestamp";
    UserAgent "User-Agent" b"user-agent";
    Server "Server" b"server";
    Subject "Subject" b"subject" b"s";
    Event "Event" b"event" b"o";
    SubscriptionState "Subscription-State" b"subscription-state";
    ReferTo "Refer-To" b"refer-to" b"r";
    ReferredBy "Referred-By" b"referred-by" b"b";
    Replaces "Replaces" b"replaces";
    PAssertedIdentity "P-Asserted-Identity" b"p-asserted-identity";
    Privacy "Privacy" b"privacy";
    Diversion "Diversion" b"diversion";
    UserToUser "User-to-User" b"user-to-user";
    Warning "Warning" b"warning";
    Path "Path" b"path";
    ServiceRoute "Service-Route" b"service-route";
}

impl Header {
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
