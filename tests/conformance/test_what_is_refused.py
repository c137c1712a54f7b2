"""What cannot be read, believed or kept has one determined answer each, through the real socket: bodies that are no JSON or
not one meaning, bodies too large or too slow, other media types, tokens of elsewhere and of yesterday, texts with unknown
words, signatures that do not hold, a clock that steps back, a disk that is full and a journal that was damaged.

Nothing of it may leave a trace that others could see, so every body that is refused is asked for afterwards.
"""
import json
import resource
import signal
import socket
import subprocess
import time

import pytest

import centre as c
import play

DAY = 86_400_000_000
OFFICE, OTHER, ROOT = "sa/defence", "kw/defence", "ru.baghdad-centre"
MEMBER = "ru/general-staff"
COMMANDS = "/api/v1/commands"


@pytest.fixture(scope="module")
def served(base):
    world = base.world()
    yield world
    world.close()


def campaign(name, more=""):
    at = "2026-01-01T00:00:00.000Z"
    return (f'{{"type":"campaign","spec_version":"2.1","id":"campaign--5e0b2a0c-3f39-4b5a-9f4e-3f2b6f0e5a{len(name):02x}",'
            f'"created":"{at}","modified":"{at}","labels":["isil"],{more}"name":"{name}"}}').encode()


