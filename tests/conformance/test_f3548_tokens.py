"""F3548 door: whose tokens open it (rules T6, T8). Keys in PEM and a key set by `kid`, two audiences, claims and their times, and
the classical ways of getting past a signature."""
import base64
import hashlib
import hmac
import json
import time

import pytest

import dss
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from dss import HOST, INTENTS, NOBODY, ONE, base64url, jwt, new_id

OTHER_HOST = "dss2.example"


def segment(value):
    return base64url(json.dumps(value).encode())


def signed_by_hmac(secret, head, claims):
    text = f"{segment(head)}.{segment(claims)}"
    return f"{text}.{base64url(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


class Many:
    """A centre with two keys in PEM, a key set of two more, two audiences, and leave for http."""

    def __init__(self, folder):
        self.first, self.second = dss.issuer(), dss.Issuer("second")
        self.old, self.new, self.encrypts = (dss.Issuer(name, name) for name in ("old", "new", "encrypts"))
        (folder / "second.pem").write_bytes(self.second.pem())
        keys = [self.old.jwk(), self.new.jwk(), self.encrypts.jwk(use="enc", alg="RSA-OAEP"), {"kty": "oct", "kid": "shared", "k": "AAAA"}]
        (folder / "keys.json").write_text(json.dumps({"keys": keys}))
        self.centre = dss.Served(folder, "--issuer-key", folder / "keys.json", "--http-base-urls", "yes", "--strict-scopes", "yes", audiences=(HOST, OTHER_HOST),
                                 keys=["--issuer-key", folder / "issuer.pem", "--issuer-key", folder / "second.pem"])

    def status(self, issuer, sign=None, **claims):
        return self.centre.with_token(issuer.sign(issuer.claims("alder", dss.FIVE, **claims), **(sign or {})))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    one = Many(tmp_path_factory.mktemp("many"))
    yield one
    one.centre.close()


def status(served, **claims):
    return served.with_token(served.issuer.sign(served.issuer.claims("alder", dss.FIVE, **claims)))


def test_what_pyjwt_itself_thinks_of_these_tokens():
    """The suite's own tokens, checked with the library that made them."""
    one = dss.issuer()
    needed = {"require": ["exp", "iss", "sub", "aud"]}
    told = jwt.decode(one.token("alder", ("sc", "cp")), one.pem(), ["RS256"], audience=HOST, options=needed)
    assert told["sub"] == "alder" and told["scope"] == "utm.strategic_coordination utm.constraint_processing"
    assert 0 < told["exp"] - time.time() <= 3600
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(dss.Issuer().token("alder"), one.pem(), ["RS256"], audience=HOST)
    keyed = dss.Issuer(kid="new")
    assert jwt.get_unverified_header(keyed.token("alder")) == {"alg": "RS256", "typ": "JWT", "kid": "new"}
    assert jwt.algorithms.RSAAlgorithm.from_jwk(json.dumps(keyed.jwk())).public_numbers() == keyed.key.public_key().public_numbers()
    secret = b"x" * 32
    assert jwt.decode(signed_by_hmac(secret, {"alg": "HS256", "typ": "JWT"}, {"sub": "a"}), secret, ["HS256"]) == {"sub": "a"}


def test_the_head_of_a_request(served):
    """T6: `Authorization: Bearer <JWT>`; the word in any case, all else is no token."""
    token, path = served.issuer.token("alder"), f"/dss/v1/{INTENTS}/{NOBODY}"
    for word in ("Bearer", "bearer", "BEARER", "bEaReR"):
        assert served.plain("GET", path, headers={"Authorization": f"{word} {token}"}).status == 404
    for wrong in (token, "Bearer", "Bearer ", f"Basic {token}", f"Bearer{token}", f"Token {token}", f"Bearer {token[:-8]}",
                  f"Bearer {token}x", f"Bearer {token}.", f"Bearer {token} {token}", f"Bearer {token[1:]}", "Bearer a.b.c", "Bearer ..",
                  "Basic " + base64.b64encode(b"alder:pass").decode()):
        assert served.plain("GET", path, headers={"Authorization": wrong}).status == 401, wrong
    assert served.plain("GET", path).status == 401
    assert served.plain("GET", f"{path}?access_token={token}").status == 401, "a token stands in its header"
    assert served.plain("GET", path, headers={"Cookie": f"Authorization=Bearer {token}"}).status == 401  # 25-isolation C9


@pytest.mark.parametrize("wrong", [
    {"sub": None}, {"sub": ""}, {"sub": 5}, {"iss": None}, {"iss": ""}, {"exp": None}, {"exp": "soon"}, {"aud": None}, {"aud": ""},
    {"aud": []}, {"aud": "other.example"}, {"aud": ["other.example"]}, {"aud": "x" + HOST}, {"aud": HOST + ".evil.example"},
    {"aud": f"https://{HOST}"}, {"aud": 5}], ids=str)
