"""People sign in to the console by a provider of identities, over real sockets (25-isolation C5, G12): a provider of another program's make,
every way in which it may be wrong, and what ends what it began."""
import base64
import hashlib
import hmac
import http.client
import json
import ssl
import subprocess
import threading
import time
import urllib.parse

import pytest

jwt = pytest.importorskip("jwt", reason="python3-jwt makes the tokens")
import centre as c  # noqa: E402
from browser import OWN, Live  # noqa: E402
from openid_provider import KEYS, Provider  # noqa: E402
from test_frameworks import OwnCentre  # noqa: E402
from test_issuers import number, pem, segment  # noqa: E402

from cryptography.hazmat.primitives import serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec  # noqa: E402

SUBJECT, RU, IQ = "8f3a61", "ru/staff", "iq/defence"


class Jar:
    """A browser that keeps cookies by name and sends each below its path."""

    def __init__(self, centre):
        self.centre, self.cookies, self.attributes = centre, {}, {}

    def ask(self, method, path, body=None, headers=None):
        where = path.split("?")[0]
        sent = {name: value for name, (value, below) in self.cookies.items() if where.startswith(below)}
        fields = {"Accept": "application/json", **(OWN if method != "GET" else {}), **(headers or {})}
        if body is not None:
            fields["Content-Type"] = "application/json"
        if sent:
            fields["Cookie"] = "; ".join(f"{name}={value}" for name, value in sent.items())
        connection = self.centre.connect()
        connection.request(method, path, body=None if body is None else json.dumps(body), headers=fields)
        answer = c.Answer(connection.getresponse())
        connection.close()
        for name, text in answer.headers:
            if name.lower() != "set-cookie":
                continue
            pair, *more = text.split("; ")
            key, _, value = pair.partition("=")
            attributes = dict(one.partition("=")[::2] for one in more)
            self.attributes[key] = attributes
            self.cookies[key] = (value, attributes["Path"])
            if attributes["Max-Age"] == "0":
                del self.cookies[key]
        return answer

    def away(self, path="/console/openid/1?then=%2Fexchange"):
        answer = self.ask("GET", path, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status == 303, (answer.status, answer.body)
        return answer.header("Location")

    def back(self, path):
        """As the browser comes: a navigation that another site began."""
        return self.ask("GET", path, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})

    def who(self):
        answer = self.ask("GET", "/console/session")
        return answer.json() if answer.status == 200 else None


class World:
    def __init__(self, folder):
        self.folder = folder
        self.provider = Provider(folder)
        self.own = OwnCentre(folder)
        self.own.admit_parties()
        self.other = ec.generate_private_key(ec.SECP256R1())
        for party, office in (("ru", RU), ("iq", IQ)):
            self.register(party)
            self.own.made("issuers", "allow", f"{party}/login", self.provider.url, who="anna")
            self.own.made("people", "add", "anna", office, "--role", "watch", "--role", "admin", "--issuer", "login", "--subject",
                          SUBJECT, who=party)
        self.own.running.close()
        (folder / "login.secret").write_text(self.provider.secret + "\n")
        (folder / "login.secret").chmod(0o600)
        self.files = [self.file("login.toml"), self.file("other.toml", issuer="iq/login", label="Ministry of Iq"),
                      self.file("far.toml", allow=[]), self.file("public.toml", secret=False)]
        self.start()

    def register(self, party="ru", roles=("watch", "releasing"), keys=None):
        """Each party has keys of its own: those of ru are the provider's, iq's is another."""
        path = self.folder / f"{party}.keys"
        path.write_bytes(json.dumps(keys or self.keys()).encode() if party == "ru" else pem(self.other))
        words = [word for role in roles for word in ("--role", role)]
        self.own.made("issuers", "register", "login", self.provider.url, "--keys", path, *words, who=party)

    def keys(self, *wanted):
        made = []
        for algorithm in wanted or KEYS:
            public = KEYS[algorithm].public_key()
            if algorithm == "RS256":
                numbers = public.public_numbers()
                made.append({"kty": "RSA", "kid": algorithm, "n": number(numbers.n), "e": number(numbers.e)})
            elif algorithm == "ES256":
                point = public.public_numbers()
                made.append({"kty": "EC", "crv": "P-256", "kid": algorithm, "x": number(point.x, 32), "y": number(point.y, 32)})
            else:
                raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
                made.append({"kty": "OKP", "crv": "Ed25519", "kid": algorithm, "x": number(int.from_bytes(raw, "big"), 32)})
        return {"keys": made}

    def file(self, name, issuer="ru/login", label="Ministry", allow=("127.0.0.1", "::1"), secret=True):
        path = self.folder / name
        path.write_text(f'issuer = "{issuer}"\nlabel = "{label}"\nclient-id = "{self.provider.client_id}"\n'
                        f'authorization-endpoint = "{self.provider.url}/authorize"\ntoken-endpoint = "{self.provider.url}/token"\n'
                        f'allow = {json.dumps(list(allow))}\n' + ('client-secret-file = "login.secret"\n' if secret else ""))
        path.chmod(0o644)
        return path

    def start(self, *more, authorities=True):
        options = [word for path in self.files for word in ("--openid", str(path))]
        trusted = ("--call-ca", str(self.folder / "ca.pem")) if authorities else ()
        self.own.running = c.Centre(self.own.data, options=("--public-url", "http://centre.example", *trusted, *options, *more))

    def jar(self):
        return Jar(self.own.running)

    def through(self, location):
        """What the provider answers to a browser that comes from there: the path to come back to."""
        parts = urllib.parse.urlsplit(location)
        assert f"{parts.scheme}://{parts.netloc}" == self.provider.url
        context = ssl.create_default_context(cafile=str(self.folder / "ca.pem"))
        connection = http.client.HTTPSConnection("localhost", self.provider.port, context=context, timeout=20)
        connection.request("GET", f"{parts.path}?{parts.query}")
        back = connection.getresponse().getheader("Location")
        connection.close()
        assert back.startswith("http://centre.example/console/openid/return?"), back
        return back.removeprefix("http://centre.example")

    def signed_in(self, path="/console/openid/1", jar=None):
        jar = jar or self.jar()
        return jar, jar.back(self.through(jar.away(path)))

    def log(self):
        return (self.own.data / "serve.log").read_text()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    one = World(tmp_path_factory.mktemp("openid"))
    yield one
    one.own.running.close()
    one.provider.close()


