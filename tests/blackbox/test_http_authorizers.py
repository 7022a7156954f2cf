"""Routes for signed-in users: which tokens open them, and what is asked of their issuer."""

import base64
import contextlib
import hmac
import json
import time

import pytest

from exchange import wait_for
from issuer import Issuer
from test_http_routes import ask, routes


@pytest.fixture
def issuer():
    one = Issuer()
    yield one
    one.close()


def guarded(exchange, folder, issuer, more="", route=""):
    text = f'[[authorizer]]\nname = "users"\nissuer = "{issuer.url}"\naudience = ["page", "app"]\n{more}\n'
    return exchange(routes(folder, f'path = "/dial"\nmethod = "POST"\nauthorizer = "users"\n{route}') + text)


def dial(node, authorization=None):
    headers = {"Authorization": authorization} if authorization is not None else {}
    status, headers, body = ask(node, "POST", "/dial", "{}", Origin="https://page.example", **headers)
    return status, headers, json.loads(body)


def refused(node, authorization=None, text="Unauthorized"):
    status, headers, body = dial(node, authorization)
    assert (status, body) == (401, {"message": text}), authorization
    # The page must be able to see that it is to sign in again.
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-amzn-errortype"] == "UnauthorizedException"
    return True


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_a_good_token_opens_a_route_and_its_claims_are_told(exchange, tmp_path, issuer):
    node = guarded(exchange, tmp_path, issuer)
    token = issuer.token(email_verified=True, token_use="id", **{"cognito:groups": ["a", "b"]})
    for authorization in (token, f"Bearer {token}", f"bearer {token}"):
        status, _, event = dial(node, authorization)
        assert status == 200
        claims = event["requestContext"]["authorizer"]["claims"]
        assert claims["email"] == "ann@example.com" and claims["sub"] == "ann"
        # All values are strings, as behind API Gateway.
        assert claims["email_verified"] == "true" and claims["cognito:groups"] == "a,b"
        assert all(isinstance(value, str) for value in claims.values())
    assert token not in node.log.read_text()
    # The keys were fetched once.
    assert issuer.asked == ["/.well-known/openid-configuration", "/keys"]


def test_tokens_that_open_nothing(exchange, tmp_path, issuer):
    node = guarded(exchange, tmp_path, issuer)
    now = int(time.time())
    assert dial(node, issuer.token())[0] == 200
    refused(node)
    refused(node, issuer.token(exp=now - 300), "The incoming token has expired")
    for claims in [
        {"aud": "another"},
        {"aud": None},
        {"aud": None, "client_id": "another"},
        {"aud": ["another", "third"]},
        {"iss": "https://issuer.example"},
        {"iss": None},
        {"iss": issuer.url + "/"},
        {"exp": None},
        {"exp": "tomorrow"},
        {"nbf": now + 300},
        {"token_use": "access"},
        {"token_use": 1},
    ]:
        refused(node, issuer.token(**claims))
    good = issuer.token()
    head, payload, signature = good.split(".")
    refused(node, f"{head}.{payload}.{signature[:-4]}AAAA")
    refused(node, f"{head}.{part({'iss': issuer.url, 'aud': 'page', 'exp': now + 600})}.{signature}")
    for nonsense in ("", "Bearer", "Bearer ", "Basic YTpi", "x", "a.b.c", f"{head}.{payload}", f"{head}.{payload}.", good + ".x", "x" * 20_000):
        refused(node, nonsense)


