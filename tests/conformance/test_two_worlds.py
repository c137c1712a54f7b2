"""Two worlds that differ in what is hidden from ir answer ir with the same bytes (25-isolation, R1)."""
import json
import uuid

import pytest

import centre as c
from browser import Browser, Live, signed_in

SECRET = "Zaffre-Quillon-4711"


def report(text, label="staff"):
    at = "2026-01-01T00:00:00.000Z"
    return json.dumps({
        "type": "report", "spec_version": "2.1", "id": f"report--{uuid.uuid4()}", "created": at, "modified": at,
        "name": text, "published": at, "object_refs": [f"campaign--{uuid.uuid4()}"], "labels": [label],
    }).encode()


@pytest.fixture(scope="module")
def worlds():
    data = c.load_scenario()
    other = c.copy_of(data, "other")
    quiet, busy = c.Centre(data), c.Centre(other)
    for n in range(5):
        status = busy.post("il/general-staff", "ru.il-staff", [report(f"{SECRET} {n}")])
        assert status["success_count"] == 1, status
    yield quiet, busy
    quiet.close()
    busy.close()


@pytest.mark.parametrize("office", ["ir/general-staff", "sy/general-staff", "iq/defence", "us/defense", "ru/mfa"])
def test_equal_bytes_for_every_office_outside(worlds, office):
    quiet, busy = worlds
    guesses = ["ru.il-staff", "ru.nothing", "il.anything"]
    before, after = quiet.walk(office, guesses), busy.walk(office, guesses)
    assert before.keys() == after.keys()
    different = [path for path in before if (before[path].status, before[path].body) != (after[path].status, after[path].body)]
    # The clock of the centre is the one thing in these answers that moves by itself.
    assert [path for path in different if path != "/api/v1/me"] == []
    assert all(SECRET.encode() not in answer.bytes() for answer in after.values())


@pytest.mark.parametrize("office", ["ir/general-staff", "sy/general-staff", "iq/defence", "us/defense", "ru/mfa"])
def test_a_page_of_an_office_outside_has_equal_marks(worlds, office):
    """Also its places, which are made of them, and what the public page says (25-isolation G3)."""
    streams = [Live(world, signed_in(world, office)) for world in worlds]
    quiet, busy = [stream.next() for stream in streams]
    assert quiet == busy
    for stream in streams:
        stream.close()
    pages = [Browser(world).ask("GET", "/public/centre").body for world in worlds]
    assert pages[0] == pages[1]


def test_a_page_of_the_other_side_has_another_mark(worlds):
    quiet, busy = [Live(world, signed_in(world, "ru/general-staff")).next()[1] for world in worlds]
    assert {topic for topic in quiet if quiet[topic] != busy[topic]} == {"items"}


def test_the_other_side_has_it(worlds):
    _, busy = worlds
    assert SECRET.encode() in b"".join(busy.pages("ru/general-staff", "ru.il-staff"))


def test_passing_it_on_is_refused_and_tells_the_others_nothing(worlds):
    _, busy = worlds
    secret = report(f"{SECRET} passed on", "isil")
    assert busy.post("il/general-staff", "ru.il-staff", [secret])["success_count"] == 1
    before = busy.walk("ir/general-staff")
    copy = json.loads(secret)
    copy["id"] = f"report--{uuid.uuid4()}"
    pointing = json.loads(report("an innocent name", "isil"))
    pointing["object_refs"] = [json.loads(secret)["id"]]
    for attempt in (secret, json.dumps(copy).encode(), json.dumps(json.loads(secret), indent=2).encode(),
                    json.dumps(pointing).encode()):
        status = busy.post("ru/general-staff", "ru.baghdad-centre", [attempt])
        assert status["failure_count"] == 1, status
        assert "third_party_rule" in json.dumps(status)
    after = busy.walk("ir/general-staff")
    changed = [path for path in before if before[path].body != after[path].body and path != "/api/v1/me"]
    assert changed == []