@pytest.fixture
def world(made):
    """The centre is another process each time: what one test did wrong keeps no other waiting."""
    made.provider.reset()
    made.provider.algorithm = "ES256"
    made.own.running.close()
    made.start()
    return made


def did_not_work(world, jar, answer):
    """One thing is told, whatever was wrong: by a number under which the host finds its reason."""
    assert answer.status == 303 and answer.body == b"", (answer.status, answer.body)
    where = answer.header("Location")
    assert where.startswith("/sign-in?failed="), where
    assert "comity" not in jar.cookies and jar.who() is None
    assert "comity-openid" not in jar.cookies, "nothing is left of the journey"
    headers = [(name, value) for name, value in answer.headers if name != "Location"]
    return where.removeprefix("/sign-in?failed="), headers


def test_a_person_signs_in(world):
    assert [one["label"] for one in world.jar().ask("GET", "/public/sign-in").json()["openid"]][:2] == ["Ministry", "Ministry of Iq"]
    jar = world.jar()
    location = jar.away()
    assert jar.attributes["comity-openid"] == {"Path": "/console/openid", "Max-Age": "600", "HttpOnly": "", "SameSite": "Lax"}
    answer = jar.back(world.through(location))
    assert answer.status == 303 and answer.header("Location") == "/sign-in?then=%2Fexchange", answer.headers
    assert jar.attributes["comity"]["SameSite"] == "Strict" and jar.attributes["comity"]["Path"] == "/console"
    who = jar.who()
    assert (who["person"], who["office"], who["issuer"]) == ("anna@ru", RU, "login")
    assert who["offices"] == [{"office": RU, "roles": ["watch"]}], "admin is not the issuer's to give, releasing not hers"
    me = jar.ask("GET", "/console/api/v1/me").json()
    assert me["roles"] == ["watch"]
    assert jar.ask("GET", "/console/api/v1/people").status == 403, "an admin's"
    headers, form = world.provider.asked[-1]
    assert set(form) == {"grant_type", "code", "redirect_uri", "code_verifier"}
    assert headers["Content-Type"] == "application/x-www-form-urlencoded" and "Cookie" not in headers
    assert jar.ask("DELETE", "/console/session").status == 204 and jar.who() is None


def test_who_signs_in_where_somebody_is_ends_that_session(world):
    jar, _ = world.signed_in()

    class Held:
        cookie = jar.cookies["comity"][0]
    live = Live(world.own.running, Held)
    assert live.status == 200 and live.next()
    location = jar.away()
    assert jar.who(), "not before she is back"
    jar.back(world.through(location))
    assert live.ends_within(1.0) is not None
    assert world.jar().ask("GET", "/console/session", headers={"Cookie": f"comity={Held.cookie}"}).status == 401
    assert jar.who()


