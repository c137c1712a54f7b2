"""A centre of preset `dss` over a real socket, and its clients: USSs with tokens of an issuer that the centre was told of.

Every answer to a client is checked against the tables of dss_shapes.py, so tests look at what a rule says only. Rule numbers
(T, I, G, U, D, C, S, R, A, X) are those of the design's f3548-rules.
"""
import base64
import http.client
import json
import re
import signal
import subprocess
import threading
import time
import uuid
from functools import lru_cache
from pathlib import Path

import pytest

import centre as c
import dss_shapes as shapes
import dss_volumes as v

jwt = pytest.importorskip("jwt", reason="python3-jwt makes the tokens")
from cryptography.hazmat.primitives import serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: E402

HOST = "dss.example"  # the audience
SCOPES = {"sc": "utm.strategic_coordination", "cm": "utm.constraint_management", "cp": "utm.constraint_processing",
          "sa": "utm.conformance_monitoring_sa", "aa": "utm.availability_arbitration",
          "read": "dss.read.identification_service_areas", "write": "dss.write.identification_service_areas"}
FIVE = ("sc", "cm", "cp", "sa", "aa")
INTENTS, CONSTRAINTS, SUBSCRIPTIONS = "operational_intent_references", "constraint_references", "subscriptions"
ONE = {INTENTS: "operational_intent_reference", CONSTRAINTS: "constraint_reference", SUBSCRIPTIONS: "subscription"}
NOBODY = "f0f0f0f0-f0f0-4f0f-8f0f-f0f0f0f0f0f0"  # a name that nothing has


def new_id():
    return str(uuid.uuid4())


def uuid7(minutes=0.0):
    """A UUID of version 7 whose clock is so many minutes from now (I4)."""
    stamp = int((time.time() + 60 * minutes) * 1000)
    tail = uuid.uuid4().int & (1 << 80) - 1
    return str(uuid.UUID(int=(stamp << 80 | tail) & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62))


def base64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


@lru_cache
def rsa_key(owner):
    """Made once for each: that takes a while."""
    return rsa.generate_private_key(65537, 2048)


