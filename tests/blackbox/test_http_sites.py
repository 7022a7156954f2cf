"""Folders served by HTTP, and everything of a click-to-call page from one origin."""

import json
import os
import urllib.error
import urllib.request

import pytest

from test_http_routes import ask, routes


def site(folder, *lines):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text("<title>Phone</title>")
    (folder / "main.js").write_text("start()")
    (folder / "big.bin").write_bytes(bytes(range(256)) * 4096)
    (folder / "inner").mkdir()
    (folder / "inner" / "index.html").write_text("<title>Inner</title>")
    (folder / ".env").write_text("SECRET=1")
    return "\n".join(["[[site]]", f'folder = "{folder}"', *lines, ""])


def test_files_are_served(exchange, tmp_path):
    node = exchange(site(tmp_path / "site"))
    for path, kind, body in [
        ("/", "text/html; charset=utf-8", b"<title>Phone</title>"),
        ("/index.html?v=1", "text/html; charset=utf-8", b"<title>Phone</title>"),
        ("/main.js", "text/javascript; charset=utf-8", b"start()"),
        ("/inner/", "text/html; charset=utf-8", b"<title>Inner</title>"),
        ("/big.bin", "application/octet-stream", bytes(range(256)) * 4096),
    ]:
        status, headers, read = ask(node, "GET", path)
        assert (status, headers["content-type"], read) == (200, kind, body)
        assert headers["x-content-type-options"] == "nosniff"
        assert int(headers["content-length"]) == len(body)
    status, headers, read = ask(node, "HEAD", "/big.bin")
    assert (status, headers["content-length"], read) == (200, str(1 << 20), b"")
    # Relative links of an inner page need the slash.
    status, headers, _ = ask(node, "GET", "/inner?a=b")
    assert (status, headers["location"]) == (308, "/inner/?a=b")
    assert ask(node, "GET", "/none.html")[0] == 404
    # The API of the same origin goes on.
    assert node.client().list_sip_rules()["SipRules"] == []
    assert ask(node, "GET", "/health")[2] == b"ok\n"


def test_a_browser_that_has_a_file_is_told_so(exchange, tmp_path):
    node = exchange(site(tmp_path / "site"))
    _, headers, _ = ask(node, "GET", "/main.js")
    known = {"If_None_Match": headers["etag"]}
    assert ask(node, "GET", "/main.js", **known)[::2] == (304, b"")
    assert ask(node, "GET", "/main.js", If_None_Match=f'"other", W/{headers["etag"]}')[0] == 304
    assert ask(node, "GET", "/main.js", If_Modified_Since=headers["last-modified"])[0] == 304
    assert ask(node, "GET", "/main.js", If_None_Match='"other"', If_Modified_Since=headers["last-modified"])[0] == 200
    # A new version is seen at once.
    (tmp_path / "site" / "main.js").write_text("startDifferently()")
    assert headers["cache-control"] == "no-cache"
    assert ask(node, "GET", "/main.js", **known)[::2] == (200, b"startDifferently()")


@pytest.mark.parametrize("prefix", ["/", "/phone"])
def test_nothing_else_of_the_machine_is_served(exchange, tmp_path, prefix):
    node = exchange(site(tmp_path / "site", f'path = "{prefix}"'))
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "site" / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "site" / "pipe")
    base = prefix.rstrip("/")
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/inner/../../secret.txt",
        "/%2e%2e%2fsecret.txt",
        "//" + str(tmp_path / "secret.txt"),
        "/%2f" + str(tmp_path / "secret.txt"),
        "/link.txt",
        "/up/secret.txt",
        "/.env",
        "/inner/../.env",
        "/main.js%00.html",
        "/pipe",
        "/main.js/x",
        "/..\\secret.txt",
    ]:
        status, _, body = ask(node, "GET", base + path)
        assert status == 404 and b"ecret" not in body.lower().replace(b"not found", b""), path
    assert ask(node, "GET", f"{base}/main.js")[0] == 200
    # No redirect leads to another host.
    for path in ("//evil.example/..", "//evil.example"):
        status, headers, _ = ask(node, "GET", path)
        assert not headers.get("location", "/x").startswith("//"), path