@pytest.mark.parametrize("algorithm", KEYS)
def test_in_every_algorithm(world, algorithm):
    world.provider.algorithm = algorithm
    assert world.signed_in()[0].who()["person"] == "anna@ru"


def test_C5_two_parties_with_one_provider_and_one_subject(world):
    """Each with a key of its own: what one party's key signs is nobody of the other, under the same URL and the same subject."""
    theirs, answer = world.signed_in("/console/openid/2")
    did_not_work(world, theirs, answer)
    world.provider.sign = lambda claims: jwt.encode(claims, world.other, "ES256")
    theirs, answer = world.signed_in("/console/openid/2")
    assert theirs.who()["person"] == "anna@iq", world.log()[-500:]
    ours, answer = world.signed_in("/console/openid/1")
    did_not_work(world, ours, answer)


def tokens(world):
    """Answers of a token endpoint, each with something wrong."""
    now = int(time.time())
    changes = {"another issuer": {"iss": "https://login.example"}, "another client": {"aud": "another"},
               "several clients": {"aud": ["comity", "another"]}, "azp": {"azp": "another"}, "no aud": {"aud": None},
               "another login": {"nonce": "another"}, "no nonce": {"nonce": None}, "nobody's": {"sub": "8f3a62"},
               "another case": {"sub": SUBJECT.upper()}, "no sub": {"sub": None}, "over": {"exp": now - 1}, "for ever": {"exp": now + 10**8},
               "no exp": {"exp": None}, "from the future": {"iat": now + 300}, "an old one": {"iat": now - 300},
               "not yet": {"nbf": now + 300}}
    for what, change in changes.items():
        yield what, {"change": change}
    heads = {"alg none": lambda claims: segment({"alg": "none"}) + "." + segment(claims) + ".",
             "the public key as a secret": lambda claims: hmac_with(pem(KEYS["ES256"]), claims),
             "another algorithm": lambda claims: jwt.encode(claims, KEYS["RS256"], "PS256", {"kid": "RS256"}),
             "the name of another key": lambda claims: jwt.encode(claims, KEYS["ES256"], "ES256", {"kid": "RS256"}),
             "a stranger's key": lambda claims: jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256"),
             "the other party's key": lambda claims: jwt.encode(claims, world.other, "ES256"),
             "no token": lambda claims: "", "text": lambda claims: "a.b.c", "a long one": lambda claims: "a" * 20_000}
    for what, sign in heads.items():
        yield what, {"sign": sign}
    answers = {"an error": (400, b'{"error":"invalid_grant"}'), "a fault": (500, b""), "a redirect": (307, b""), "nothing": (200, b""),
               "a page": (200, b"<html>"), "a list": (200, b"[]"), "too much": (200, b'{"a":"' + b"a" * 70_000 + b'"}'),
               "another type": (200, b'{"token_type":"mac","id_token":"a.b.c"}')}
    for what, answer in answers.items():
        yield what, {"answer": lambda code, answer=answer: answer}


