"""Click to call: the web page of the AWS sample, unmodified, with the sample's functions behind it.

SWITCHHOOK_TEST_CTC_SITE names what `webpack --mode production` made of the sample's `site` folder (site/dist). Its
sign-in is played by moto; the page knows the sign-in's host by heart, so the browser is told another address for it.
"""

import datetime
import os
import pathlib
import shutil
import threading

import boto3
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from browser import browsers, driver, needs_browser  # noqa: F401  (fixtures)
from click_to_call import Page, write_voice
from exchange import tcp_ports, wait_for
from sdks import needs_node
from sound import heard
from test_click_to_call_original import CALLEE, CALLEE_NUMBER, CHECKOUT, Deployment, bundles, callee, pbx  # noqa: F401

SITE = os.environ.get("SWITCHHOOK_TEST_CTC_SITE")
pytestmark = [
    pytest.mark.skipif(
        not (CHECKOUT and SITE),
        reason="SWITCHHOOK_TEST_CTC_SITE names no built site of amazon-chime-sdk-click-to-call, or SWITCHHOOK_TEST_CTC no"
        " checkout",
    ),
    needs_browser,
    needs_node,
    pytest.mark.timeout(240),
]

HOST = "cognito-idp.us-east-1.amazonaws.com"
EMAIL, PASSWORD = "ann@example.com", "Secret-pass1"
VOICE = 700  # Hz


class Cognito:
    """moto's user pools by TLS, as the page wants them, and by HTTP, for the node to read the keys."""

    def __init__(self, folder):
        from moto.server import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server

        app = DomainDispatcherApplication(create_backend_app)
        certificate = self_signed(folder)
        self.servers = [
            make_server("127.0.0.1", 0, app, threaded=True, ssl_context=certificate),
            make_server("127.0.0.1", 0, app, threaded=True),
        ]
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        self.tls, self.plain = (server.port for server in self.servers)
        keys = {"region_name": "us-east-1", "aws_access_key_id": "x", "aws_secret_access_key": "x"}
        idp = boto3.client("cognito-idp", endpoint_url=f"http://127.0.0.1:{self.plain}", **keys)
        self.pool = idp.create_user_pool(PoolName="ctc", UsernameAttributes=["email"])["UserPool"]["Id"]
        flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        made = idp.create_user_pool_client(UserPoolId=self.pool, ClientName="page", ExplicitAuthFlows=flows)
        self.client = made["UserPoolClient"]["ClientId"]
        attributes = [{"Name": "email", "Value": EMAIL}, {"Name": "email_verified", "Value": "true"}]
        idp.admin_create_user(UserPoolId=self.pool, Username=EMAIL, UserAttributes=attributes)
        idp.admin_set_user_password(UserPoolId=self.pool, Username=EMAIL, Password=PASSWORD, Permanent=True)

    # What a deployment asks of an identity.
    audience = property(lambda self: self.client)
    url = property(lambda self: f"https://{HOST}/{self.pool}")
    jwks = property(lambda self: f"http://127.0.0.1:{self.plain}/{self.pool}/.well-known/jwks.json")

    def close(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()


def self_signed(folder):
    """A certificate for the host that the page knows by heart: files of it and of its key."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    certificate = builder.sign(key, hashes.SHA256())
    files = folder / "cognito.crt", folder / "cognito.key"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return tuple(map(str, files))


def test_the_page_dials_talks_presses_a_key_and_ends(exchange, browsers, bundles, callee, pbx, tmp_path):
    cognito = Cognito(tmp_path)
    [port] = tcp_ports(1)
    url = f"http://localhost:{port}/"
    site = tmp_path / "site"
    shutil.copytree(SITE, site)
    (site / "config.json").unlink(missing_ok=True)
    values = {
        "apiUrl": f"{url}prod/",
        "userPoolRegion": "us-east-1",
        "userPoolId": cognito.pool,
        "userPoolClientId": cognito.client,
        "identityPoolId": "us-east-1:00000000-0000-4000-8000-000000000000",
    }
    config = ", ".join(f'{key} = "{value}"' for key, value in values.items())
    more = f'[[site]]\npath = "/"\nfolder = "{site}"\nconfig = {{ {config} }}'
    node = exchange(start=False, sections={"api": f'listen = "127.0.0.1:{port}"\nany_key = true'})
    sample = Deployment(node, bundles, cognito, callee, pbx, more)
    try:
        write_voice(tmp_path / "voice.wav", VOICE)
        flags = [f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{cognito.tls}", "--ignore-certificate-errors"]
        page = Page(browsers("ann", wav=tmp_path / "voice.wav", flags=flags), url)
        page.fill("input[name=username]", EMAIL)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.fill("input[placeholder*='Enter Phone']", "(206) 555-0123")
        page.click("button[aria-label='Dial']")

        call = callee.call().wait_answered()
        assert call.invite.user == CALLEE_NUMBER
        page.hears(CALLEE)
        since = len(call.ear.samples())
        wait_for(lambda: heard(call.ear.samples()[since:], VOICE) >= 1, 20, "the callee hears nothing")

        page.click("button[aria-label='Dial Pad']")
        page.click("role=button[name='5']")
        wait_for(lambda: call.ear.events() == "5", 20, "the key did not arrive")
        page.click("[aria-label='Close modal']")
        page.click("button[aria-label='End']")
        call.wait_ended()
        assert not call.ended_by_us
        sample.idle()
    finally:
        sample.close()
        cognito.close()
