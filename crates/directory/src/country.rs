//! Where a number belongs: country by calling code, state by area code, toll-free prefixes.

use base::E164;

/// ISO 3166 code of the country a number belongs to; `None` for codes of no country (satellite, shared services).
pub(crate) fn country_of(number: &E164) -> Option<&'static str> {
    let digits = number.digits();
    if let Some(national) = digits.strip_prefix('1') {
        return Some(nanp_country(national.get(..3).unwrap_or_default()));
    }
    // Calling codes are prefix-free but for the entries that refine +7: the longest wins.
    (1..=digits.len().min(3)).rev().find_map(|length| {
        let code: u32 = digits[..length].parse().ok()?;
        CALLING_CODES.binary_search_by_key(&code, |&(code, _)| code).ok().map(|at| CALLING_CODES[at].1)
    })
}

/// Country of a North American area code; the United States for one that is not assigned elsewhere.
fn nanp_country(area: &str) -> &'static str {
    if NANP_CANADA.binary_search(&area).is_ok() {
        return "CA";
    }
    NANP_OTHERS.binary_search_by_key(&area, |&(area, _)| area).map_or("US", |at| NANP_OTHERS[at].1)
}

/// Whether a number is toll-free (North American prefixes).
pub(crate) fn is_toll_free(number: &E164) -> bool {
    number.digits().strip_prefix('1').is_some_and(|n| TOLL_FREE.iter().any(|prefix| n.starts_with(prefix)))
}

/// Calling codes of a country; those that refine another of them left out.
pub(crate) fn calling_codes(country: &str) -> Vec<u32> {
    let north_american =
        country == "US" || country == "CA" || NANP_OTHERS.iter().any(|&(_, other)| other == country);
    if north_american {
        return vec![1];
    }
    CALLING_CODES.iter().filter(|&&(_, of)| of == country).map(|&(code, _)| code).collect()
}

/// Digits that the numbers of a country begin with; all of North America for the United States.
pub(crate) fn country_prefixes(country: &str) -> Vec<u64> {
    let with_one = |area: &str| format!("1{area}").parse().ok();
    if country == "CA" {
        return NANP_CANADA.iter().filter_map(|area| with_one(area)).collect();
    }
    let others: Vec<_> = NANP_OTHERS
        .iter()
        .filter(|&&(_, of)| of == country)
        .filter_map(|&(area, _)| with_one(area))
        .collect();
    if others.is_empty() { calling_codes(country).into_iter().map(u64::from).collect() } else { others }
}

/// Area codes of a state of the United States, by its two letters.
pub(crate) fn area_codes(state: &str) -> Option<&'static [&'static str]> {
    STATES.binary_search_by_key(&state, |&(state, _)| state).ok().map(|at| STATES[at].1)
}

/// Toll-free prefixes that `SearchAvailablePhoneNumbers` knows.
pub(crate) const TOLL_FREE: [&str; 7] = ["800", "833", "844", "855", "866", "877", "888"];

const NANP_CANADA: &[&str] = &[
    "204", "226", "236", "249", "250", "257", "263", "289", "306", "343", "354", "365", "367", "368", "382",
    "387", "403", "416", "418", "428", "431", "437", "438", "450", "460", "468", "474", "506", "514", "519",
    "537", "548", "568", "579", "581", "584", "587", "600", "604", "613", "639", "647", "672", "683", "705",
    "709", "742", "753", "778", "780", "782", "807", "819", "825", "867", "873", "879", "902", "905", "942",
];

const NANP_OTHERS: &[(&str, &str)] = &[
    ("242", "BS"),
    ("246", "BB"),
    ("264", "AI"),
    ("268", "AG"),
    ("284", "VG"),
    ("340", "VI"),
    ("345", "KY"),
    ("441", "BM"),
    ("473", "GD"),
    ("649", "TC"),
    ("658", "JM"),
    ("664", "MS"),
    ("670", "MP"),
    ("671", "GU"),
    ("684", "AS"),
    ("721", "SX"),
    ("758", "LC"),
    ("767", "DM"),
    ("784", "VC"),
    ("787", "PR"),
    ("809", "DO"),
    ("829", "DO"),
    ("849", "DO"),
    ("868", "TT"),
    ("869", "KN"),
    ("876", "JM"),
    ("939", "PR"),
];