def hmac_with(secret, claims):
    signed = segment({"alg": "HS256", "kid": "ES256"}) + "." + segment(claims)
    return signed + "." + base64.urlsafe_b64encode(hmac.new(secret, signed.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()


def test_what_a_provider_does_wrong(world):
    told = []
    for what, wrong in tokens(world):
        world.provider.reset()
        for name, value in wrong.items():
            setattr(world.provider, name, value)
        jar, answer = world.signed_in()
        request, headers = did_not_work(world, jar, answer)
        assert request in world.log(), what
        told.append(headers)
        world.provider.reset()
        if len(told) % 10 == 0:
            assert world.signed_in()[0].who(), "and whoever comes next is let in"
    assert len(told) == 33 and all(one == told[0] for one in told), "nobody is told which"


def test_what_a_browser_brings_back_wrong(world):
    jar = world.jar()
    back = world.through(jar.away())
    parts = dict(urllib.parse.parse_qsl(back.partition("?")[2]))

    def path(**changes):
        made = {name: value for name, value in {**parts, **changes}.items() if value is not None}
        return "/console/openid/return?" + urllib.parse.urlencode(made)

    kept = jar.cookies["comity-openid"]
    for what, wrong in {"another state": path(state="a" * 43), "no state": path(state=None), "two states": path() + "&state=a",
                        "another issuer": path(iss="https://login.example"), "two issuers": path() + "&iss=a",
                        "no code": path(code=None), "an empty one": path(code=""), "a long one": path(code="a" * 5_000),
                        "two codes": path() + "&code=a", "a refusal": path(error="access_denied"),
                        "nothing": "/console/openid/return"}.items():
        jar.cookies["comity-openid"] = kept
        asked = len(world.provider.asked)
        did_not_work(world, jar, jar.back(wrong))
        assert len(world.provider.asked) == asked, what
    stranger = world.jar()
    did_not_work(world, stranger, stranger.back(path()))
    stranger.away()
    did_not_work(world, stranger, stranger.back(path()))
    jar.cookies["comity-openid"] = kept
    assert jar.back(path(iss=None)).header("Location").startswith("/sign-in?then="), "iss need not be said"
    assert jar.who()["person"] == "anna@ru"


def test_a_state_and_a_code_hold_once(world):
    jar = world.jar()
    back = world.through(jar.away())
    kept = jar.cookies["comity-openid"]
    jar.back(back)
    assert jar.who()
    thief = world.jar()
    thief.cookies["comity-openid"] = kept
    asked = len(world.provider.asked)
    did_not_work(world, thief, thief.back(back))
    assert len(world.provider.asked) == asked, "the state was used; nobody asks the provider"
    state = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(thief.away()).query))["state"]
    used = dict(urllib.parse.parse_qsl(back.partition("?")[2]))["code"]
    did_not_work(world, thief, thief.back("/console/openid/return?" + urllib.parse.urlencode({"code": used, "state": state})))
    assert jar.who(), "hers goes on"


def test_no_journey_begins_at_another_site(world):
    for site in ("cross-site", "same-site", "none"):
        answer = world.jar().ask("GET", "/console/openid/1", headers={"Sec-Fetch-Site": site})
        assert answer.status == 403 and answer.header("Set-Cookie") is None
    for path in ("/console/openid/0", "/console/openid/5", "/console/openid/1x", "/console/openid/-1", "/console/openid/"):
        assert world.jar().ask("GET", path).status == 404, path


def test_such_a_session_sets_no_password_and_no_factor(world):
    world.register(roles=("watch", "admin"))
    jar, _ = world.signed_in()
    assert jar.who()["offices"] == [{"office": RU, "roles": ["watch", "admin"]}]
    for user in ("anna@ru", "duty@ru"):
        answer = jar.ask("POST", "/console/api/v1/commands", {"kind": "set_credential", "body": {"user": user, "password": "mine from now on"}})
        assert answer.status in (403, 409, 422) and "not_permitted" in answer.body.decode(), answer.body
    answer = jar.ask("POST", "/console/api/v1/commands", {"kind": "set_subject", "body": {"person": "duty@ru", "issuer": "login", "subject": "x"}})
    assert "not_permitted" in answer.body.decode()
    for method, body in (("POST", None), ("PUT", {"code": "000000"}), ("DELETE", {"code": "000000"})):
        assert jar.ask(method, "/console/totp", body).status == 403
    assert jar.ask("POST", "/api/v1/link").status == 401 and jar.ask("POST", "/api/v1/token").status == 401
    assert jar.ask("POST", "/console/api/v1/token").status in (401, 404)
    world.register()
    assert jar.who() is None, "other roles are another issuer"


def test_whatever_changes_ends_a_session_within_a_second(world):
    made = world.own.made

    def ends(change):
        jar, _ = world.signed_in()
        assert jar.who()

        class Held:
            cookie = jar.cookies["comity"][0]
        live = Live(world.own.running, Held)
        assert live.status == 200 and live.next()
        change()
        assert jar.who() is None, "at once"
        assert live.ends_within(1.0) is not None, "its stream too"
        live.close()

    ends(lambda: world.register(roles=("watch",)))
    ends(lambda: world.register(keys=world.keys("ES256")))
    ends(lambda: made("issuers", "allow", "ru/login", world.provider.url, "--not", who="anna"))
    made("issuers", "allow", "ru/login", world.provider.url, who="anna")
    ends(lambda: made("people", "subject", "anna@ru", who="ru"))
    made("people", "subject", "anna@ru", "--issuer", "login", "--subject", SUBJECT, who="ru")
    ends(lambda: made("people", "roles", "anna@ru", RU, who="ru"))
    made("people", "roles", "anna@ru", RU, "--role", "watch", "--role", "admin", who="ru")
    ends(lambda: made("issuers", "revoke", "ru/login", who="ru"))
    jar, answer = world.signed_in()
    did_not_work(world, jar, answer)
    world.register()
    jar, answer = world.signed_in()
    did_not_work(world, jar, answer)
    made("issuers", "allow", "ru/login", world.provider.url, who="anna")
    time.sleep(1.1)  # tokens say whole seconds
    assert world.signed_in()[0].who(), "a token of now"


