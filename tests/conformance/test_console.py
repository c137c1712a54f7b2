"""The console's door over real sockets: sessions of people, the API by their cookie, live streams, a second factor, links."""
import base64
import http.client
import json
import os
import ssl
import subprocess
import time
import uuid

import pytest

import centre as c
from browser import OWN, Browser, Live, code_of, signed_in

RU, MFA, IL, IR, US = "ru/general-staff", "ru/mfa", "il/general-staff", "ir/general-staff", "us/defense"
TOPICS = ["agreements", "conflicts", "duties", "intents", "items", "notices", "sites", "watch"]


@pytest.fixture(scope="module")
def running():
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


@pytest.fixture
def own():
    """A centre that a test may change for good."""
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


def again(centre):
    """The same centre after a restart."""
    centre.close()
    return c.Centre(centre.data)


def command(centre, office, kind, body, person=True):
    return centre.ask("POST", "/api/v1/commands", office, json.dumps({"kind": kind, "body": body}),
                      {"Content-Type": "application/json"}, person)


def revoke(centre, office, person):
    answer = command(centre, office, "revoke_person", {"person": person})
    assert answer.status == 200, answer.body
    return answer


# --- sessions ---
def test_a_person_signs_in_and_is_told_who_she_is(running):
    browser = Browser(running)
    answer = browser.sign_in(RU)
    assert answer.status == 200, answer.body
    told = answer.json()
    assert told["person"] == "duty@ru" and told["office"] == RU and told["demo"] is True
    assert [one["office"] for one in told["offices"]] == [RU, MFA]
    assert "admin" in told["offices"][0]["roles"] and told["centre_name"] and told["origin"]
    cookie = answer.header("Set-Cookie")
    assert cookie.startswith("comity=") and cookie.count(";") == 4
    for part in ("Path=/console", "HttpOnly", "SameSite=Strict", "Max-Age="):
        assert part in cookie, cookie
    shown = browser.ask("GET", "/console/session")
    assert shown.status == 200 and shown.json() == told
    assert shown.header("Cache-Control") == "private, no-store"


def test_every_failure_to_sign_in_is_the_same(running):
    who = running.access[IL]
    wrong = [{"person": who["person"], "password": "wrong"}, {"person": "nobody@il", "password": "wrong"},
             {"person": who["client"], "password": who["client_password"]},
             {"person": who["person"], "password": who["person_password"], "office": RU},
             {"link": "no-link"}, {"person": "", "password": ""}]
    answers = [Browser(running).ask("POST", "/console/session", body) for body in wrong]
    assert {answer.status for answer in answers} == {401}
    assert len({answer.bytes() for answer in answers}) == 1, [answer.bytes() for answer in answers]
    assert answers[0].header("WWW-Authenticate") is None and answers[0].header("Set-Cookie") is None


def test_a_form_that_is_none_is_said_to_be_none(running):
    assert Browser(running).ask("POST", "/console/session", {"person": "a"}).status == 422
    assert Browser(running).ask("POST", "/console/session", {"person": "a", "password": "b", "c": 1}).status == 422
    assert Browser(running).ask("POST", "/console/session", headers={"Content-Type": "text/plain"}).status == 415
    assert Browser(running).ask("PUT", "/console/session").status == 405


def test_what_has_effects_comes_from_a_page_of_this_origin(running):
    browser = signed_in(running, RU)
    elsewhere = [{}, {"Comity-Console": "0"}, {**OWN, "Sec-Fetch-Site": "same-site"}, {**OWN, "Sec-Fetch-Site": "cross-site"},
                 {**OWN, "Origin": "http://elsewhere.example"}, {**OWN, "Origin": "null"},
                 {**OWN, "Origin": f"http://ru.localhost:{running.port}"}]
    for path in ("/console/session", "/console/sessions", "/console/api/v1/people/duty@ru", "/console/api/v1/nothing/there"):
        answers = [browser.ask("DELETE", path, headers=fields, own=False) for fields in elsewhere]
        known = "nothing" not in path
        assert {answer.status for answer in answers} == {403 if known else 404}, path
        assert len({answer.bytes() for answer in answers}) == 1
    without = Browser(running).ask("DELETE", "/console/api/v1/people/duty@ru", own=False)
    assert without.status == 403, "asked before who asks is looked at"
    assert browser.ask("GET", "/console/session").status == 200, "nothing was done"
    at_ru = {**OWN, "Origin": f"http://ru.localhost:{running.port}", "Host": f"ru.localhost:{running.port}"}
    assert browser.ask("POST", "/console/session/office", {"office": RU}, at_ru, own=False).status == 200


