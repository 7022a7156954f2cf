"""Requests that functions answer, as behind API Gateway: events, answers, faults, preflights."""

import contextlib
import http.client
import json
import urllib.parse

import pytest

from exchange import wait_for

# Answers with what the query says, else with the event itself.
HANDLER = """
import json, os, time

def handler(event, context):
    query = event["queryStringParameters"] or {}
    if "sleep" in query:
        time.sleep(float(query["sleep"]))
    if "exit" in query:
        os._exit(3)
    if "raise" in query:
        raise ValueError("no")
    if "answer" in query:
        return json.loads(query["answer"])
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(event)}
"""


def routes(folder, *tables):
    """A function that shows its event, and routes to it."""
    (folder / "code").mkdir(parents=True, exist_ok=True)
    (folder / "code" / "index.py").write_text(HANDLER)
    function = f'[[function]]\nname = "show"\nruntime = "python3"\ncode = "{folder / "code"}"\nhandler = "index.handler"\n'
    return function + "".join(f'[[route]]\nfunction = "show"\n{table}\n' for table in tables)


def ask(node, method, path, body=None, address="api", **headers):
    """Status, headers (in lower case) and body of the answer."""
    connection = http.client.HTTPConnection(*node.addresses[address].split(":"), timeout=30)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    read = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, read


def event(*request, **headers):
    status, _, body = ask(*request, **headers)
    assert status == 200, body
    return json.loads(body)


def test_the_event_of_a_request(exchange, tmp_path):
    node = exchange(routes(tmp_path, 'path = "/calls/{id}"\nstage = "prod"\nmethod = ["POST", "GET"]'))
    seen = event(
        node, "POST", "/prod/calls/a%20b?x=1&x=2&y=%C3%A9", '{"toNumber": "+15550100"}', Content_Type="text/plain", X_Api_Key="k"
    )
    assert (seen["resource"], seen["path"], seen["httpMethod"]) == ("/calls/{id}", "/calls/a%20b", "POST")
    assert seen["pathParameters"] == {"id": "a b"}
    assert seen["queryStringParameters"] == {"x": "2", "y": "é"}
    assert seen["multiValueQueryStringParameters"] == {"x": ["1", "2"], "y": ["é"]}
    assert seen["headers"]["Content-Type"] == "text/plain" and seen["headers"]["X-Api-Key"] == "k"
    assert seen["multiValueHeaders"]["X-Api-Key"] == ["k"]
    assert seen["headers"]["X-Forwarded-For"] == "127.0.0.1" and seen["headers"]["X-Forwarded-Proto"] == "http"
    assert seen["body"] == '{"toNumber": "+15550100"}' and seen["isBase64Encoded"] is False
    assert seen["stageVariables"] is None
    context = seen["requestContext"]
    assert (context["stage"], context["path"], context["resourcePath"]) == ("prod", "/prod/calls/a%20b", "/calls/{id}")
    assert context["identity"]["sourceIp"] == "127.0.0.1" and context["accountId"] == "111122223333"
    assert context["requestId"] and context["requestTimeEpoch"] > 1_700_000_000_000
    assert "authorizer" not in context

    bare = event(node, "GET", "/prod/calls/7")
    assert bare["body"] is None and bare["queryStringParameters"] is None
    assert event(node, "POST", "/prod/calls/7", b"\xff\x00")["isBase64Encoded"] is True
    # Without its stage, or with another method, it is another request.
    assert ask(node, "GET", "/calls/7")[0] in (403, 404)
    status, headers, body = ask(node, "DELETE", "/prod/calls/7")
    assert status == 403 and json.loads(body) == {"message": "Missing Authentication Token"}
    assert headers["allow"] == "GET, POST"


def test_the_most_particular_route_answers(exchange, tmp_path):
    tables = ['path = "/{proxy+}"', 'path = "/calls/{id}"', 'path = "/calls/mine"', 'path = "/calls/mine"\nmethod = "PUT"']
    node = exchange(routes(tmp_path, *tables))
    for path, resource in [
        ("/calls/mine", "/calls/mine"),
        ("/calls/mine/", "/calls/mine"),
        ("/calls/7", "/calls/{id}"),
        ("/calls/7/digits", "/{proxy+}"),
        ("/else", "/{proxy+}"),
    ]:
        assert event(node, "GET", path)["resource"] == resource
    assert event(node, "GET", "/a/b%2Fc")["pathParameters"] == {"proxy": "a/b/c"}
    # What an AWS library signs is the control plane's, whatever the routes are.
    assert node.client().list_sip_rules()["SipRules"] == []
    assert ask(node, "GET", "/health")[2] == b"ok\n"