class Issuer:
    """Signs tokens by RS256 (T6), with the key of that owner; `kid` is what it calls it."""

    def __init__(self, owner="stranger", kid=None):
        self.kid, self.key, self.made = kid, rsa_key(owner), {}

    def pem(self):
        return self.key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def jwk(self, **more):
        numbers = self.key.public_key().public_numbers()
        n, e = (base64url(number.to_bytes((number.bit_length() + 7) // 8, "big")) for number in (numbers.n, numbers.e))
        return {"kty": "RSA", "kid": self.kid, "use": "sig", "alg": "RS256", "n": n, "e": e, **more}

    def claims(self, sub, scopes, **more):
        """A claim of None is left out."""
        now = int(time.time())
        told = {"iss": "https://auth.example", "sub": sub, "aud": HOST, "iat": now, "exp": now + 3000, "jti": new_id(),
                "scope": " ".join(SCOPES.get(one, one) for one in scopes), **more}
        return {name: value for name, value in told.items() if value is not None}

    def sign(self, claims, algorithm="RS256", key=None, **head):
        if self.kid and "kid" not in head:
            head["kid"] = self.kid
        return jwt.encode(claims, key or self.key, algorithm, head or None)

    def token(self, sub, scopes=FIVE):
        if (sub, scopes) not in self.made:
            self.made[sub, scopes] = self.sign(self.claims(sub, scopes))
        return self.made[sub, scopes]


@lru_cache
def issuer():
    """The one of all tests that are not about issuers."""
    return Issuer("first")


class Served:
    """`comity serve --preset dss` on a directory of its own, until it is closed. `options` are further ones."""
    ADDRESS = re.compile(r"https?://[^/\s\"]+:(\d+)(?!\d|/metrics)|\"port\"\s*:\s*(\d+)")

    def __init__(self, folder, *options, keys=None, audiences=(HOST,)):
        self.folder, self.issuer, self.process = Path(folder), issuer(), None
        self.data = self.folder / "centre"
        self.data.mkdir(mode=0o700)
        key = self.folder / "issuer.pem"
        key.write_bytes(self.issuer.pem())
        self.options = ["--issuer-key", key] if keys is None else list(keys)
        for one in audiences:
            self.options += ["--audience", one]
        self.options += options
        self.start()

    def start(self):
        with open(self.folder / "serve.out", "wb") as out, open(self.folder / "serve.log", "ab") as log:
            self.process = subprocess.Popen([c.PROGRAM, "serve", "--preset", "dss", "--data", self.data, *self.options, "--port", "0",
                                             "--metrics-port", "0", "--json"], stdout=out, stderr=log, stdin=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            found = self.ADDRESS.search((self.folder / "serve.out").read_text())
            try:
                self.port = int(found[1] or found[2]) if found else None
                if found and self.plain("GET", "/healthy").status == 200:
                    return
            except OSError:
                pass
            assert self.process.poll() is None, self.said()
            time.sleep(0.02)
        self.close()
        raise AssertionError(f"the centre is not ready after a minute:\n{self.said()}")

    def said(self):
        return (self.folder / "serve.out").read_text() + (self.folder / "serve.log").read_text()

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def plain(self, method, path, body=None, headers=None):
        """One question on a connection of its own; the answer is not looked at."""
        connection = self.connect()
        try:
            connection.request(method, path, body=body, headers=headers or {})
            return c.Answer(connection.getresponse())
        finally:
            connection.close()

    def uss(self, sub="alder", *scopes):
        """A client; without scopes it has all five."""
        return Uss(self, sub, scopes or FIVE)

    def with_token(self, token, method="GET", path=f"/dss/v1/{INTENTS}/{NOBODY}", body=None):
        """The status, of what answers 404 where the token is good."""
        return self.plain(method, path, body, {"Authorization": f"Bearer {token}"}).status

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=30)

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()
                raise


class Uss:
    """One subject. Every answer is checked for its shape; `want` is the status that the caller expects, None: any."""
    connections = threading.local()

    def __init__(self, served, sub, scopes):
        self.served, self.sub, self.scopes = served, sub, tuple(scopes)

    @property
    def url(self):
        return f"https://{self.sub}.example/utm"

    def token(self):
        return self.served.issuer.token(self.sub, self.scopes)

    def ask(self, method, path, body=None, headers=None):
        """On a connection that is kept for this thread. Bytes are sent as they are, all else as JSON."""
        sent = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        fields = {"Authorization": f"Bearer {self.token()}", **({"Content-Type": "application/json"} if body is not None else {}),
                  **(headers or {})}
        kept = self.connections.__dict__.setdefault("open", {})
        key = (self.served.folder, self.served.port)
        for again in ((False, True) if key in kept else (True,)):
            connection = kept.setdefault(key, None) or self.served.connect()
            kept[key] = connection
            try:
                connection.request(method, path, body=sent, headers=fields)
                response = connection.getresponse()
                answer = c.Answer(response)
                if response.will_close:
                    del kept[key]
                return answer
            except (http.client.HTTPException, OSError):  # kept open too long: once more on a new one
                connection.close()
                del kept[key]
                if again:
                    raise

    def call(self, method, path, body=None, want=None):
        answer = self.ask(method, path, body)
        shapes.check_answer(method, path, answer)
        assert want is None or answer.status == want, f"{method} {path}: {answer.status}, not {want}: {answer.body!r}"
        return answer

    # --- what a kind of thing has in common; each gives the body of the answer ---
    def put(self, kind, name, body, ovn=None, want=None):
        """A create, or with an OVN (or a subscription's version) an update."""
        success = 201 if ovn is None and kind != SUBSCRIPTIONS else 200
        path = f"/dss/v1/{kind}/{name}" + ("" if ovn is None else f"/{ovn}")
        return self.call("PUT", path, body, want or success).json()

    def get(self, kind, name, want=200):
        told = self.call("GET", f"/dss/v1/{kind}/{name}", None, want).json()
        return told[ONE[kind]] if want == 200 else told

    def delete(self, kind, name, ovn, want=200):
        return self.call("DELETE", f"/dss/v1/{kind}/{name}/{ovn}", None, want).json()

    def query(self, kind, area, want=200):
        told = self.call("POST", f"/dss/v1/{kind}/query", {"area_of_interest": area}, want).json()
        return told[kind] if want == 200 else told

    def found(self, kind, area):
        return {one["id"] for one in self.query(kind, area)}

    # --- bodies ---
    def intent(self, *extents, **more):
        return {"extents": list(extents), "key": [], "state": "Accepted", "uss_base_url": self.url, **more}

    def constraint(self, *extents, **more):
        return {"extents": list(extents), "uss_base_url": self.url, **more}

    def subscription(self, extents, intents=True, constraints=False, **more):
        return {"extents": extents, "uss_base_url": self.url, "notify_for_operational_intents": intents,
                "notify_for_constraints": constraints, **more}

    def implicit(self, **more):
        return {"uss_base_url": self.url, **more}

    # --- what most tests begin with: something that is there ---
    def filed(self, *extents, **more):
        """A new intent's reference."""
        return self.put(INTENTS, new_id(), self.intent(*extents, **more))[ONE[INTENTS]]

    def changed(self, reference, *extents, want=200, **more):
        """The reference of an intent after an update, or what was said instead."""
        told = self.put(INTENTS, reference["id"], self.intent(*extents, **more), reference["ovn"], want)
        return told[ONE[INTENTS]] if want == 200 else told

    def restricted(self, *extents, **more):
        """A new constraint's reference."""
        return self.put(CONSTRAINTS, new_id(), self.constraint(*extents, **more))[ONE[CONSTRAINTS]]

    def subscribed(self, extents, intents=True, constraints=False, **more):
        return self.put(SUBSCRIPTIONS, new_id(), self.subscription(extents, intents, constraints, **more))["subscription"]

    # --- availability ---
    def mark(self, uss, availability, old_version=None, want=200):
        """As an arbiter; the version before is looked up where none is given."""
        path = f"/dss/v1/uss_availability/{uss}"
        if old_version is None:
            old_version = self.call("GET", path, None, 200).json()["version"]
        return self.call("PUT", path, {"old_version": old_version, "availability": availability}, want).json()


def told_of(answer):
    """{subscription id: index} of an answer's subscribers; no URL stands there twice, and no subscription (U10)."""
    urls = [one["uss_base_url"] for one in answer["subscribers"]]
    assert len(urls) == len(set(urls)), f"a URL is there twice: {urls}"
    states = [state for one in answer["subscribers"] for state in one["subscriptions"]]
    told = {state["subscription_id"]: state["notification_index"] for state in states}
    assert len(told) == len(states), f"a subscription is there twice: {states}"
    return told


def ids(references):
    names = [one["id"] for one in references]
    assert len(names) == len(set(names)), f"one is there twice: {names}"
    return set(names)


def missing(answer, kind="missing_operational_intents"):
    return ids(answer.get(kind, []))