# --- bodies ---
UNREADABLE = {
    "no JSON": (b'{"objects": [}', "not JSON"),
    "cut short": (b'{"objects": [' + campaign("cut")[:-9], "not JSON"),
    "something after it": (b'{"objects": []} {}', "not JSON"),
    "two members of one name": (b'{"objects": [' + campaign("once", '"name":"first",') + b"]}", "two members of one name"),
    "the same name, escaped": (b'{"objects": [' + campaign("twice", '"n\\u0061me":"first",') + b"]}", "two members of one name"),
    "deeper than 32": (b'{"objects": [' + campaign("deep", '"x_deep":' + "[" * 40 + "]" * 40 + ",") + b"]}", "nested more than 32"),
    "a number beyond a double": (b'{"objects": [' + campaign("huge", '"x_huge":1e999,') + b"]}", "beyond the range of a double"),
    "octets that are no UTF-8": (b'{"objects": [' + campaign("octets").replace(b"octets", b"oct\xc3\x28ts") + b"]}", "not"),
    "half a surrogate pair": (b'{"objects": [' + campaign("half", '"x_half":"\\ud800",') + b"]}", "not"),
    "nothing": (b"", "not JSON"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_body_that_cannot_be_read(served, what):
    body, why = UNREADABLE[what]
    path = served.centre.collection(MEMBER, ROOT, "contributed") + "objects/"
    answer = served.centre.ask("POST", path, MEMBER, body)
    if answer.status == 202:  # an envelope can be read of which one object cannot
        assert answer.json()["success_count"] == 0
    else:
        assert answer.status == 422, answer.body
    assert why in answer.body.decode(), answer.body
    native = served.centre.ask("POST", f"/api/v1/agreements/{ROOT}/items", MEMBER, body,
                               {"Content-Type": "application/stix+json;version=2.1"})
    assert native.status in (400, 422) and why in native.body.decode(), (native.status, native.body)
    command = served.centre.ask("POST", COMMANDS, MEMBER, b'{"kind":"contribute","body":' + (body or b" ") + b"}",
                                {"Content-Type": "application/json"}, person=True)
    assert command.status in (400, 422), (command.status, command.body)
    kept = served.centre.ask("GET", "/api/v1/items?role=contributed", MEMBER)
    assert b"5e0b2a0c-3f39-4b5a-9f4e-3f2b6f0e5a" not in kept.body


def raw(served, *parts, pause=0.0, seconds=30):
    """The status of what comes back for these octets."""
    with socket.create_connection(("127.0.0.1", served.centre.port), timeout=seconds) as connection:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)
        told = b""
        while b"\r\n" not in told:
            more = connection.recv(4096)
            if not more:
                break
            told += more
    return int(told.split()[1]) if told else None


def head_of(length, more=""):
    return f"POST {COMMANDS} HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n{more}\r\n".encode()


def test_a_body_beyond_the_limit_is_refused_before_anything_else(served):
    for path in (COMMANDS, "/taxii2/ru.nothing/collections/x/objects/", "/taxii2/"):
        assert raw(served, head_of((64 << 20) + 1).replace(COMMANDS.encode(), path.encode())) == 413


def test_a_body_that_does_not_come_is_given_up(served):
    begun = time.monotonic()
    assert raw(served, head_of(4000), b"{") == 408
    assert time.monotonic() - begun < 20


def test_a_compressed_body_and_an_ambiguous_length(served):
    assert raw(served, head_of(3, "Content-Encoding: gzip\r\n"), b"abc") == 415
    assert raw(served, head_of(3, "Content-Length: 4\r\n"), b"abc") == 400
    assert raw(served, head_of(3, "Transfer-Encoding: chunked\r\n"), b"abc") == 400


def test_other_media_types(served):
    path = served.centre.collection(MEMBER, ROOT, "contributed") + "objects/"
    for kind, status in (("text/plain", 415), ("application/json", 415), ("application/taxii+json;version=2.0", 415), ("", 415)):
        assert served.centre.ask("POST", path, MEMBER, b"{}", {"Content-Type": kind}).status == status, kind
    assert served.centre.ask("POST", COMMANDS, MEMBER, b"{}", {"Content-Type": "text/plain"}).status == 415
    for kind in ("text/html", "application/taxii+json;version=1.0", "application/json;q=0"):
        assert served.centre.ask("GET", "/taxii2/", MEMBER, headers={"Accept": kind}).status == 406, kind


# --- tokens ---
def token_of(world, office):
    answer = world.centre.ask("POST", "/api/v1/token", office)
    assert answer.status == 200, answer.body
    return answer.json()["token"]


def me_with(world, token):
    return world.centre.ask("GET", "/api/v1/me", headers={"Authorization": "Bearer " + token})


def test_tokens_of_elsewhere_changed_and_of_yesterday(base):
    world, other = base.world(), play.Served(c.load_scenario(), play.HeldClock(world_time()))
    try:
        token = token_of(world, OFFICE)
        assert me_with(world, token).json()["office"] == OFFICE
        stranger = me_with(other, token)
        assert stranger.status == 401
        assert stranger.body == me_with(other, "no.token.atall").body
        part = token.split(".")
        assert me_with(world, ".".join([part[0], part[1], part[2][:-2] + ("AA" if part[2][-2:] != "AA" else "BB")])).status == 401
        for _ in range(14):  # an hour, in steps that a clock may take
            world.clock.set(world.clock.now + 5 * 60_000_000)
            world.centre.ask("POST", COMMANDS, OFFICE, b'{"kind":"delete_item","body":{"id":"campaign--5e0b2a0c-3f39-4b5a-9f4e-3f2b6f0e5a11"}}',
                             {"Content-Type": "application/json"})
        assert me_with(world, token).status == 401
    finally:
        world.close()
        other.close()


def world_time():
    return play.START + DAY


# --- texts and acts ---
def text_of(served, **more):
    text = json.loads((c.ROOT / "tests/vectors/agreements/joint-information-centre.json").read_text())
    text.update(id=f"sa.text-{len(json.dumps(more))}", sponsors=["sa"], **more)
    text["participants"] = [{"party": "sa", "offices": [OFFICE]}, {"party": "kw", "offices": [OTHER]}]
    return text


def test_a_clause_with_an_unknown_word(served):
    text = text_of(served)
    clause = text["clauses"][0]
    for change, place in (({"smell": 1}, "/smell"), ({"type": "gift"}, "/type"), ({"items": {"colour": ["red"]}}, "/items/colour"),
                          ({"items": {"marking_max": "purple"}}, "/items/marking_max"), ({"delay": "one hour"}, "/delay")):
        text["clauses"] = [{**clause, **change}]
        told = served.asker(OFFICE).ask("POST", "/api/v1/agreements/compile", json.dumps(text).encode())
        assert told.status == 422 and f"/clauses/0{place}" in told.body.decode(), told.body
        told = served.command(OFFICE, {"kind": "draft_agreement", "body": {"text": text}})
        assert f"/clauses/0{place}" in json.dumps(told)
    assert b"sa.text-" not in served.asker(OFFICE).get("/api/v1/agreements").body


def test_signatures_that_do_not_hold(served):
    slug = {"slug": "signed-badly"}

    def told(document):
        return json.dumps(served.command(OFFICE, {"kind": "register_office", **document}))

    good = served.signed("register_office", OFFICE, 500, slug)
    other = served.signed("register_office", OTHER, 500, slug)
    assert "wrong_party" in told(other) or "act_mismatch" in told(other)
    assert "bad_signature" in told({**good, "signatures": [{**good["signatures"][0], "value": other["signatures"][0]["value"]}]})
    assert "bad_signature" in told({**good, "act": {**good["act"], "slug": "another"}})
    kept = served.me(OFFICE)
    try:
        served.facts[OFFICE] = {**kept, "centre": "other.example/comity"}
        assert "wrong_centre" in told(served.signed("register_office", OFFICE, 501, slug))
        served.facts[OFFICE] = {**kept, "founding_key": other["act"]["key"]}
        assert "wrong_party" in told(served.signed("register_office", OFFICE, 502, slug))
    finally:
        served.facts[OFFICE] = kept
    late = served.signed("register_office", OFFICE, 503, {**slug, "not_after": "2026-03-01T11:59:59.000000Z"})
    assert "act_expired" in told(late)
    long = served.signed("register_office", OFFICE, 504, {**slug, "not_after": "2026-04-01T00:00:00.000000Z"})
    assert "act_lives_too_long" in told(long)
    assert "accepted" in told(served.signed("register_office", OFFICE, 510, slug))
    assert "act_repeated" in told(served.signed("register_office", OFFICE, 510, {"slug": "once-more"}))
    assert "act_repeated" in told(served.signed("register_office", OFFICE, 509, {"slug": "once-more"}))
    assert b"once-more" not in served.asker(OFFICE).get("/api/v1/parties/sa/offices").body


# --- the world around it ---
def test_a_clock_that_steps_back_moves_nothing_back(base):
    world = base.world()
    try:
        before, meanwhile = (campaign(name).replace(b"campaign", b"threat-actor") for name in ("before", "meanwhile"))
        assert world.centre.post(MEMBER, ROOT, [before])["success_count"] == 1
        world.clock.set(world.clock.now - DAY)
        assert world.centre.post(MEMBER, ROOT, [meanwhile])["success_count"] == 1
        listed = world.centre.ask("GET", f"/api/v1/items?role=received&agreement={ROOT}&limit=1000", "iq/defence").json()["items"]
        times = [one["date_added"] for one in listed]
        assert times == sorted(times) and times[-1] >= times[-2] > "2026-03-01T12"
    finally:
        world.close()


def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(base):
    """The largest file the process may write is a little larger than the journal is: what does not fit is not acknowledged."""
    world = base.world()
    data, clock = world.data, world.clock
    world.close()
    journal = max(path.stat().st_size for path in data.rglob("*") if path.is_file())

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (journal + (512 << 10), journal + (512 << 10)))

    acknowledged, told = [], None
    port, log = c.free_port(), open(data / "full.log", "ab")
    process = subprocess.Popen([c.PROGRAM, "serve", "--data", data, "--port", str(port)], stdout=log, stderr=log,
                               env=clock.environment(), preexec_fn=limit)
    try:
        full = c.Centre.__new__(c.Centre)
        full.data, full.port, full.process, full.log = data, port, process, log
        full.access = world.access
        full.wait()
        path = full.collection(MEMBER, ROOT, "contributed") + "objects/"
        for number in range(200):
            one = campaign("x" * number, f'"description":"{"y" * 20_000}",').replace(b"-3f2b6f0e5a", b"-3f2b6%05d" % number)
            one = one.replace(b"%05d" % number + b"%02x" % number, b"%05d" % number + b"aa")
            answer = full.ask("POST", path, MEMBER, b'{"objects":[' + one + b"]}")
            if answer.status != 202:
                told = answer.status
                break
            acknowledged.append(json.loads(one)["id"])
        assert told == 503, told
        assert full.ask("GET", "/taxii2/", MEMBER).status in (200, 503)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        log.close()
    assert len(acknowledged) > 3
    again = play.Served(data, clock)
    try:
        pages = b"".join(again.centre.pages(MEMBER, ROOT, "contributed"))
        assert [id for id in acknowledged if id.encode() not in pages] == []
    finally:
        again.close()


def test_a_damaged_journal_is_not_served_from(base):
    world = base.world()
    data, clock = world.data, world.clock
    world.close()
    journal = max((path for path in data.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    octets = bytearray(journal.read_bytes())
    for place in range(len(octets) // 3, len(octets) // 3 + 4096 * 8):
        octets[place] ^= 0x55
    journal.write_bytes(octets)
    run = subprocess.run([c.PROGRAM, "serve", "--data", data, "--port", str(c.free_port())], capture_output=True, text=True,
                         timeout=60, env=clock.environment())
    assert run.returncode == 5, (run.returncode, run.stderr)
    assert "malformed" in run.stderr or "not what was" in run.stderr, run.stderr
    checked = subprocess.run([c.PROGRAM, "verify", "--data", data], capture_output=True, text=True, timeout=60)
    assert checked.returncode == 5, checked.stdout + checked.stderr
