"""Tokens of another issuer over a real socket, made by another program (PyJWT): what `comity issuers` registers, allows and
revokes, in three algorithms, and the classical ways of getting past one (25-isolation C5)."""
import base64
import hashlib
import hmac
import json
import os
import subprocess
import time

import pytest

import centre as c

jwt = pytest.importorskip("jwt", reason="python3-jwt makes the tokens")
from cryptography.hazmat.primitives import serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa  # noqa: E402

ISSUER, OFFICE, SUBJECT = "https://login.example/realms/ru", "ru/general-staff", "machine-17"
KEYS = {"RS256": rsa.generate_private_key(65537, 2048), "ES256": ec.generate_private_key(ec.SECP256R1()),
        "EdDSA": ed25519.Ed25519PrivateKey.generate()}


def number(value, length=None):
    octets = value.to_bytes(length or (value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def pem(key):
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def key_set():
    rsa_numbers = KEYS["RS256"].public_key().public_numbers()
    point = KEYS["ES256"].public_key().public_numbers()
    raw = KEYS["EdDSA"].public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return {"keys": [
        {"kty": "RSA", "kid": "RS256", "use": "sig", "alg": "RS256", "n": number(rsa_numbers.n), "e": number(rsa_numbers.e)},
        {"kty": "EC", "kid": "ES256", "crv": "P-256", "x": number(point.x, 32), "y": number(point.y, 32)},
        {"kty": "OKP", "kid": "EdDSA", "crv": "Ed25519", "x": base64.urlsafe_b64encode(raw).rstrip(b"=").decode()},
        {"kty": "RSA", "kid": "encrypts", "use": "enc", "n": number(rsa_numbers.n), "e": number(rsa_numbers.e)},
        {"kty": "oct", "kid": "shared", "k": "AAAA"}]}


class Party:
    """The command line as an office of the demo."""

    def __init__(self, running):
        self.running = running
        self.keys = running.data / "demo-keys"

    def says(self, office, *words):
        environment = {**os.environ, "COMITY_CREDENTIALS": str(self.keys / "credentials.toml")}
        return subprocess.run([c.PROGRAM, "--url", self.running.url, "--as", office, *words], capture_output=True, text=True,
                              env=environment, timeout=60)


@pytest.fixture(scope="module")
def centre():
    running = c.Centre(c.load_scenario())
    yield running
    running.close()


@pytest.fixture(scope="module")
def party(centre):
    one = Party(centre)
    (centre.data / "jwks.json").write_text(json.dumps(key_set()))
    done = one.says(OFFICE, "issuers", "register", "login", ISSUER, "--keys", centre.data / "jwks.json", "--right", "read",
                    "--office", OFFICE)
    assert done.returncode == 0, done.stderr
    assert "left out: key encrypts" in done.stderr and "left out: key shared" in done.stderr
    done = one.says(OFFICE, "clients", "add", OFFICE, "siem", "--right", "read", "--right", "contribute", "--issuer", "login",
                    "--subject", SUBJECT)
    assert done.returncode == 0, done.stderr
    assert came_in(centre, token(centre)) == 401, "before the host allows it"
    host = next(office for office in centre.access if office.endswith("/operations"))
    officer = centre.access[host]["person"].split("@")[0]
    one.host, one.officer_key = host, one.keys / f"officer-{officer}.key"
    done = one.says(host, "issuers", "allow", "ru/login", ISSUER, "--key", one.officer_key)
    assert done.returncode == 0, done.stderr
    return one


def claims(centre, **more):
    now = int(time.time())
    audience = centre.ask("GET", "/api/v1/me", OFFICE, person=True).json()["centre"]["origin"]
    return {"iss": ISSUER, "sub": SUBJECT, "aud": audience, "iat": now, "exp": now + 600, "jti": "t-1", **more}


def token(centre, algorithm="EdDSA", key=None, kid=None, **more):
    return jwt.encode(claims(centre, **more), key or KEYS[algorithm], algorithm, {"kid": kid or algorithm})


def came_in(centre, text, path="/taxii2/"):
    return centre.ask("GET", path, headers={"Authorization": f"Bearer {text}"}).status


def segment(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("algorithm", KEYS)
def test_a_machine_comes_in_with_a_token_of_its_partys_issuer(centre, party, algorithm):
    text = token(centre, algorithm)
    assert came_in(centre, text) == 200
    me = centre.ask("GET", "/api/v1/me", headers={"Authorization": f"Bearer {text}"}).json()
    assert me["office"] == OFFICE and me["rights"] == ["read"], "contribute is not the issuer's to give"


def test_algorithm_confusion(centre, party):
    body = segment(claims(centre))
    for head in ({"alg": "none"}, {"alg": "None", "kid": "RS256"}):
        assert came_in(centre, f"{segment(head)}.{body}.") == 401
    for algorithm, key in KEYS.items():  # an HMAC whose secret is the public key that everybody has
        for secret in (pem(key), pem(key).strip(), key.public_key().public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)):
            signed = f"{segment({'alg': 'HS256', 'kid': algorithm})}.{body}"
            mac = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
            assert came_in(centre, f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}") == 401
    assert came_in(centre, jwt.encode(claims(centre), KEYS["RS256"], "PS256", {"kid": "RS256"})) == 401
    assert came_in(centre, jwt.encode(claims(centre), KEYS["RS256"], "RS512", {"kid": "RS256"})) == 401


def test_key_confusion(centre, party):
    assert came_in(centre, token(centre, "ES256", kid="RS256")) == 401, "the name of another key"
    assert came_in(centre, token(centre, "RS256", kid="encrypts")) == 401, "the name of one that was left out"
    assert came_in(centre, token(centre, "ES256", key=ec.generate_private_key(ec.SECP256R1()))) == 401
    head = {"alg": "EdDSA", "jku": "https://thief.example/keys", "kid": "thief"}
    assert came_in(centre, jwt.encode(claims(centre), ed25519.Ed25519PrivateKey.generate(), "EdDSA", head)) == 401


def test_claims(centre, party):
    now = int(time.time())
    for wrong in ({"aud": "other.example"}, {"aud": ["other.example"]}, {"aud": [claims(centre)["aud"], "other.example"]},
                  {"exp": now - 1}, {"exp": now + 3 * 3600}, {"nbf": now + 600}, {"iat": now + 600}, {"sub": "machine-18"},
                  {"iss": "https://login.example/realms/iq"}, {"scope": "read contribute"}, {"office": "ru/mfa"}):
        assert came_in(centre, token(centre, **wrong)) == 401, wrong


def test_revocation_ends_it_at_once(centre, party):
    text, other = token(centre, jti="stolen"), token(centre, jti="kept")
    assert came_in(centre, text) == came_in(centre, other) == 200
    done = centre.ask("POST", "/api/v1/commands", OFFICE, json.dumps({"kind": "revoke_token", "body": {"token": text}}),
                      {"Content-Type": "application/json"}, person=True)
    assert done.status == 200, done.body
    assert came_in(centre, text) == 401 and came_in(centre, other) == 200
    assert party.says("iq/defence", "issuers", "revoke", "ru/login").returncode == 1
    done = party.says(party.host, "issuers", "revoke", "ru/login", "--key", party.officer_key)
    assert done.returncode == 0, done.stderr
    assert came_in(centre, other) == 401