def test_a_site_below_a_path_with_its_config(exchange, tmp_path):
    values = 'config = { apiUrl = "/prod/", userPoolId = "us-east-1_abc", limit = 3 }'
    text = site(tmp_path / "site", 'path = "/phone"', values, 'fallback = "index.html"')
    other = site(tmp_path / "other", 'path = "/phone/admin"')
    node = exchange(text + other)
    status, headers, _ = ask(node, "GET", "/phone")
    assert (status, headers["location"]) == (308, "/phone/")
    status, headers, body = ask(node, "GET", "/phone/config.json")
    assert (status, headers["content-type"]) == (200, "application/json")
    assert json.loads(body) == {"apiUrl": "/prod/", "userPoolId": "us-east-1_abc", "limit": 3}
    assert ask(node, "GET", "/phone/config.json", If_None_Match=headers["etag"])[0] == 304
    # The longer path has its own site.
    assert ask(node, "GET", "/phone/admin/config.json")[0] == 404
    # An application that routes by itself: pages lead to it, scripts do not.
    assert ask(node, "GET", "/phone/calls/7", Accept="text/html,*/*;q=0.8")[2] == b"<title>Phone</title>"
    assert ask(node, "GET", "/phone/gone.js", Accept="*/*")[0] == 404
    assert ask(node, "POST", "/phone/main.js")[0] == 405
    assert ask(node, "GET", "/phones")[0] in (403, 404)


def test_page_api_and_signalling_from_one_origin(exchange, tmp_path):
    text = routes(tmp_path, 'path = "/dial"\nstage = "prod"') + site(tmp_path / "site")
    node = exchange(text, sections={"api.tls": 'listen = "127.0.0.1:0"\nself_signed = true'})
    for address in ("api",):
        assert ask(node, "GET", "/", address=address)[0] == 200
        assert json.loads(ask(node, "POST", "/prod/dial", "{}", address=address)[2])["resource"] == "/dial"
        assert ask(node, "GET", "/control", address=address)[0] == 426


def report(node, body, **headers):
    request = urllib.request.Request(f"{node.api}/v1/client-events", body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status, answer.headers, answer.read()


def test_what_browsers_report_is_counted_and_logged(exchange):
    node = exchange()
    status, headers, _ = ask(
        node, "OPTIONS", "/v1/client-events", Origin="https://page.example", Access_Control_Request_Headers="authorization"
    )
    assert status == 204 and "authorization" in headers["access-control-allow-headers"]
    events = {
        "metadata": {"meetingId": "the-meeting", "attendeeId": "the-attendee"},
        "events": [
            {"type": "Meet", "v": 1, "payloads": [{"name": "meetingStartSucceeded", "ts": 1}]},
            {"type": "Meet", "v": 1, "payloads": [{"name": "meetingFailed", "ts": 2, "meetingStatus": "TaskFailed"}]},
        ],
    }
    body = json.dumps(events).encode()
    status, headers, answer = report(node, body, Authorization="Bearer the-join-token", **{"Content-Type": "text/plain;charset=UTF-8"})
    assert (status, json.loads(answer), headers["Access-Control-Allow-Origin"]) == (200, {}, "*")
    # A beacon of a page that goes away has no token; what is malformed is not wanted again.
    request = urllib.request.Request(f"{node.api}/v1/client-events?beacon=1", body, method="POST")
    assert urllib.request.urlopen(request, timeout=10).status == 200
    assert report(node, b"no JSON")[0] == 200
    with pytest.raises(urllib.error.HTTPError) as error:
        report(node, bytes(300 << 10))
    assert error.value.code == 413
    metrics = urllib.request.urlopen(f"{node.api}/metrics", timeout=10).read().decode()
    assert "switchhook_client_events_total 4" in metrics
    assert "switchhook_client_event_failures_total 2" in metrics
    log = node.log.read_text()
    assert "meetingFailed" in log and "the-meeting" in log and "TaskFailed" in log
    assert "the-join-token" not in log
