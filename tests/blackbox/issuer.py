"""An OpenID Connect issuer of a few lines: signs what it is told to, and counts who asks for its keys."""

import http.server
import json
import threading
import time

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry


class Issuer:
    def __init__(self, audience="page"):
        self.audience = audience
        self.keys = [self.rsa()]
        self.asked = []
        self.closed = False
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.discovery = {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def rsa(algorithm="RS256"):
        return RSAKey.generate_key(2048, {"use": "sig", "alg": algorithm}, auto_kid=True)

    @staticmethod
    def ec():
        return ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)

    def token(self, key=None, algorithm=None, header=None, **claims):
        """A good token, but for what is said otherwise; a claim that is None is left out."""
        key = key or self.keys[0]
        kid = key.kid
        if algorithm:
            # The library would not use a key against its word.
            bare = {name: value for name, value in key.as_dict(private=True).items() if name != "alg"}
            key = RSAKey.import_key(bare)
        algorithm = algorithm or ("ES256" if isinstance(key, ECKey) else "RS256")
        now = int(time.time())
        usual = {"iss": self.url, "aud": self.audience, "sub": "ann", "email": "ann@example.com", "iat": now, "exp": now + 600}
        return jwt.encode(
            {"alg": algorithm, "kid": kid, **(header or {})},
            {name: value for name, value in {**usual, **claims}.items() if value is not None},
            key,
            registry=JWSRegistry(algorithms=list(JWSRegistry.algorithms)),
        )

    def close(self):
        if not self.closed:
            self.closed = True
            self.server.shutdown()
            self.server.server_close()

    def _handler(issuer):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.asked.append(self.path)
                documents = {
                    "/.well-known/openid-configuration": issuer.discovery,
                    "/keys": {"keys": [key.as_dict(private=False) for key in issuer.keys]},
                }
                document = documents.get(self.path)
                self.send_response(200 if document else 404)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(document or {}).encode())

            def log_message(self, *_):
                pass

        return Handler