def test_no_other_door_looks_at_the_cookie(running):
    browser = signed_in(running, RU)
    for path in ("/api/v1/me", "/api/v1/agreements", "/taxii2/", "/api/v1/notices"):
        answer = browser.ask("GET", path, headers={"Accept": "*/*"})
        assert answer.status == 401, path
        assert answer.bytes() == Browser(running).ask("GET", path, headers={"Accept": "*/*"}).bytes()
    as_token = {"Authorization": f"Bearer {browser.cookie}"}
    assert Browser(running).ask("GET", "/api/v1/me", headers=as_token).status == 401
    assert browser.ask("POST", "/api/v1/token", {}).status == 401


def test_an_authorization_beside_the_cookie_is_not_looked_at(running):
    browser = signed_in(running, RU)
    il = running.access[IL]
    credential = base64.b64encode(f"{il['person']}:{il['person_password']}".encode()).decode()
    for value in (f"Basic {credential}", "Basic nonsense", "Bearer x"):
        fields = {"Authorization": value}
        assert browser.ask("GET", "/console/api/v1/me", headers=fields).json()["office"] == RU
        alone = Browser(running).ask("GET", "/console/api/v1/me", headers=fields)
        assert alone.status == 401 and alone.header("WWW-Authenticate") is None


def test_the_api_by_the_cookie_is_the_api(running):
    browser = signed_in(running, RU)
    for path in ("parties", "agreements", "agreements/ru.il-staff", "items?role=received", "refusals", "duties", "notices",
                 "conflicts", "intents", "sites", "watch", "records?limit=3", "nothing", "agreements/nothing"):
        by_cookie = browser.ask("GET", "/console/api/v1/" + path)
        by_password = running.ask("GET", "/api/v1/" + path, RU, headers={"Accept": "application/json"}, person=True)
        assert (by_cookie.status, by_cookie.body) == (by_password.status, by_password.body), path
    done = browser.ask("POST", "/console/api/v1/commands", {"kind": "set_roles", "body": {
        "person": "duty@ru", "office": "ru/general-staff", "roles": ["host"]}})
    assert done.status == 422, "a refusal is a ruling here too"


def test_a_cookie_that_is_changed_twice_or_none_signs_nobody_in(running):
    browser = signed_in(running, RU)
    cookie = browser.cookie
    other = cookie[:9] + ("B" if cookie[9] == "A" else "A") + cookie[10:]
    for value in ("", f"comity={other}", f"comity={cookie}x", f"comity={cookie}; comity={cookie}", f"__Host-comity={cookie}",
                  f"Comity={cookie}"):
        assert Browser(running).ask("GET", "/console/session", headers={"Cookie": value}).status == 401, value


def test_a_person_acts_as_one_office(own):
    browser = signed_in(own, RU)
    first = browser.cookie
    assert browser.ask("POST", "/console/session/office", {"office": IL}).status == 403
    assert browser.ask("POST", "/console/session/office", {"office": "ru/nothing"}).status == 403
    told = browser.ask("POST", "/console/session/office", {"office": MFA})
    assert told.status == 200 and told.json()["office"] == MFA
    assert browser.ask("GET", "/console/api/v1/me").json()["office"] == MFA
    assert Browser(own, first).ask("GET", "/console/session").status == 401, "the one before has ended"