def test_the_answer_of_a_function(exchange, tmp_path):
    node = exchange(routes(tmp_path, 'path = "/r"'))

    def answered(answer):
        return ask(node, "GET", f"/r?answer={urllib.parse.quote(json.dumps(answer))}")

    status, headers, body = answered(
        {"statusCode": 503, "headers": {"X-A": "1"}, "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}, "body": "Missing Number"}
    )
    assert (status, body) == (503, b"Missing Number")
    assert headers["x-a"] == "1" and headers["set-cookie"] in ("a=1", "b=2") and headers["x-amzn-requestid"]
    assert answered({"statusCode": 200, "body": "aGk=", "isBase64Encoded": True})[2] == b"hi"
    assert answered({"statusCode": 204})[::2] == (204, b"")
    for malformed in [None, [], {}, {"statusCode": "x"}, {"statusCode": 200, "body": {}}, {"body": "x"}]:
        status, headers, body = answered(malformed)
        assert (status, json.loads(body)) == (502, {"message": "Internal server error"}), malformed
        assert headers["x-amzn-errortype"] == "InternalServerErrorException"


def test_functions_that_fail(exchange, tmp_path):
    node = exchange(routes(tmp_path, 'path = "/r"\ntimeout = 1.5\ncors = ["*"]'))
    wait_for(lambda: ask(node, "GET", "/r")[0] == 200, message="the function never became warm")
    for query in ("raise=1", "exit=1"):
        status, headers, body = ask(node, "GET", f"/r?{query}")
        assert (status, json.loads(body)) == (502, {"message": "Internal server error"})
        # A page can read what went wrong.
        assert headers["access-control-allow-origin"] == "*"
    status, headers, body = ask(node, "GET", "/r?sleep=20")
    assert (status, json.loads(body)) == (504, {"message": "Endpoint request timed out"})
    assert headers["access-control-allow-origin"] == "*"


def test_pages_of_other_origins(exchange, tmp_path):
    tables = [
        'path = "/all"\nmethod = "POST"\ncors = ["*"]',
        'path = "/one"\nmethod = "POST"\ncors = ["https://a.example"]',
        'path = "/none"\nmethod = "POST"',
        'path = "/own"\ncors = ["*"]\nmethod = ["POST", "OPTIONS"]',
    ]
    node = exchange(routes(tmp_path, *tables))

    def beforehand(path, origin="https://a.example"):
        asked = {"Origin": origin, "Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "authorization"}
        return ask(node, "OPTIONS", path, **asked)

    status, headers, body = beforehand("/all")
    assert (status, body) == (204, b"")
    assert headers["access-control-allow-origin"] == "*"
    assert headers["access-control-allow-methods"] == "OPTIONS,POST"
    assert "authorization" in headers["access-control-allow-headers"].lower()
    assert beforehand("/one")[1]["access-control-allow-origin"] == "https://a.example"
    for path, origin in [("/one", "https://b.example"), ("/none", "https://a.example")]:
        assert "access-control-allow-origin" not in beforehand(path, origin)[1]
    # A route that names OPTIONS is asked itself.
    assert json.loads(beforehand("/own")[2])["httpMethod"] == "OPTIONS"
    # The answer proper has it too.
    assert ask(node, "POST", "/one", Origin="https://a.example")[1]["access-control-allow-origin"] == "https://a.example"
    assert "access-control-allow-origin" not in ask(node, "POST", "/none", Origin="https://a.example")[1]


def test_bodies_have_a_limit(exchange, tmp_path):
    sections = {"api": 'listen = "127.0.0.1:0"\nany_key = true\nbody_size = 1000'}
    node = exchange(routes(tmp_path, 'path = "/r"'), sections=sections)
    assert event(node, "POST", "/r", "x" * 900)["body"] == "x" * 900
    status, _, body = ask(node, "POST", "/r", "x" * 2000)
    assert (status, json.loads(body)) == (413, {"message": "Request Too Long"})


@pytest.mark.parametrize(
    "table, why",
    [
        ('path = "dial"', "begin with a slash"),
        ('path = "/control/x"', "not for routes"),
        ('path = "/x"\nauthorizer = "nobody"', "no authorizer"),
        ('path = "/x"\nmethod = "GE T"', "method"),
    ],
)
def test_mistakes_are_told_at_start(exchange, tmp_path, table, why):
    node = exchange(routes(tmp_path, table), start=False)
    with contextlib.suppress(AssertionError):
        node.start(timeout=10)
    assert node.process.wait(10) != 0
    assert why in node.log.read_text()
