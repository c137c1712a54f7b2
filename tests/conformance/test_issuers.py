"""Tokens of another issuer over a real socket, made by another program (PyJWT): what `comity issuers` registers, allows and
revokes, in three algorithms, and the classical ways of getting past one (25-isolation C5)."""
import base64
import datetime
import hashlib
import hmac
import json
import time

import pytest

from test_frameworks import OwnCentre

jwt = pytest.importorskip("jwt", reason="python3-jwt makes the tokens")
from cryptography import x509  # noqa: E402
from cryptography.hazmat.primitives import hashes, serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa  # noqa: E402
from cryptography.x509.oid import NameOID  # noqa: E402

ISSUER, OFFICE, SUBJECT = "https://login.example/realms/ru", "ru/staff", "machine-17"
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


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    one = OwnCentre(tmp_path_factory.mktemp("issuers"))
    one.admit_parties()
    sets = one.folder / "jwks.json"
    sets.write_text(json.dumps(key_set()))
    done = one.comity("issuers", "register", "login", ISSUER, "--keys", sets, "--right", "read", "--office", OFFICE, who="ru")
    assert done.returncode == 0, done.stderr
    assert "left out: key encrypts" in done.stderr and "left out: key shared" in done.stderr
    one.made("clients", "add", OFFICE, "siem", "--right", "read", "--right", "contribute", "--issuer", "login", "--subject",
             SUBJECT, who="ru")
    assert came_in(one.running, token(one.running)) == 401, "before the host allows it"
    assert one.comity("issuers", "allow", "ru/login", ISSUER, who="ru").returncode == 3, "the right of an officer"
    one.made("issuers", "allow", "ru/login", ISSUER, who="anna")
    yield one
    one.running.close()


@pytest.fixture
def centre(own):
    return own.running


def claims(**more):
    now = int(time.time())
    return {"iss": ISSUER, "sub": SUBJECT, "aud": "own.example", "iat": now, "exp": now + 600, "jti": "t-1", **more}


def token(_, algorithm="EdDSA", key=None, kid=None, **more):
    return jwt.encode(claims(**more), key or KEYS[algorithm], algorithm, {"kid": kid or algorithm})


def came_in(centre, text, path="/taxii2/"):
    return centre.ask("GET", path, headers={"Authorization": f"Bearer {text}"}).status


def segment(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("algorithm", KEYS)
def test_a_machine_comes_in_with_a_token_of_its_partys_issuer(centre, algorithm):
    text = token(centre, algorithm)
    assert came_in(centre, text) == 200
    me = centre.ask("GET", "/api/v1/me", headers={"Authorization": f"Bearer {text}"}).json()
    assert me["office"] == OFFICE and me["rights"] == ["read"], "contribute is not the issuer's to give"


def test_algorithm_confusion(centre):
    body = segment(claims())
    for head in ({"alg": "none"}, {"alg": "None", "kid": "RS256"}):
        assert came_in(centre, f"{segment(head)}.{body}.") == 401
    for algorithm, key in KEYS.items():  # an HMAC whose secret is the public key that everybody has
        for secret in (pem(key), pem(key).strip(), key.public_key().public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)):
            signed = f"{segment({'alg': 'HS256', 'kid': algorithm})}.{body}"
            mac = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
            assert came_in(centre, f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}") == 401
    assert came_in(centre, jwt.encode(claims(), KEYS["RS256"], "PS256", {"kid": "RS256"})) == 401
    assert came_in(centre, jwt.encode(claims(), KEYS["RS256"], "RS512", {"kid": "RS256"})) == 401


def test_key_confusion(centre):
    assert came_in(centre, token(centre, "ES256", kid="RS256")) == 401, "the name of another key"
    assert came_in(centre, token(centre, "RS256", kid="encrypts")) == 401, "the name of one that was left out"
    assert came_in(centre, token(centre, "ES256", key=ec.generate_private_key(ec.SECP256R1()))) == 401
    head = {"alg": "EdDSA", "jku": "https://thief.example/keys", "kid": "thief"}
    assert came_in(centre, jwt.encode(claims(), ed25519.Ed25519PrivateKey.generate(), "EdDSA", head)) == 401


def test_claims(centre):
    now = int(time.time())
    for wrong in ({"aud": "other.example"}, {"aud": ["other.example"]}, {"aud": [claims()["aud"], "other.example"]},
                  {"exp": now - 1}, {"exp": now + 3 * 3600}, {"nbf": now + 600}, {"iat": now + 600}, {"sub": "machine-18"},
                  {"iss": "https://login.example/realms/iq"}, {"scope": "read contribute"}, {"office": "ru/mfa"}):
        assert came_in(centre, token(centre, **wrong)) == 401, wrong


def certificate(key, name):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = datetime.timedelta(days=1)
    return x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key()).serial_number(1) \
        .not_valid_before(datetime.datetime(2026, 1, 1)).not_valid_after(datetime.datetime(2026, 1, 1) + day) \
        .sign(KEYS["RS256"], hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def registered(own, name, content):
    """What was said, and the keys that it has afterwards."""
    path = own.folder / f"{name}.keys"
    path.write_bytes(content)
    done = own.comity("issuers", "register", name, f"{ISSUER}/{name}", "--keys", path, "--right", "read", who="ru")
    assert done.returncode == 0, done.stderr
    (one,) = [one for one in json.loads(own.made("issuers", "list", who="ru")) if one["issuer"] == name]
    return done.stderr, [key["algorithm"] for key in one["keys"]]


def test_of_a_chain_the_first_certificate_is_the_issuers(own):
    said, keys = registered(own, "chain", certificate(KEYS["ES256"], "login") + certificate(KEYS["RS256"], "an authority"))
    assert keys == ["ES256"] and "left out: certificate 2" in said


def test_a_key_set_as_providers_have_them(own):
    one, other, third, *_ = key_set()["keys"]
    keys = [{**one, "kid": "k", "key_ops": ["verify"]}, {**other, "kid": "k", "d": "AAAA"},
            {**third, "key_ops": ["sign"]}]
    said, algorithms = registered(own, "set", json.dumps({"keys": keys}).encode())
    assert algorithms == ["RS256", "ES256"], "one name, two kinds of keys"
    assert "left out: key EdDSA" in said and "beware: key k" in said


def test_revocation_ends_it_at_once(own, centre):
    text, other = token(centre, jti="stolen"), token(centre, jti="kept")
    assert came_in(centre, text) == came_in(centre, other) == 200
    done = centre.ask("POST", "/api/v1/commands", OFFICE, json.dumps({"kind": "revoke_token", "body": {"token": text}}),
                      {"Content-Type": "application/json"}, person=True)
    assert done.status == 200, done.body
    assert came_in(centre, text) == 401 and came_in(centre, other) == 200
    assert own.comity("issuers", "revoke", "ru/login", who="iq").returncode == 1
    own.made("issuers", "revoke", "ru/login", "--key", own.folder / "anna.key", who="anna")
    assert came_in(centre, other) == 401
    (ended,) = [one for one in json.loads(own.made("issuers", "list", who="ru")) if one["issuer"] == "login"]
    assert ended["revoked"], "its name is taken, and it counts"