def test_signing_out_is_durable(own):
    here, elsewhere = signed_in(own, RU), signed_in(own, RU)
    kept = here.cookie
    answer = here.ask("DELETE", "/console/session")
    assert answer.status == 204 and "Max-Age=0" in answer.header("Set-Cookie")
    assert here.cookie is None
    assert here.ask("DELETE", "/console/session").status == 204, "twice is once"
    restarted = again(own)
    try:
        assert Browser(restarted, kept).ask("GET", "/console/session").status == 401
        assert Browser(restarted, elsewhere.cookie).ask("GET", "/console/session").status == 200, "it outlives a restart"
    finally:
        restarted.close()


def test_signing_out_everywhere_ends_sessions_links_and_tokens(own):
    browsers = [signed_in(own, RU), signed_in(own, MFA), signed_in(own, IL)]
    token = own.ask("POST", "/api/v1/token", RU, person=True).json()["token"]
    link = own.ask("POST", "/api/v1/link", RU, person=True).json()["link"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert own.ask("GET", "/api/v1/me", headers=bearer).status == 200
    assert browsers[0].ask("DELETE", "/console/sessions").status == 204
    assert browsers[1].ask("GET", "/console/session").status == 401
    assert browsers[2].ask("GET", "/console/session").status == 200, "somebody else's"
    assert own.ask("GET", "/api/v1/me", headers=bearer).status == 401
    assert Browser(own).ask("POST", "/console/session", {"link": link}).status == 401
    assert own.ask("GET", "/api/v1/me", RU, person=True).status == 200, "the password holds"
    assert signed_in(own, RU).ask("GET", "/console/session").status == 200


def test_a_new_password_other_roles_or_a_revocation_ends_a_session(own):
    admin = signed_in(own, RU)
    for number, end in enumerate([
            ("set_credential", {"user": "p{}@ru", "password": "another"}), ("revoke_person", {"person": "p{}@ru"}),
            ("set_roles", {"person": "p{}@ru", "office": RU, "roles": []})]):
        made = command(own, RU, "register_person", {"slug": f"p{number}", "office": RU, "roles": ["watch"], "password": "secret"})
        assert made.status == 200, made.body
        person = Browser(own)
        assert person.ask("POST", "/console/session", {"person": f"p{number}@ru", "password": "secret"}).status == 200
        stream = Live(own, person)
        assert stream.next()
        kind, body = end
        body = {name: value.format(number) if isinstance(value, str) else value for name, value in body.items()}
        assert command(own, RU, kind, body).status == 200
        took = stream.ends_within(5)
        assert took is not None and took < 1, (kind, took)
        assert person.ask("GET", "/console/session").status == 401, kind
    assert admin.ask("GET", "/console/session").status == 200


def test_by_tls_the_cookie_is_secure_and_has_a_name_that_says_so(tmp_path):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-out", tmp_path / "cert.pem", "-keyout", tmp_path / "key.pem"], check=True, capture_output=True)

    class Secure(c.Centre):
        scheme = "https"

        def connect(self):
            context = ssl._create_unverified_context()
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=context)

    secure = Secure(c.load_scenario(), options=("--tls-cert", tmp_path / "cert.pem", "--tls-key", tmp_path / "key.pem"))
    try:
        browser = Browser(secure)
        given = browser.sign_in(RU).header("Set-Cookie")
        assert given.startswith("__Secure-comity=") and given.endswith("; HttpOnly; SameSite=Strict; Secure"), given
        assert browser.ask("GET", "/console/api/v1/me").json()["office"] == RU
        plain = {"Cookie": f"comity={browser.cookie}"}
        assert Browser(secure).ask("GET", "/console/session", headers=plain).status == 401, "one that was set without TLS"
    finally:
        secure.close()


