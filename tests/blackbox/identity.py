"""An OpenID Connect provider that is only its two documents, and signs what it is told to."""

import http.server
import json
import threading
import time

from joserfc import jwt
from joserfc.jwk import RSAKey


class Identity:
    def __init__(self, audience="click-to-call"):
        self.audience = audience
        self.key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.jwks = f"{self.issuer}/jwks"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self, email="ann@example.com", **claims):
        now = int(time.time())
        known = {"iss": self.issuer, "aud": self.audience, "sub": "ann", "email": email, "iat": now, "exp": now + 600}
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, {**known, **claims}, self.key)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def _handler(identity):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                documents = {
                    "/.well-known/openid-configuration": {
                        "issuer": identity.issuer,
                        "jwks_uri": f"{identity.issuer}/jwks",
                        "id_token_signing_alg_values_supported": ["RS256"],
                    },
                    "/jwks": {"keys": [identity.key.as_dict(private=False)]},
                }
                document = documents.get(self.path)
                self.send_response(200 if document else 404)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(document or {}).encode())

            def log_message(self, *_):
                pass

        return Handler