def test_claims_that_are_missing_or_wrong(served, wrong):
    """T6: `sub` and `iss` not empty, `exp` there, `aud` there and one of ours."""
    token = served.issuer.claims("alder", dss.FIVE)
    token = {name: value for name, value in {**token, **wrong}.items() if value is not None}
    text = f"{segment({'alg': 'RS256', 'typ': 'JWT'})}.{segment(token)}"  # by hand: PyJWT is picky about what it signs
    signature = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(text.encode(), served.issuer.key)
    assert served.with_token(f"{text}.{base64url(signature)}") == 401


@pytest.mark.parametrize("claim, seconds", [
    ("exp", -3600), ("exp", -60), ("exp", 3700), ("exp", 86400), ("exp", 10**12), ("nbf", 600), ("iat", 600), ("nbf", 3600)])
def test_times_that_are_wrong(served, claim, seconds):
    """T6: not past, not later than an hour from now; `nbf` and `iat` not in the future."""
    assert status(served, **{claim: int(time.time()) + seconds}) == 401


def test_times_that_are_right(served):
    """T6: what may be absent is, an `exp` just inside the hour, and a time with a fraction, as RFC 7519 has it."""
    now = int(time.time())
    assert status(served, iat=None, jti=None) == 404
    assert status(served, exp=now + 3580) == 404
    assert status(served, exp=now + 20) == 404
    assert status(served, nbf=now - 1, iat=now - 100) == 404
    assert status(served, exp=now + 600.5) == 404
    assert status(served, iss="anybody at all", more={"a": [1]}) == 404


def test_a_token_ends_while_its_connection_goes_on(served):
    """T6: what was good a moment ago is not remembered beyond its time."""
    token = served.issuer.sign(served.issuer.claims("alder", dss.FIVE, exp=int(time.time()) + 2))
    seen, until = set(), time.monotonic() + 10
    while 401 not in seen and time.monotonic() < until:
        seen.add(served.with_token(token))
        time.sleep(0.1)
    assert seen == {404, 401}


def test_audiences(many):
    """T6: one text or a list, of which one is enough; two are accepted here."""
    for aud in (HOST, OTHER_HOST, [HOST], [OTHER_HOST], ["other.example", OTHER_HOST], [HOST, OTHER_HOST]):
        assert many.status(many.first, aud=aud) == 404, aud
    for aud in ("other.example", ["other.example", "another.example"], f"{HOST},{OTHER_HOST}", f"{HOST} {OTHER_HOST}"):
        assert many.status(many.first, aud=aud) == 401, aud


def test_only_what_was_configured_is_an_audience(served):
    assert status(served, aud=OTHER_HOST) == 401
    assert status(served, aud=[OTHER_HOST, HOST]) == 404


def test_each_of_the_keys_signs(many):
    """T6: any of the PEM files, and the key of the set that is named."""
    for issuer in (many.first, many.second, many.old, many.new):
        assert many.status(issuer) == 404
    assert many.status(dss.Issuer()) == 401
    assert many.status(dss.Issuer(kid="new")) == 401, "its name is not its signature"


def test_keys_of_a_set_go_by_their_names(many):
    """T6: JWKS by kid."""
    assert many.status(many.new, {"kid": "old"}) == 401
    assert many.status(many.encrypts) == 401, "a key for another use"
    assert many.status(many.new, {"kid": "../../issuer.pem"}) == 401


def test_a_name_in_front_of_a_key_without_one(served):
    """T6: where all keys are PEM, whatever `kid` says they are tried."""
    claims = served.issuer.claims("alder", dss.FIVE)
    assert served.with_token(served.issuer.sign(claims, kid="whatever")) == 404
    assert served.with_token(served.issuer.sign(claims, typ="at+jwt")) == 404


def test_a_key_set_alone(tmp_path):
    """T6: a centre that has no PEM file."""
    one = dss.Issuer("new", "only")
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [one.jwk()]}))
    centre = dss.Served(tmp_path, keys=["--issuer-key", tmp_path / "keys.json"])
    try:
        assert centre.with_token(one.token("alder")) == 404
        assert centre.with_token(dss.issuer().token("alder")) == 401
        assert centre.with_token(one.sign(one.claims("alder", dss.FIVE), kid="other")) == 401
    finally:
        centre.close()


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "", None, "RS255", 5], ids=str)
def test_no_signature(many, alg):
    """The oldest way."""
    claims = many.first.claims("alder", dss.FIVE)
    for head in ({"alg": alg, "typ": "JWT"}, {"alg": alg, "kid": "new"}, {"typ": "JWT"}):
        for tail in ("", base64url(b"signed")):
            assert many.centre.with_token(f"{segment(head)}.{segment(claims)}.{tail}") == 401


