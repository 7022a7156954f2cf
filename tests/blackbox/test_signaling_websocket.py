"""The WebSocket under the meetings' signalling, as a client nobody here wrote meets it."""

import contextlib
import http.client
import signal
import socket

import pytest
import websockets.exceptions
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

MEETING = "6a3f0c0e-0000-4000-8000-000000000001"
QUERY = "?X-Chime-Control-Protocol-Version=3&X-Amzn-Chime-Send-Close-On-Error=1"
TOKEN = "dG9rZW4tb2YtYW4tYXR0ZW5kZWU"


def join(node, path=f"/control/{MEETING}", token=TOKEN, **more):
    """Connects as the browser's client does."""
    return connect(
        f"ws://{node.addresses['api']}{path}{QUERY}", subprotocols=["_aws_wt_session", token], proxy=None, **more
    )


def refusal(node, **more):
    with pytest.raises(websockets.exceptions.InvalidStatus) as refused:
        join(node, **more)
    return refused.value.response.status_code


def end(browser, timeout=10):
    """The code a connection is closed with."""
    with pytest.raises(websockets.exceptions.ConnectionClosed) as closed:
        while True:
            browser.recv(timeout=timeout)
    return closed.value.rcvd.code


def test_the_hand_shake_of_the_client(exchange):
    node = exchange()
    # It offers compression, which is declined, and must see its first sub-protocol and nothing of its token.
    with join(node, compression="deflate", origin="https://phone.example") as browser:
        assert browser.subprotocol == "_aws_wt_session"
        answer = browser.response
        assert answer.status_code == 101
        assert "Sec-WebSocket-Extensions" not in answer.headers
        assert TOKEN not in str(list(answer.headers.raw_items()))
        # Whether the token is good is told behind the hand-shake; until then the connection lives.
        assert browser.ping().wait(10)
    assert TOKEN not in node.log.read_text()
    for path in ("/control", "/control/"):
        with join(node, path=path, token=f"{TOKEN}#content") as browser:
            assert browser.ping().wait(10)


def test_hand_shakes_that_no_client_makes(exchange):
    node = exchange()
    host, port = node.addresses["api"].split(":")
    good = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol": f"_aws_wt_session, {TOKEN}",
    }
    for changed, path, status in [
        ({}, "/control", 101),
        ({}, "/control/some-meeting", 404),
        ({"Upgrade": None}, "/control", 426),
        ({"Sec-WebSocket-Version": "8"}, "/control", 426),
        ({"Sec-WebSocket-Key": "x"}, "/control", 400),
        ({"Sec-WebSocket-Protocol": None}, "/control", 400),
        ({"Sec-WebSocket-Protocol": f"{TOKEN}, _aws_wt_session"}, "/control", 400),
        ({"Sec-WebSocket-Protocol": "_aws_wt_session, " + "x" * 3000}, "/control", 400),
    ]:
        client = http.client.HTTPConnection(host, int(port), timeout=10)
        headers = {name: value for name, value in {**good, **changed}.items() if value}
        client.request("GET", path, headers=headers)
        answer = client.getresponse()
        assert answer.status == status, (changed, path)
        assert TOKEN not in str(answer.getheaders())
        client.close()


def test_messages_that_no_client_sends(exchange):
    node = exchange()
    with join(node) as browser:
        browser.send("text")
        assert end(browser) == 1003
    with join(node) as browser:
        with contextlib.suppress(websockets.exceptions.ConnectionClosed):
            browser.send(b"\x05" * (600 << 10))
        assert end(browser) == 1009
    with join(node) as browser:
        # A message of fragments without end, written past the library, which has its own opinion of it.
        begin = Frame(Opcode.BINARY, b"\x05" * 1024, fin=False).serialize(mask=True)
        on = Frame(Opcode.CONT, b"\x05" * 1024, fin=False).serialize(mask=True)
        with contextlib.suppress(OSError):
            browser.socket.sendall(begin + on * 700)
        assert end(browser) == 1009
    with join(node) as browser:
        # A continuation of nothing, as only a broken client sends it.
        browser.socket.sendall(Frame(Opcode.CONT, b"x").serialize(mask=True))
        assert end(browser) == 1002
    # The largest offers are taken: the connection still answers behind one.
    with join(node) as browser:
        browser.send(b"\x05" + bytes(300 << 10))
        assert browser.ping().wait(10)


def test_a_connection_cut_in_a_frame_harms_nobody(exchange):
    node = exchange()
    browser = join(node)
    browser.socket.sendall(Frame(Opcode.BINARY, b"x" * 1000).serialize(mask=True)[:100])
    browser.socket.shutdown(socket.SHUT_RDWR)
    with join(node) as other:
        assert other.ping().wait(10)


def test_who_says_nothing_is_let_go(exchange):
    node = exchange()
    with join(node) as silent:
        # Pings keep nobody: a client speaks as soon as it is connected.
        assert silent.ping().wait(10)
        assert end(silent, timeout=40) == 4500


def test_how_many_browsers(exchange):
    node = exchange(sections={"limits": "browsers = 3\nbrowsers_per_address = 2"})
    with join(node), join(node):
        assert refusal(node) == 503
        with join(node, source_address=("127.0.0.2", 0)):
            # Now there is no room for anybody.
            assert refusal(node, source_address=("127.0.0.3", 0)) == 503
        # The API has room of its own.
        assert node.client().list_sip_rules()["SipRules"] == []
    # They have gone: there is room again, as soon as their connections are known to have ended.
    for _ in range(100):
        try:
            with join(node) as browser:
                assert browser.ping().wait(10)
            break
        except websockets.exceptions.InvalidStatus:
            continue
    else:
        raise AssertionError("the places were not given back")


def test_a_node_that_stops_asks_browsers_to_connect_again(exchange):
    node = exchange()
    with join(node) as one, join(node) as other:
        assert one.ping().wait(10) and other.ping().wait(10)
        node.process.send_signal(signal.SIGTERM)
        # Never 1000 or 1001: with those the client would sit there for ever.
        assert end(one) == 4500
        assert end(other) == 4500
    node.stop()
