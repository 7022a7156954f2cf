//! Sites: folders of files served as they are, so that a page, its API and its signalling come from one origin.

mod content_type;
mod file_body;

use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::{
    ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use http::request::Parts;
use http::{HeaderMap, Method, Response, StatusCode};
use http_body_util::{Either, Full};
use percent_encoding::percent_decode_str;

pub(super) use file_body::FileBody;

use super::{Body, plain};

/// What a folder is served by.
const INDEX: &str = "index.html";
/// What is made of a site's values.
const CONFIG: &str = "config.json";

/// One site.
#[derive(Debug)]
pub struct Site {
    /// Where it begins: `/` or `/phone`, without a slash at the end.
    prefix: String,
    folder: PathBuf,
    config: Option<Bytes>,
    /// Served for pages that are no file: applications that route by themselves.
    fallback: Option<PathBuf>,
}

/// All sites, the longest prefix first.
#[derive(Debug, Default)]
pub struct Sites(Vec<Site>);

impl Site {
    /// The files of `folder` below `prefix`; `config` is served as its `config.json`.
    pub fn new(
        prefix: &str,
        folder: &Path,
        config: Option<&serde_json::Value>,
        fallback: Option<&str>,
    ) -> io::Result<Self> {
        // Whatever leaves it by a link is not served: what is compared must be free of links itself.
        let folder = folder.canonicalize()?;
        Ok(Self {
            prefix: prefix.trim_end_matches('/').into(),
            config: config.map(|config| Bytes::from(format!("{config:#}\n"))),
            fallback: fallback.map(|file| folder.join(file)),
            folder,
        })
    }

    /// The part of a path behind the prefix.
    fn rest<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(&self.prefix).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    async fn answer(&self, head: &Parts) -> Response<Body> {
        let path = head.uri.path();
        let Some(rest) = self.rest(path) else { return not_found() };
        if rest.is_empty() {
            return moved(&format!("{path}/"), head);
        }
        if let Some(config) = &self.config
            && rest == format!("/{CONFIG}")
        {
            return made(config, &head.headers);
        }
        let Some(inner) = inner(rest) else { return not_found() };
        match self.open(&inner).await {
            Ok(Opened::File(file, path)) => served(file, &path, head).await,
            // Relative links of its index would lead elsewhere.
            Ok(Opened::Folder) if !rest.ends_with('/') => moved(&format!("{path}/"), head),
            Ok(Opened::Folder) => match self.open(&inner.join(INDEX)).await {
                Ok(Opened::File(file, path)) => served(file, &path, head).await,
                Ok(Opened::Folder) | Err(_) => self.otherwise(head).await,
            },
            Err(_) => self.otherwise(head).await,
        }
    }

    /// No such file: the page of an application for browsers that want a page.
    async fn otherwise(&self, head: &Parts) -> Response<Body> {
        let wants_page = head
            .headers
            .get(ACCEPT)
            .is_some_and(|accept| accept.to_str().is_ok_and(|accept| accept.contains("text/html")));
        match &self.fallback {
            Some(file) if wants_page => match tokio::fs::File::open(file).await {
                Ok(opened) => served(opened, file, head).await,
                Err(_) => not_found(),
            },
            _ => not_found(),
        }
    }

    async fn open(&self, inner: &Path) -> io::Result<Opened> {
        let path = tokio::fs::canonicalize(self.folder.join(inner)).await?;
        if !path.starts_with(&self.folder) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let metadata = tokio::fs::metadata(&path).await?;
        if metadata.is_dir() {
            return Ok(Opened::Folder);
        }
        // Pipes and devices would hold us.
        if !metadata.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok(Opened::File(tokio::fs::File::open(&path).await?, path))
    }
}

enum Opened {
    File(tokio::fs::File, PathBuf),
    Folder,
}

impl Sites {
    /// These sites.
    pub fn new(mut sites: Vec<Site>) -> Self {
        sites.sort_by_key(|site| std::cmp::Reverse(site.prefix.len()));
        Self(sites)
    }

    /// Answers a request for a path of a site.
    pub(super) async fn answer(&self, head: &Parts) -> Option<Response<Body>> {
        let site = self.0.iter().find(|site| site.rest(head.uri.path()).is_some())?;
        if head.method != Method::GET && head.method != Method::HEAD {
            // What is no file may be a request to the API.
            if site.prefix.is_empty() {
                return None;
            }
            let mut response =
                plain(StatusCode::METHOD_NOT_ALLOWED, "a site is only read\n").map(Either::Left);
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return Some(response);
        }
        Some(site.answer(head).await)
    }
}

/// The path of a file below the folder. Nothing leads upwards, and what begins with a dot is nobody's business.
fn inner(rest: &str) -> Option<PathBuf> {
    let text = percent_decode_str(rest).decode_utf8().ok()?;
    let mut path = PathBuf::new();
    let inside = text.strip_prefix('/')?;
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    for part in inside.split('/').filter(|_| !inside.is_empty()) {
        if part.is_empty() || part.starts_with('.') || part.contains(['\\', '\0']) {
            return None;
        }
        path.push(part);
    }
    path.components().all(|part| matches!(part, Component::Normal(_))).then_some(path)
}

async fn served(file: tokio::fs::File, path: &Path, head: &Parts) -> Response<Body> {
    let Ok(metadata) = file.metadata().await else { return not_found() };
    let modified = metadata.modified().unwrap_or(UNIX_EPOCH);
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    let tag = format!("\"{:x}-{:x}\"", since.as_nanos(), metadata.len());
    let mut response = if is_known(&head.headers, &tag, Some(modified)) {
        unchanged()
    } else {
        Response::new(Either::Right(FileBody::new(file, metadata.len())))
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, content_type::of(path));
    insert(headers, ETAG, &tag);
    insert(headers, LAST_MODIFIED, &httpdate::fmt_http_date(modified));
    common(headers);
    response
}

/// A document that was made of the configuration.
fn made(document: &Bytes, asked: &HeaderMap) -> Response<Body> {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(document);
    let tag: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let mut response = if is_known(asked, &tag, None) {
        unchanged()
    } else {
        Response::new(Either::Left(Full::new(document.clone())))
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    insert(headers, ETAG, &tag);
    common(headers);
    response
}

/// Whether the browser has it (RFC 9110 §13.2.2).
fn is_known(asked: &HeaderMap, tag: &str, modified: Option<SystemTime>) -> bool {
    if let Some(tags) = asked.get(IF_NONE_MATCH) {
        let tags = tags.to_str().unwrap_or_default();
        return tags
            .split(',')
            .map(str::trim)
            .any(|given| given == "*" || given.trim_start_matches("W/") == tag);
    }
    let since = asked.get(IF_MODIFIED_SINCE).and_then(|date| date.to_str().ok());
    let since = since.and_then(|date| httpdate::parse_http_date(date).ok());
    // The header has whole seconds.
    since.zip(modified).is_some_and(|(since, modified)| modified < since + Duration::from_secs(1))
}

fn common(headers: &mut HeaderMap) {
    // Kept, but asked for each time: a new version is seen at once.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn unchanged() -> Response<Body> {
    plain(StatusCode::NOT_MODIFIED, "").map(Either::Left)
}

fn not_found() -> Response<Body> {
    plain(StatusCode::NOT_FOUND, "not found\n").map(Either::Left)
}

fn moved(path: &str, head: &Parts) -> Response<Body> {
    let query = head.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut response = plain(StatusCode::PERMANENT_REDIRECT, "").map(Either::Left);
    // Two slashes at the beginning would be another host.
    insert(response.headers_mut(), LOCATION, &format!("/{}{query}", path.trim_start_matches('/')));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_of_the_folder() {
        for (path, expected) in [
            ("/", Some("")),
            ("/index.html", Some("index.html")),
            ("/a/b/", Some("a/b")),
            ("/a%20b", Some("a b")),
            ("/..", None),
            ("/../x", None),
            ("/a/../../x", None),
            ("/%2e%2e/x", None),
            ("/..%2fx", None),
            ("/a%2f..%2f..%2fx", None),
            ("/.git/config", None),
            ("/a/.env", None),
            ("//etc/passwd", None),
            ("/%2fetc/passwd", None),
            ("/a%00.html", None),
            ("/..\\x", None),
            ("/%ff", None),
        ] {
            assert_eq!(inner(path), expected.map(PathBuf::from), "{path}");
        }
    }

    #[test]
    fn a_site_begins_at_its_prefix() {
        let folder = tempfile::tempdir().unwrap();
        let site = |prefix: &str| Site::new(prefix, folder.path(), None, None).unwrap();
        assert_eq!(site("/").rest("/a"), Some("/a"));
        assert_eq!(site("/phone").rest("/phone/a"), Some("/a"));
        assert_eq!(site("/phone/").rest("/phone"), Some(""));
        assert_eq!(site("/phone").rest("/phones"), None);
        let sites = Sites::new(vec![site("/"), site("/phone")]);
        assert_eq!(sites.0[0].prefix, "/phone");
    }
}
