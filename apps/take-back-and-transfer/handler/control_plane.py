"""UpdateSipMediaApplicationCall without an SDK: one signed POST (AWS Signature Version 4).

With boto3 it is
`boto3.client("chime-sdk-voice").update_sip_media_application_call(…)`, with the ids and arguments below.
"""

import datetime
import hashlib
import hmac
import json
import os
import urllib.error
import urllib.request
from urllib.parse import quote, urlsplit


class Refused(Exception):
    """The call is over, or the control plane cannot be reached."""


def update_call(application, call, arguments):
    """Sends `arguments` to the handler of a live call as CALL_UPDATE_REQUESTED."""
    path = f"/sip-media-applications/{quote(application)}/calls/{quote(call)}"
    body = json.dumps({"Arguments": arguments}).encode()
    url = os.environ["AWS_ENDPOINT_URL_CHIME_SDK_VOICE"] + path
    request = urllib.request.Request(url, body, signed(url, body), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=5):
            return
    except urllib.error.HTTPError as error:
        raise Refused(f"{error.code} {error.read().decode(errors='replace')}") from error
    except OSError as error:
        raise Refused(str(error)) from error


def signed(url, body):
    """The headers of a POST, signature included."""
    parts = urlsplit(url)
    region = os.environ["AWS_REGION"]
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{now[:8]}/{region}/chime/aws4_request"
    headers = {"content-type": "application/json", "host": parts.netloc, "x-amz-date": now}
    if token := os.environ.get("AWS_SESSION_TOKEN"):
        headers["x-amz-security-token"] = token
    names = ";".join(sorted(headers))
    canonical = "\n".join(
        [
            "POST",
            quote(parts.path),
            "",
            *(f"{name}:{headers[name]}" for name in sorted(headers)),
            "",
            names,
            hashlib.sha256(body).hexdigest(),
        ]
    )
    to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = b"AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"].encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    credential = f"{os.environ['AWS_ACCESS_KEY_ID']}/{scope}"
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
    )
    return headers
