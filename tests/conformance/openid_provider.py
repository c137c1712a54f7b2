"""A small provider of identities (OpenID Connect) over HTTPS, with an authority of its own, that can also do everything wrong."""
import base64
import hashlib
import http.server
import json
import secrets
import ssl
import subprocess
import threading
import time
import urllib.parse

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

KEYS = {"RS256": rsa.generate_private_key(65537, 2048), "ES256": ec.generate_private_key(ec.SECP256R1()),
        "EdDSA": ed25519.Ed25519PrivateKey.generate()}


def digest_of(verifier):
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class Provider:
    """`claims` and `sign` make an ID token; `answer` is the whole answer of the token endpoint. A test puts others in their place."""

    def __init__(self, folder, client_id="comity", secret="s3cret&of/it"):
        self.folder, self.client_id, self.secret = folder, client_id, secret
        self.codes, self.asked = {}, []
        self.subject, self.algorithm = "8f3a61", "ES256"
        self.reset()
        self.make_certificates()
        server = type("Server", (http.server.ThreadingHTTPServer,), {"request_queue_size": 64})
        self.server = server(("127.0.0.1", 0), self.handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_address[1]
        self.url = f"https://localhost:{self.port}"

    def reset(self):
        self.change, self.sign, self.answer, self.before_answer = {}, self.signed, self.token, lambda: None

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def make_certificates(self):
        def openssl(*words):
            subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, cwd=self.folder)

        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        openssl("req", "-x509", *curve, "-days", "2", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test authority")
        openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
        (self.folder / "names").write_text("subjectAltName=DNS:localhost\n")
        openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "2", "-out", "server.pem",
                "-extfile", "names", "-set_serial", "1")

    def claims(self, code):
        now = int(time.time())
        made = {"iss": self.url, "sub": self.subject, "aud": self.client_id, "iat": now, "exp": now + 300,
                "nonce": code["nonce"], **self.change}
        return {name: value for name, value in made.items() if value is not None}

    def signed(self, claims):
        return jwt.encode(claims, KEYS[self.algorithm], self.algorithm, {"kid": self.algorithm})

    def token(self, code):
        return 200, json.dumps({"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 300,
                                "id_token": self.sign(self.claims(code))}).encode()

    def authorized(self, query):
        """Whoever it is signs in, and is sent back."""
        for name in ("state", "nonce", "code_challenge"):
            assert len(query[name]) >= 43, (name, query)
        assert query["response_type"] == "code" and query["code_challenge_method"] == "S256" and query["scope"] == "openid"
        code = secrets.token_urlsafe()
        self.codes[code] = query
        back = {"code": code, "state": query["state"], "iss": self.url}
        return query["redirect_uri"] + "?" + urllib.parse.urlencode(back)

    def exchanged(self, headers, form):
        """RFC 6749, 4.1.3 and RFC 7636, 4.6: a code is for its client, its verifier, its redirect URI, and once."""
        self.asked.append((headers, form))
        basic = ":".join(urllib.parse.quote(one, safe="") for one in (self.client_id, self.secret))
        is_client = headers.get("Authorization") == "Basic " + base64.b64encode(basic.encode()).decode()
        query = self.codes.pop(form.get("code"), None)
        right = is_client and query and digest_of(form["code_verifier"]) == query["code_challenge"] and \
            form["redirect_uri"] == query["redirect_uri"] and form["grant_type"] == "authorization_code"
        self.before_answer()
        return self.answer(query) if right else (400, b'{"error":"invalid_grant"}')

    def handler(self):
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
                self.send_response(302)
                self.send_header("Location", provider.authorized(query))
                self.end_headers()

            def do_POST(self):
                form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                status, body = provider.exchanged(dict(self.headers), form)
                self.send_response(status)
                if status in (301, 302, 307):
                    self.send_header("Location", provider.url + "/token")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Handler