def test_where_the_centre_calls_is_the_hosts_word(world):
    """G12: the token endpoint is on loopback, and this provider's file allows no such address."""
    asked = len(world.provider.asked)
    jar, answer = world.signed_in("/console/openid/3")
    request, _ = did_not_work(world, jar, answer)
    assert len(world.provider.asked) == asked
    assert [line for line in world.log().splitlines() if request in line and "neither public nor allowed" in line]


def test_a_public_client_says_who_it_is(world):
    world.signed_in("/console/openid/4")
    headers, form = world.provider.asked[-1]
    assert "Authorization" not in headers and form["client_id"] == "comity"


def test_so_many_codes_at_once(world):
    """The thirty-third is not exchanged while thirty-two are."""
    gate, waiting = threading.Event(), threading.Semaphore(0)
    world.provider.before_answer = lambda: (waiting.release(), gate.wait(8))
    journeys = [(jar, world.through(jar.away())) for jar in (world.jar() for _ in range(33))]
    threads = [threading.Thread(target=jar.back, args=(path,)) for jar, path in journeys[:32]]
    try:
        for one in threads:
            one.start()
        for _ in threads:
            assert waiting.acquire(timeout=10)
        jar, path = journeys[32]
        request, _ = did_not_work(world, jar, jar.back(path))
        assert [line for line in world.log().splitlines() if request in line and "too many" in line]
    finally:
        gate.set()
        for one in threads:
            one.join()
    assert all(jar.who() for jar, _ in journeys[:32])


def test_before_and_after_a_restart(world):
    jar, _ = world.signed_in()
    waiting = world.jar()
    back = world.through(waiting.away())
    world.own.running.close()
    world.start()
    jar.centre = waiting.centre = world.own.running
    assert jar.who()["person"] == "anna@ru", "a session outlives it"
    did_not_work(world, waiting, waiting.back(back))


def test_a_certificate_that_nobody_vouches_for(world):
    world.own.running.close()
    world.start(authorities=False)
    asked = len(world.provider.asked)
    jar, answer = world.signed_in()
    request, _ = did_not_work(world, jar, answer)
    assert len(world.provider.asked) == asked
    assert [line for line in world.log().splitlines() if request in line and "not trusted" in line]


def test_many_failures_have_to_wait(world):
    """After fifty from one network not even a good one comes in, and nobody is told why."""
    stranger = world.jar()
    for _ in range(52):
        stranger.back("/console/openid/return?code=a&state=b")
    jar = world.jar()
    asked = len(world.provider.asked)
    did_not_work(world, jar, jar.back(world.through(jar.away())))
    assert len(world.provider.asked) == asked


def test_a_configuration_is_checked_with_the_files_of_its_providers(tmp_path):
    config, provider, secret = tmp_path / "comity.toml", tmp_path / "login.toml", tmp_path / "login.secret"
    config.write_text('data = "centre"\npublic-url = "https://centre.example"\nopenid = ["login.toml"]\n')

    def check():
        done = subprocess.run([c.PROGRAM, "config", "check", config], capture_output=True, text=True, timeout=20)
        return done.returncode, done.stdout + done.stderr

    def describe(**more):
        said = {"issuer": "ru/login", "label": "Sign in", "client-id": "comity", "client-secret-file": "login.secret",
                "authorization-endpoint": "https://login.example/auth", "token-endpoint": "https://login.example/token", **more}
        provider.write_text("".join(f'{name} = "{value}"\n' for name, value in said.items()))

    for path in (config, provider, secret):
        path.touch(mode=0o644)
        path.chmod(0o644)
    describe()
    code, said = check()
    assert code == 2 and str(secret) in said and f"chmod o= {secret}" in said, (code, said)
    secret.chmod(0o600)
    code, said = check()
    assert code == 2 and "is not a secret of one line" in said, (code, said)
    secret.write_text("s3cret&of/it\n")
    assert check()[0] == 0, check()
    for wrong in ({"token-endpoint": "http://login.example/token"}, {"issuer": "login"}, {"scope": "openid"}):
        describe(**wrong)
        code, said = check()
        assert code == 2 and f"{provider}, line" in said, (wrong, code, said)
    provider.unlink()
    code, said = check()
    assert code == 2 and str(provider) in said, (code, said)