const STATES: &[(&str, &[&str])] = &[
    ("AK", &["907"]),
    ("AL", &["205", "251", "256", "334", "483", "659", "938"]),
    ("AR", &["327", "479", "501", "870"]),
    ("AZ", &["480", "520", "602", "623", "928"]),
    (
        "CA",
        &[
            "209", "213", "279", "310", "323", "341", "350", "357", "369", "408", "415", "424", "442", "510",
            "530", "559", "562", "619", "626", "628", "650", "657", "661", "669", "707", "714", "747", "760",
            "805", "818", "820", "831", "837", "840", "858", "909", "916", "925", "949", "951",
        ],
    ),
    ("CO", &["303", "719", "720", "748", "970", "983"]),
    ("CT", &["203", "475", "860", "959"]),
    ("DC", &["202", "771"]),
    ("DE", &["302"]),
    (
        "FL",
        &[
            "239", "305", "321", "324", "352", "386", "407", "448", "561", "645", "656", "689", "727", "728",
            "754", "772", "786", "813", "850", "863", "904", "941", "954",
        ],
    ),
    ("GA", &["229", "404", "470", "478", "678", "706", "762", "770", "912", "943"]),
    ("HI", &["808"]),
    ("IA", &["319", "515", "563", "641", "712"]),
    ("ID", &["208", "986"]),
    (
        "IL",
        &[
            "217", "224", "309", "312", "331", "447", "464", "618", "630", "708", "730", "773", "779", "815",
            "847", "861", "872",
        ],
    ),
    ("IN", &["219", "260", "317", "463", "574", "765", "812", "930"]),
    ("KS", &["316", "620", "785", "913"]),
    ("KY", &["270", "364", "502", "606", "859"]),
    ("LA", &["225", "318", "337", "457", "504", "985"]),
    ("MA", &["339", "351", "413", "508", "617", "774", "781", "857", "978"]),
    ("MD", &["227", "240", "301", "410", "443", "667"]),
    ("ME", &["207"]),
    ("MI", &["231", "248", "269", "313", "517", "586", "616", "679", "734", "810", "906", "947", "989"]),
    ("MN", &["218", "320", "507", "612", "651", "763", "924", "952"]),
    ("MO", &["235", "314", "417", "557", "573", "636", "660", "816", "975"]),
    ("MS", &["228", "471", "601", "662", "769"]),
    ("MT", &["406"]),
    ("NC", &["252", "336", "472", "704", "743", "828", "910", "919", "980", "984"]),
    ("ND", &["701"]),
    ("NE", &["308", "402", "531"]),
    ("NH", &["603"]),
    ("NJ", &["201", "551", "609", "640", "732", "848", "856", "862", "908", "973"]),
    ("NM", &["505", "575"]),
    ("NV", &["702", "725", "775"]),
    (
        "NY",
        &[
            "212", "315", "329", "332", "347", "363", "516", "518", "585", "607", "624", "631", "646", "680",
            "716", "718", "838", "845", "914", "917", "929", "934",
        ],
    ),
    (
        "OH",
        &[
            "216", "220", "234", "283", "326", "330", "380", "419", "436", "440", "513", "567", "614", "740",
            "937",
        ],
    ),
    ("OK", &["405", "539", "572", "580", "918"]),
    ("OR", &["458", "503", "541", "971"]),
    (
        "PA",
        &[
            "215", "223", "267", "272", "412", "445", "484", "570", "582", "610", "717", "724", "814", "835",
            "878",
        ],
    ),
    ("RI", &["401"]),
    ("SC", &["803", "821", "839", "843", "854", "864"]),
    ("SD", &["605"]),
    ("TN", &["423", "615", "629", "731", "865", "901", "931"]),
    (
        "TX",
        &[
            "210", "214", "254", "281", "325", "346", "361", "409", "430", "432", "469", "512", "621", "682",
            "713", "726", "737", "806", "817", "830", "832", "903", "915", "936", "940", "945", "956", "972",
            "979",
        ],
    ),
    ("UT", &["385", "435", "801"]),
    ("VA", &["276", "434", "540", "571", "686", "703", "757", "804", "826", "948"]),
    ("VT", &["802"]),
    ("WA", &["206", "253", "360", "425", "509", "564"]),
    ("WI", &["262", "274", "353", "414", "534", "608", "715", "920"]),
    ("WV", &["304", "681"]),
    ("WY", &["307"]),
];

