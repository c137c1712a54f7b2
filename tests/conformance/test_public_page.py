"""The public page over real sockets: what the centre is, who is here, replies; on where the host has them on."""
import tomllib

import pytest

import centre as c
from browser import OWN, Browser, signed_in

RU = "ru/general-staff"
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}
BOT = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}


@pytest.fixture
def running():
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


def officer(centre):
    """A browser of an officer of the host, whose password stands beside the keys of the demo."""
    people = tomllib.loads((centre.data / "demo-keys/credentials.toml").read_text())
    office, who = next((office, one) for office, one in people.items() if "officer" in one.get("key", ""))
    browser = Browser(centre)
    answer = browser.ask("POST", "/console/session", {"person": who["user"], "password": who["password"], "office": office})
    assert answer.status == 200, answer.body
    return browser


def test_the_page_says_what_everybody_may_know(running):
    told = Browser(running).ask("GET", "/public/centre")
    assert told.status == 200, told.body
    page = told.json()
    assert page["name"] and page["origin"] and page["demo"] is True and page["visits"] is True and page["replies"] is True
    public = {one["id"] for one in page["agreements"]}
    every = {one["id"] for office in (RU, "us/defense", "il/general-staff")
             for one in running.ask("GET", "/api/v1/agreements", office, person=True).json()["agreements"]}
    assert public < every, "not the hidden ones"
    assert "ru.il-staff" not in told.body.decode() and "ru.baghdad-centre" not in public
    for one in page["agreements"]:
        assert set(one) <= {"id", "title", "state", "since", "members"}
    assert signed_in(running, RU).ask("GET", "/public/centre").body == told.body, "the same to everybody"


def test_visits_are_counted_by_kind_and_the_most_is_kept(running):
    def guest(fields=FIREFOX, path="/public/visits", browser=None):
        answer = (browser or Browser(running)).ask("GET", path, headers=fields)
        assert answer.status == 200, answer.body
        assert answer.header("Set-Cookie") is None
        return answer.json()

    first = guest()["now"]
    assert first["guests"] + first["bots"] + first["members"] >= 1
    guest({"User-Agent": "another"}), guest(BOT)
    ru = signed_in(running, RU)
    most = guest({"User-Agent": "of a member"}, "/console/visits", ru)["most"]
    assert guest()["most"] == most, "told anew every five minutes, and not when somebody comes"
    assert Browser(running).ask("GET", "/console/visits").status == 401
    running.close()
    again = c.Centre(running.data)
    try:
        told = Browser(again).ask("GET", "/public/visits", headers=FIREFOX).json()
        assert told["now"] == {"guests": 1, "bots": 0, "members": 0}
        kept = {name: one["count"] for name, one in told["most"].items()}
        assert kept == {"today": 4, "month": 4, "year": 4, "ever": 4}, "the most that there were outlives a restart"
    finally:
        again.close()


def test_bots_are_counted_by_the_page_that_they_read(running):
    def read(agent, method="GET", path="/"):
        return Browser(running).ask(method, path, headers={"User-Agent": agent}).status

    assert read("curl/8.5.0") == read(BOT["User-Agent"]) == read("") == 200
    assert read(FIREFOX["User-Agent"]) == read("curl/8.5.0") == 200, "a person's page asks itself, and nobody counts twice"
    assert read("wget/1.21", "POST") == 405 and read("python-requests/2.31", path="/sign-in") == 200, "no visits of the page"
    Browser(running).ask("GET", "/public/visits", headers=FIREFOX)
    running.close()
    again = c.Centre(running.data)
    try:
        assert Browser(again).ask("GET", "/public/visits", headers=FIREFOX).json()["most"]["ever"]["count"] == 4
    finally:
        again.close()


def reply(browser, text="Good work.", **more):
    return browser.ask("POST", "/public/replies", {"name": "Anna", "email": "anna@example.org", "text": text, **more})


def test_a_reply_is_read_before_it_shows(running):
    guest = Browser(running)
    answer = reply(guest, "Good <b>work</b>.")
    assert answer.status == 202, answer.body
    assert guest.ask("GET", "/public/replies").json() == {"replies": []}
    host = officer(running)
    waiting = host.ask("GET", "/console/replies").json()["replies"]
    assert [(one["state"], one["email"]) for one in waiting] == [("waiting", "anna@example.org")]
    number = waiting[0]["id"]
    assert host.ask("POST", f"/console/replies/{number}", {"action": "print"}).status == 422
    assert host.ask("POST", f"/console/replies/{number}", {"action": "show"}).status == 204
    shown = guest.ask("GET", "/public/replies")
    assert [one["text"] for one in shown.json()["replies"]] == ["Good <b>work</b>."]
    assert b"example.org" not in shown.body, "where to write to is private"
    assert host.ask("POST", f"/console/replies/{number}", {"action": "delete"}).status == 204
    assert host.ask("POST", f"/console/replies/{number}", {"action": "delete"}).status == 404
    assert guest.ask("GET", "/public/replies").json() == {"replies": []}
    journal = b"".join(path.read_bytes() for path in running.data.iterdir() if path.is_file())
    assert b"Good <b>work" not in journal and b"anna@example.org" not in journal


def test_only_officers_of_the_host_moderate(running):
    assert reply(Browser(running)).status == 202
    for browser, status in ((Browser(running), 401), (signed_in(running, RU), 403)):
        assert browser.ask("GET", "/console/replies").status == status
        assert browser.ask("POST", "/console/replies/1", {"action": "delete"}).status == status
    host = officer(running)
    assert host.ask("POST", "/console/replies/1", {"action": "show"}, {"Sec-Fetch-Site": "same-origin"}, own=False).status == 403


def test_replies_are_bounded(running):
    guest = Browser(running)
    assert reply(guest, "x" * 2001).status == 422
    assert reply(guest, "ä" * 2000).status == 202
    assert reply(guest, "a\u0007").status == 422
    assert reply(guest, email="nobody").status == 422
    assert reply(guest, more=1).status == 422
    assert guest.ask("POST", "/public/replies", {"name": "Anna", "email": "a@b", "text": "x"},
                     {**OWN, "Sec-Fetch-Site": "cross-site"}, own=False).status == 403
    assert [reply(guest).status for _ in range(5)] == [202] * 4 + [429]


def test_the_host_may_have_neither(running):
    running.close()
    without = c.Centre(running.data, options=["--public-visits", "off", "--public-replies", "off"])
    try:
        told = Browser(without).ask("GET", "/public/centre").json()
        assert told["visits"] is False and told["replies"] is False
        for path in ("/public/visits", "/public/replies"):
            assert Browser(without).ask("GET", path).status == 404
        assert reply(Browser(without)).status == 404
    finally:
        without.close()