# --- the stream ---
def note(centre, office, number, root="ru.il-staff"):
    at = f"2026-01-01T00:00:{number:02}.000Z"
    centre.post(office, root, [json.dumps({
        "type": "report", "spec_version": "2.1", "id": f"report--{uuid.uuid4()}", "created": at, "modified": at,
        "name": f"Report {number}", "published": at, "labels": ["isil"], "object_refs": [f"campaign--{uuid.uuid4()}"]}).encode()])


def test_a_page_is_told_which_of_its_topics_have_changed(running):
    ru, ir = signed_in(running, RU), signed_in(running, IR)
    stream, other = Live(running, ru), Live(running, ir)
    assert stream.status == 200 and b"text/event-stream" in stream.head
    id, marks = stream.next()
    assert list(marks) == TOPICS and all(isinstance(mark, str) and mark for mark in marks.values())
    assert other.next()[1]["items"] != marks["items"], "marks are of one viewer"
    assert stream.next(within=0.5) is None, "nothing has changed"
    note(running, IL, 1)
    new_id, new_marks = stream.next()
    assert new_marks["items"] != marks["items"] and new_id != id
    assert {topic for topic in TOPICS if new_marks[topic] != marks[topic]} == {"items"}
    assert other.next(within=1) is None, "what is hidden moves no mark"
    stream.close()
    same = Live(running, ru, last=new_id)
    assert same.next(within=0.7) is None, "it has that already"
    note(running, IL, 2)
    assert same.next()[1]["items"] not in (marks["items"], new_marks["items"])
    same.close()
    behind = Live(running, ru, last=id)
    assert behind.next()[1]["items"] != marks["items"], "what was missed comes at once"
    behind.close()
    theirs = Live(running, ir, last=new_id)
    assert theirs.next() is not None, "another one's id is no id"
    theirs.close(), other.close()


def test_a_stream_is_sent_no_more_than_ten_events_a_second(running):
    stream = Live(running, signed_in(running, RU))
    assert stream.next()
    started = time.monotonic()
    for number in range(25):
        note(running, IL, 10 + number)
    events = 0
    while stream.next(within=0.5):
        events += 1
    took = time.monotonic() - started
    assert 1 <= events <= took * 10 + 1, (events, took)
    stream.close()


def test_a_page_is_told_by_time_alone_that_a_site_is_stale(running):
    browser = signed_in(running, US)
    stale_at = time.time() + 4
    stream, other = Live(running, browser), Live(running, signed_in(running, IR))
    before = stream.next()[1]
    assert other.next()
    site = {"id": str(uuid.uuid4()), "kind": "hospital", "name": "A place", "source": "somebody", "measured": "a map",
            "reconfirm_by": time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(stale_at)),
            "extents": [{"polygon": [[400000000, 350000000], [401000000, 350000000], [400000000, 351000000]]}]}
    done = browser.ask("POST", "/console/api/v1/commands", {"kind": "put_site", "body": site})
    assert done.status == 200, done.body
    filed = stream.next()[1]
    assert filed["sites"] != before["sites"]
    assert [one["stale"] for one in browser.ask("GET", "/console/api/v1/sites").json()] == [False]
    told = stream.next(within=8)
    assert told and {topic for topic in TOPICS if told[1][topic] != filed[topic]} == {"sites"}
    assert int(stale_at) <= time.time() < int(stale_at) + 2, "when it is, and not at some beat or act of others"
    assert [one["stale"] for one in browser.ask("GET", "/console/api/v1/sites").json()] == [True]
    assert other.next(within=1) is None, "nobody else is told"
    stream.close(), other.close()


def test_streams_are_so_many_for_a_person(running):
    browser = signed_in(running, "tr/general-staff")
    streams = [Live(running, browser) for _ in range(17)]
    assert [stream.status for stream in streams] == [200] * 16 + [429]
    for stream in streams:
        stream.close()
    assert Browser(running).ask("GET", "/console/live").status == 401