def test_a_public_key_is_no_secret(many):
    """HS256 with what everybody has as the secret."""
    for issuer in (many.first, many.new):
        der = issuer.key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        for secret in (issuer.pem(), issuer.pem().strip(), der, issuer.jwk()["n"].encode(), b"", base64.b64decode("AAAA")):
            for kid in ({}, {"kid": "new"}, {"kid": "shared"}):
                token = signed_by_hmac(secret, {"alg": "HS256", **kid}, issuer.claims("alder", dss.FIVE))
                assert many.centre.with_token(token) == 401


def test_other_algorithms(many):
    """T6: RS256, and no other with the right key or a key of one's own."""
    claims = many.first.claims("alder", dss.FIVE)
    for algorithm in ("PS256", "RS512", "RS384"):
        assert many.centre.with_token(many.first.sign(claims, algorithm)) == 401, algorithm
    curve = ec.generate_private_key(ec.SECP256R1())
    assert many.centre.with_token(many.first.sign(claims, "ES256", curve)) == 401
    head = {"alg": "RS256", "jwk": many.new.jwk(), "jku": "https://thief.example/keys", "x5u": "https://thief.example/cert"}
    thief = dss.Issuer(kid="thief")
    assert many.centre.with_token(thief.sign(claims, **{**head, "jwk": thief.jwk()})) == 401, "a key in its own head"


def test_what_was_signed_stays(served):
    """A token whose claims or head were changed afterwards."""
    head, body, tail = served.issuer.token("alder").split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    assert served.with_token(f"{head}.{body}.{tail}") == 404
    assert served.with_token(f"{head}.{segment({**claims, 'sub': 'birch'})}.{tail}") == 401
    assert served.with_token(f"{segment({'alg': 'RS256'})}.{body}.{tail}") == 401
    other = served.issuer.token("birch").split(".")
    assert served.with_token(f"{head}.{other[1]}.{tail}") == 401
    assert served.with_token(f"{head}.{body}.{base64url(bytes(256))}") == 401


def test_a_subject_is_its_text(served, spot):
    """T8: the manager is `sub`, compared as it stands; nobody has to be registered before (M2)."""
    names = [f"uss-{new_id()[:8]}", f"https://uss.example/{new_id()[:8]}", f"a b \u00e9\u4e2d \"{new_id()[:8]}\"", "x" * 200]
    for name in [*names, names[0].upper(), names[0] + " "]:
        client = served.uss(name)
        place = dss.v.Spot()
        told = client.put(INTENTS, new_id(), {**client.intent(place.volume()), "uss_base_url": "https://uss.example"})[ONE[INTENTS]]
        assert told["manager"] == name and client.get(INTENTS, told["id"]) == told
        for other in {*names, "alder"} - {name}:
            served.uss(other).delete(INTENTS, told["id"], told["ovn"], want=403)
        client.delete(INTENTS, told["id"], told["ovn"])


def test_the_same_subject_of_two_issuers_is_one(many):
    """T8: with keys of one ecosystem, whichever of them signed."""
    place = dss.v.Spot()
    first, second = many.centre.uss("alder"), many.centre.uss("alder")
    told = first.filed(place.volume())
    second.token = lambda: many.second.token("alder")
    second.delete(INTENTS, told["id"], told["ovn"])


def test_flags_need_their_scopes_where_that_is_asked_for(many):
    """S9: `--strict-scopes yes`."""
    place = dss.v.Spot()
    for scopes, flags, status in (("sc", (True, False), 200), ("sc", (True, True), 403), ("sc", (False, True), 403),
                                  ("cp", (True, False), 403), ("cp", (False, True), 200), ("sc cp", (True, True), 200)):
        client = many.centre.uss("alder", *scopes.split())
        client.put(dss.SUBSCRIPTIONS, new_id(), client.subscription(place.volume(), *flags), want=status)
    for scopes, status in (("sc", 403), ("sc cp", 201)):
        client = many.centre.uss("alder", *scopes.split())
        body = {**client.intent(dss.v.Spot().volume()), "new_subscription": client.implicit(notify_for_constraints=True)}
        client.put(INTENTS, new_id(), body, want=status)


def test_http_where_it_is_allowed(many, served):
    """U1: `--http-base-urls yes`, and what is no URL of the web stays refused."""
    place = dss.v.Spot()
    for url, status in (("http://alder.localutm:8080/utm", 201), ("https://alder.example", 201), ("ftp://alder.example", 400),
                        ("alder.example/utm", 400), ("javascript:alert(1)", 400), ("", 400)):
        client = many.centre.uss("alder")
        there = {**client.intent(dss.v.Spot().volume()), "uss_base_url": url}
        told = client.put(INTENTS, new_id(), there, want=status)
        assert status == 400 or told[ONE[INTENTS]]["uss_base_url"] == url
    client = served.uss("alder")
    client.put(INTENTS, new_id(), {**client.intent(place.volume()), "uss_base_url": "http://alder.example"}, want=400)