def test_a_token_does_not_choose_how_it_is_checked(exchange, tmp_path, issuer):
    issuer.keys += [Issuer.ec(), Issuer.rsa("RS512")]
    node = guarded(exchange, tmp_path, issuer)
    assert dial(node, issuer.token())[0] == 200
    assert dial(node, issuer.token(key=issuer.keys[1]))[0] == 200
    claims = {"iss": issuer.url, "aud": "page", "exp": int(time.time()) + 600}
    kid = issuer.keys[0].kid
    for none in ("none", "None", "NONE"):
        refused(node, f"{part({'alg': none, 'kid': kid})}.{part(claims)}.")
    # A public key as the secret of an HMAC.
    for secret in (issuer.keys[0].as_pem(private=False), json.dumps(issuer.keys[0].as_dict(private=False)).encode()):
        signed = f"{part({'alg': 'HS256', 'kid': kid})}.{part(claims)}"
        mac = hmac.digest(secret, signed.encode(), "sha256")
        refused(node, f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}")
    # Another key that names itself as the issuer's, or brings itself along.
    forged = Issuer.rsa()
    refused(node, issuer.token(key=forged, header={"kid": kid}))
    refused(node, issuer.token(key=forged, header={"jwk": forged.as_dict(private=False)}))
    refused(node, issuer.token(key=forged, header={"kid": kid, "jku": f"{issuer.url}/other"}))
    # A key of the issuer's, used in a way that is not the key's.
    refused(node, issuer.token(key=issuer.keys[0], algorithm="PS256"))
    refused(node, issuer.token(key=issuer.keys[0], algorithm="RS384"))
    refused(node, issuer.token(key=issuer.keys[2], algorithm="RS512"))
    refused(node, issuer.token(key=issuer.keys[0], header={"kid": issuer.keys[1].kid}))


def test_a_new_key_is_fetched_but_not_for_every_stranger(exchange, tmp_path, issuer):
    node = guarded(exchange, tmp_path, issuer)
    assert dial(node, issuer.token())[0] == 200
    fetches = lambda: issuer.asked.count("/keys")
    for _ in range(20):
        refused(node, issuer.token(key=Issuer.rsa() if _ == 0 else issuer.keys[0], header={"kid": f"unknown {_}"}))
    assert fetches() <= 3
    fresh = Issuer.rsa()
    issuer.keys.append(fresh)
    wait_for(lambda: dial(node, issuer.token(key=fresh))[0] == 200, timeout=30, message="the new key was not taken up")
    # One that is gone from the set is not asked for again and again, and one that is known costs nothing.
    before = fetches()
    for _ in range(10):
        assert dial(node, issuer.token())[0] == 200
    assert fetches() == before
    issuer.close()
    assert dial(node, issuer.token())[0] == 200


def test_an_issuer_that_is_away(exchange, tmp_path, issuer):
    token = issuer.token()
    issuer.close()
    node = guarded(exchange, tmp_path, issuer)
    status, headers, body = dial(node, token)
    # Not 401: signing in again would not help.
    assert (status, body) == (503, {"message": "Service Unavailable"})
    assert headers["access-control-allow-origin"] == "*"


def test_a_discovery_document_that_leads_elsewhere_is_not_followed(exchange, tmp_path, issuer):
    elsewhere = Issuer()
    issuer.discovery["jwks_uri"] = f"{elsewhere.url}/keys"
    node = guarded(exchange, tmp_path, issuer)
    assert dial(node, issuer.token())[0] == 503
    assert elsewhere.asked == []
    # Unless the operator says so: then nothing else is asked.
    issuer.asked.clear()
    elsewhere.keys = issuer.keys
    node = guarded(exchange, tmp_path, issuer, f'jwks = "{elsewhere.url}/keys"\ntoken_use = "access"', 'cors = []')
    status, headers, _ = dial(node, issuer.token(aud=None, client_id="app", token_use="access"))
    assert status == 200 and "access-control-allow-origin" not in headers
    assert (issuer.asked, elsewhere.asked) == ([], ["/keys"])
    assert dial(node, issuer.token(token_use="id"))[0] == 401
    elsewhere.close()


def test_keys_come_by_tls_or_from_this_machine(exchange, tmp_path):
    text = '[[authorizer]]\nname = "users"\nissuer = "http://issuer.example"\naudience = ["page"]\n'
    node = exchange(text, start=False)
    with contextlib.suppress(AssertionError):
        node.start(timeout=10)
    assert node.process.wait(10) != 0
    assert "plain http is for loopback addresses only" in node.log.read_text()