# --- a second factor ---
def test_a_second_factor_is_asked_for_and_each_code_counts_once(own):
    browser, other = signed_in(own, IL), signed_in(own, IL)
    shown = browser.ask("POST", "/console/totp")
    assert shown.status == 200, shown.body
    secret = shown.json()["secret"]
    assert shown.json()["url"].startswith("otpauth://totp/") and secret in shown.json()["url"]
    now = time.time()
    code = code_of(secret, now + 30)  # steps that have begun when the centre starts are not taken: the next one is
    assert other.ask("DELETE", "/console/totp", {"code": code}).status == 409, "there is none yet"
    done = browser.ask("PUT", "/console/totp", {"code": code})
    assert done.status == 200, done.body
    assert browser.ask("GET", "/console/session").status == 200
    assert other.ask("GET", "/console/session").status == 401, "as by a new password"
    wrong = [Browser(own).sign_in(IL), Browser(own).sign_in(IL, code="000000"), Browser(own).sign_in(IL, code=code)]
    assert [one.status for one in wrong] == [401] * 3, "without one, with a wrong one, with one that was used"
    assert own.ask("GET", "/api/v1/me", IL, person=True).status == 401, "nor by the password alone"
    assert browser.ask("POST", "/console/totp").status == 409
    time.sleep(max(0.0, (int(now) // 30 + 1) * 30 - time.time()) + 1)
    fresh = code_of(secret, time.time() + 30)
    assert Browser(own).sign_in(IL, code=fresh).status == 200
    assert Browser(own).sign_in(IL, code=fresh).status == 401
    assert own.ask("GET", "/api/v1/me", IL, person=True, headers={"Comity-Code": fresh}).status == 401


def test_a_second_factor_does_not_go_by_a_session_or_a_token(own):
    token = own.ask("POST", "/api/v1/token", US, person=True).json()["token"]
    browser = signed_in(own, US)
    secret = browser.ask("POST", "/console/totp").json()["secret"]
    assert browser.ask("PUT", "/console/totp", {"code": code_of(secret, time.time() + 30)}).status == 200
    assert browser.ask("DELETE", "/console/totp", {"code": "000000"}).status == 422
    assert Browser(own).sign_in(US).status == 401
    stolen = {"kind": "set_credential", "body": {"user": "duty@us", "password": "a thief's own"}}
    assert browser.ask("POST", "/console/api/v1/commands", stolen).status == 403
    answer = own.ask("POST", "/api/v1/commands", None, json.dumps(stolen), headers={
        "Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    assert answer.status in (401, 403), "a token from before has ended; another would be refused"
    assert browser.ask("GET", "/console/session").status == 200, "nothing has changed"
    assert Browser(own).sign_in(US).status == 401


def test_a_page_that_thinks_it_is_another_office_is_nobody(own):
    browser = signed_in(own, RU)
    assert browser.ask("GET", "/console/api/v1/me", headers={"Comity-Office": RU}).status == 200
    assert browser.ask("POST", "/console/session/office", {"office": MFA}).status == 200
    assert browser.ask("GET", "/console/api/v1/me", headers={"Comity-Office": RU}).status == 401
    assert browser.ask("POST", "/console/api/v1/commands", {"kind": "sign_on_watch", "body": {}},
                       headers={"Comity-Office": RU}).status == 401, "it would act as the other one"
    assert browser.ask("GET", "/console/api/v1/me").json()["office"] == MFA


def test_a_page_that_thinks_it_is_another_person_is_nobody(own):
    made = command(own, RU, "register_person", {"slug": "second", "office": RU, "roles": ["watch"], "password": "secret"})
    assert made.status == 200, made.body
    browser = signed_in(own, RU)
    first = {"Comity-Office": RU, "Comity-Person": own.access[RU]["person"]}
    assert browser.ask("GET", "/console/api/v1/me", headers=first).status == 200
    before, stream = browser.cookie, Live(own, browser)
    assert stream.next()
    assert browser.ask("POST", "/console/session", {"person": "second@ru", "password": "secret"}).json()["office"] == RU
    assert stream.ends_within(1) is not None, "what the first one's page had open"
    assert Browser(own, before).ask("GET", "/console/session").status == 401, "a browser has one session"
    assert browser.ask("GET", "/console/api/v1/me", headers=first).status == 401
    assert browser.ask("POST", "/console/api/v1/commands", {"kind": "sign_on_watch", "body": {}}, headers=first).status == 401
    assert browser.ask("GET", "/console/live", headers=first).status == 401
    assert browser.ask("GET", "/console/api/v1/me", headers={**first, "Comity-Person": "second@ru"}).status == 200


def test_who_fails_to_sign_in_ends_no_session(own):
    browser = signed_in(own, RU)
    before = browser.cookie
    assert browser.ask("POST", "/console/session", {"person": own.access[RU]["person"], "password": "wrong"}).status == 401
    assert Browser(own, before).ask("GET", "/console/session").status == 200


# --- links ---
def cli(centre, office, *words):
    keys = centre.data / "demo-keys"
    environment = {**os.environ, "COMITY_CREDENTIALS": str(keys / "credentials.toml"), "COMITY_URL": centre.url}
    return subprocess.run([c.PROGRAM, "--as", office, *words], env=environment, capture_output=True, text=True, timeout=60)


def test_a_link_signs_in_once(own):
    made = own.ask("POST", "/api/v1/link", RU, person=True)
    assert made.status == 200 and set(made.json()) == {"link", "expires"}
    assert own.ask("POST", "/api/v1/link", RU).status == 403, "machines have none"
    assert own.ask("POST", "/api/v1/link").status == 401
    token = own.ask("POST", "/api/v1/token", RU, person=True).json()["token"]
    assert own.ask("POST", "/api/v1/link", headers={"Authorization": f"Bearer {token}"}).status == 403
    link = made.json()["link"]
    browser = Browser(own)
    assert browser.ask("GET", "/console/session", headers={"Cookie": f"comity={link}"}).status == 401, "no session by itself"
    answer = browser.ask("POST", "/console/session", {"link": link})
    assert answer.status == 200 and answer.json()["office"] == RU
    assert Browser(own).ask("POST", "/console/session", {"link": link}).status == 401
    unused = own.ask("POST", "/api/v1/link", RU, person=True).json()["link"]
    restarted = again(own)
    try:
        assert Browser(restarted).ask("POST", "/console/session", {"link": link}).status == 401, "used up for ever"
        assert Browser(restarted).ask("POST", "/console/session", {"link": unused}).status == 200
    finally:
        restarted.close()


def test_the_command_line_makes_a_link(running):
    done = cli(running, MFA, "people", "link")
    assert done.returncode == 0, done.stderr
    address, link = done.stdout.strip().split("#")
    assert address == running.url + "/sign-in"
    answer = Browser(running).ask("POST", "/console/session", {"link": link})
    assert answer.status == 200 and answer.json()["office"] == MFA


def test_a_demo_makes_links_for_its_parties_on_this_machine_alone(running):
    told = Browser(running).ask("GET", "/console/demo")
    assert told.status == 200, told.body
    people = {one["office"]: one for one in told.json()["people"]}
    assert {RU, MFA, IL, IR, US} <= set(people) and people[RU]["host"] == "ru.localhost"
    answer = Browser(running).ask("POST", "/console/session", {"link": people[IR]["link"]},
                                  {"Host": f"ir.localhost:{running.port}", "Origin": f"http://ir.localhost:{running.port}"})
    assert answer.status == 200 and answer.json()["office"] == IR
    assert Browser(running).ask("GET", "/console/demo", headers={"Host": "elsewhere.example"}).status == 404
    assert Browser(running).ask("GET", "/console/demo", headers={"Sec-Fetch-Site": "cross-site"}).status == 404


# --- the application ---
def test_the_application_is_served_with_what_keeps_it_inert(running):
    for path in ("/", "/sign-in", "/watch", "/agreements", "/agreements/ru.il-staff", "/exchange", "/tour", "/people"):
        answer = Browser(running).ask("GET", path)
        assert answer.status == 200 and answer.header("Content-Type") == "text/html; charset=utf-8", path
        assert answer.header("Cache-Control") == "no-cache"
        policy = answer.header("Content-Security-Policy")
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';") and "unsafe" not in policy
        assert answer.header("X-Content-Type-Options") == "nosniff" and answer.header("Referrer-Policy") == "no-referrer"
        assert answer.header("Cross-Origin-Opener-Policy") == "same-origin"
        assert answer.header("Cross-Origin-Resource-Policy") == "same-origin" and answer.header("Permissions-Policy")
        head = Browser(running).ask("HEAD", path)
        assert head.status == 200 and head.body == b"" and int(head.header("Content-Length")) == len(answer.body)
    for path in ("/nothing", "/assets/nothing.js", "/assets/", "/console", "/agreement/x"):
        assert Browser(running).ask("GET", path).status == 404, path
    assert Browser(running).ask("POST", "/", {}).status == 405


def test_assets_are_kept_and_the_first_page_is_asked_for_again(running):
    page = Browser(running).ask("GET", "/")
    tag = page.header("ETag")
    if not tag:
        pytest.skip("this build has no console")
    same = Browser(running).ask("GET", "/watch", headers={"If-None-Match": tag})
    assert same.status == 304 and same.body == b"" and same.header("ETag") == tag
    import gzip
    import re
    for name in set(re.findall(rb'(?:src|href)="(/assets/[^"]+)"', page.body)):
        plain = Browser(running).ask("GET", name.decode(), headers={"Accept-Encoding": "identity"})
        packed = Browser(running).ask("GET", name.decode(), headers={"Accept-Encoding": "br, gzip;q=0.5"})
        refused = Browser(running).ask("GET", name.decode(), headers={"Accept-Encoding": "gzip;q=0, *"})
        assert plain.status == packed.status == 200
        assert plain.header("Cache-Control") == "public, max-age=31536000, immutable"
        assert plain.header("Content-Encoding") is None and refused.header("Content-Encoding") is None
        if packed.header("Content-Encoding"):
            assert gzip.decompress(packed.body) == plain.body and packed.header("ETag") != plain.header("ETag")


def test_maps_of_the_site_are_for_whoever_is_signed_in(running):
    folder = running.data / "maps"
    folder.mkdir(exist_ok=True)
    octets = bytes(range(256)) * 40
    (folder / "gulf.pmtiles").write_bytes(octets)
    (folder / "notes.txt").write_text("not a map")
    (folder / "out.pmtiles").symlink_to(running.data / "demo-keys/access.json")
    browser = signed_in(running, RU)
    assert "gulf.pmtiles" in browser.ask("GET", "/console/maps").json()["maps"]

    def part(name, asked, who=browser):
        return who.ask("GET", f"/console/maps/{name}", headers={"Range": asked} if asked else {})
    first = part("gulf.pmtiles", "bytes=0-126")
    assert first.status == 206 and first.body == octets[:127] and first.header("Content-Range") == f"bytes 0-126/{len(octets)}"
    assert part("gulf.pmtiles", "bytes=10200-").body == octets[10200:] and part("gulf.pmtiles", "bytes=-5").body == octets[-5:]
    assert part("gulf.pmtiles", "bytes=10000-99999").header("Content-Range") == f"bytes 10000-{len(octets) - 1}/{len(octets)}"
    for asked in (None, "bytes=20000-", "bytes=5-4", "bytes=0-1,3-4", "items=0-1", "bytes=-"):
        assert part("gulf.pmtiles", asked).status == 416, asked
    for name in ("notes.txt", "out.pmtiles", "none.pmtiles", ".pmtiles"):
        assert part(name, "bytes=0-9").status == 404, name
    assert part("gulf.pmtiles", "bytes=0-9", Browser(running)).status == 401