const CALLING_CODES: &[(u32, &str)] = &[
    (7, "RU"),
    (20, "EG"),
    (27, "ZA"),
    (30, "GR"),
    (31, "NL"),
    (32, "BE"),
    (33, "FR"),
    (34, "ES"),
    (36, "HU"),
    (39, "IT"),
    (40, "RO"),
    (41, "CH"),
    (43, "AT"),
    (44, "GB"),
    (45, "DK"),
    (46, "SE"),
    (47, "NO"),
    (48, "PL"),
    (49, "DE"),
    (51, "PE"),
    (52, "MX"),
    (53, "CU"),
    (54, "AR"),
    (55, "BR"),
    (56, "CL"),
    (57, "CO"),
    (58, "VE"),
    (60, "MY"),
    (61, "AU"),
    (62, "ID"),
    (63, "PH"),
    (64, "NZ"),
    (65, "SG"),
    (66, "TH"),
    (76, "KZ"),
    (77, "KZ"),
    (81, "JP"),
    (82, "KR"),
    (84, "VN"),
    (86, "CN"),
    (90, "TR"),
    (91, "IN"),
    (92, "PK"),
    (93, "AF"),
    (94, "LK"),
    (95, "MM"),
    (98, "IR"),
    (211, "SS"),
    (212, "MA"),
    (213, "DZ"),
    (216, "TN"),
    (218, "LY"),
    (220, "GM"),
    (221, "SN"),
    (222, "MR"),
    (223, "ML"),
    (224, "GN"),
    (225, "CI"),
    (226, "BF"),
    (227, "NE"),
    (228, "TG"),
    (229, "BJ"),
    (230, "MU"),
    (231, "LR"),
    (232, "SL"),
    (233, "GH"),
    (234, "NG"),
    (235, "TD"),
    (236, "CF"),
    (237, "CM"),
    (238, "CV"),
    (239, "ST"),
    (240, "GQ"),
    (241, "GA"),
    (242, "CG"),
    (243, "CD"),
    (244, "AO"),
    (245, "GW"),
    (246, "IO"),
    (248, "SC"),
    (249, "SD"),
    (250, "RW"),
    (251, "ET"),
    (252, "SO"),
    (253, "DJ"),
    (254, "KE"),
    (255, "TZ"),
    (256, "UG"),
    (257, "BI"),
    (258, "MZ"),
    (260, "ZM"),
    (261, "MG"),
    (262, "RE"),
    (263, "ZW"),
    (264, "NA"),
    (265, "MW"),
    (266, "LS"),
    (267, "BW"),
    (268, "SZ"),
    (269, "KM"),
    (290, "SH"),
    (291, "ER"),
    (297, "AW"),
    (298, "FO"),
    (299, "GL"),
    (350, "GI"),
    (351, "PT"),
    (352, "LU"),
    (353, "IE"),
    (354, "IS"),
    (355, "AL"),
    (356, "MT"),
    (357, "CY"),
    (358, "FI"),
    (359, "BG"),
    (370, "LT"),
    (371, "LV"),
    (372, "EE"),
    (373, "MD"),
    (374, "AM"),
    (375, "BY"),
    (376, "AD"),
    (377, "MC"),
    (378, "SM"),
    (379, "VA"),
    (380, "UA"),
    (381, "RS"),
    (382, "ME"),
    (383, "XK"),
    (385, "HR"),
    (386, "SI"),
    (387, "BA"),
    (389, "MK"),
    (420, "CZ"),
    (421, "SK"),
    (423, "LI"),
    (500, "FK"),
    (501, "BZ"),
    (502, "GT"),
    (503, "SV"),
    (504, "HN"),
    (505, "NI"),
    (506, "CR"),
    (507, "PA"),
    (508, "PM"),
    (509, "HT"),
    (590, "GP"),
    (591, "BO"),
    (592, "GY"),
    (593, "EC"),
    (594, "GF"),
    (595, "PY"),
    (596, "MQ"),
    (597, "SR"),
    (598, "UY"),
    (599, "CW"),
    (670, "TL"),
    (672, "NF"),
    (673, "BN"),
    (674, "NR"),
    (675, "PG"),
    (676, "TO"),
    (677, "SB"),
    (678, "VU"),
    (679, "FJ"),
    (680, "PW"),
    (681, "WF"),
    (682, "CK"),
    (683, "NU"),
    (685, "WS"),
    (686, "KI"),
    (687, "NC"),
    (688, "TV"),
    (689, "PF"),
    (690, "TK"),
    (691, "FM"),
    (692, "MH"),
    (850, "KP"),
    (852, "HK"),
    (853, "MO"),
    (855, "KH"),
    (856, "LA"),
    (880, "BD"),
    (886, "TW"),
    (960, "MV"),
    (961, "LB"),
    (962, "JO"),
    (963, "SY"),
    (964, "IQ"),
    (965, "KW"),
    (966, "SA"),
    (967, "YE"),
    (968, "OM"),
    (970, "PS"),
    (971, "AE"),
    (972, "IL"),
    (973, "BH"),
    (974, "QA"),
    (975, "BT"),
    (976, "MN"),
    (977, "NP"),
    (992, "TJ"),
    (993, "TM"),
    (994, "AZ"),
    (995, "GE"),
    (996, "KG"),
    (998, "UZ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn country(number: &str) -> Option<&'static str> {
        country_of(&number.parse().unwrap())
    }

    #[test]
    fn countries_by_calling_code() {
        assert_eq!(country("+12065550100"), Some("US"));
        assert_eq!(country("+15550100"), Some("US"));
        assert_eq!(country("+14165550100"), Some("CA"));
        assert_eq!(country("+18095550100"), Some("DO"));
        assert_eq!(country("+442079460000"), Some("GB"));
        assert_eq!(country("+79165550100"), Some("RU"));
        assert_eq!(country("+77015550100"), Some("KZ"));
        assert_eq!(country("+4930123456"), Some("DE"));
        assert_eq!(country("+35312345678"), Some("IE"));
        assert_eq!(country("+881612345678"), None);
        assert_eq!(country("+10"), Some("US"));
    }

    #[test]
    fn toll_free_and_states() {
        assert!(is_toll_free(&"+18005550100".parse().unwrap()));
        assert!(is_toll_free(&"+18885550100".parse().unwrap()));
        assert!(!is_toll_free(&"+18015550100".parse().unwrap()));
        assert!(!is_toll_free(&"+448005550100".parse().unwrap()));
        assert_eq!(area_codes("WA").map(|codes| codes[0]), Some("206"));
        assert_eq!(area_codes("XX"), None);
    }

    #[test]
    fn tables_are_sorted_as_binary_search_wants_them() {
        assert!(CALLING_CODES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(NANP_CANADA.is_sorted_by(|a, b| a < b));
        assert!(NANP_OTHERS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(STATES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(STATES.iter().all(|(_, codes)| codes.is_sorted_by(|a, b| a < b)));
    }
}
