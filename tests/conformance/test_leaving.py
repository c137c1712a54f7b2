"""Leaving works at once (promise 4), as the scenario has it, over real sockets: acceptance 7 and 8 as far as TAXII goes.

ru has part in the joint centre in Baghdad with sy, iq and ir, and in a bilateral with il that nobody else knows.
"""
import base64
import json
import os
import socket
import subprocess
import time
import uuid

import pytest

import centre as c

RU, IQ, IR, IL = "ru/general-staff", "iq/defence", "ir/general-staff", "il/general-staff"
BAGHDAD, STAFF = "ru.baghdad-centre", "ru.il-staff"
PROMISED_S = 1.0


@pytest.fixture
def running():
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


def report(number, **more):
    at = f"2026-01-01T00:00:{number:02}.000Z"
    return json.dumps({"type": "report", "spec_version": "2.1", "id": f"report--{uuid.uuid4()}", "created": at,
                       "modified": at, "name": f"Report {number}", "published": at, "labels": ["isil"],
                       "object_refs": [f"campaign--{uuid.uuid4()}"], **more}).encode()


def cli(centre, office, *words):
    keys = centre.data / "demo-keys"
    environment = {**os.environ, "COMITY_CREDENTIALS": str(keys / "credentials.toml"), "COMITY_URL": centre.url}
    return subprocess.run([c.PROGRAM, "--as", office, *words], env=environment, capture_output=True, text=True, timeout=60)


def act(centre, office, verb, agreement, *more):
    done = cli(centre, office, "agreements", verb, agreement, "--yes", "--key",
               str(centre.data / f"demo-keys/{office.split('/')[0]}.key"), *more)
    assert done.returncode == 0, (done.stdout, done.stderr)
    return done


def ids(centre, office, root, name="received"):
    return [one["id"] for page in centre.pages(office, root, name) for one in json.loads(page).get("objects", [])]


class Stream:
    """A reader with a socket of its own, so that a reset is seen as one."""

    def __init__(self, centre, office, root=BAGHDAD, buffer=None):
        who = centre.access[office]
        credential = base64.b64encode(f"{who['client']}:{who['client_password']}".encode()).decode()
        path = centre.collection(office, root, "received") + "objects/"
        self.socket = socket.socket()
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(10)
        self.socket.connect(("127.0.0.1", centre.port))
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n"
                            f"Authorization: Basic {credential}\r\n\r\n".encode())
        self.text = b""

    def read_until(self, word, within=5.0):
        end = time.monotonic() + within
        while word not in self.text and time.monotonic() < end:
            self.socket.settimeout(max(0.01, end - time.monotonic()))
            try:
                got = self.socket.recv(65536)
            except TimeoutError:
                break
            if not got:
                break
            self.text += got
        return word in self.text

    def is_reset_within(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.socket.settimeout(max(0.01, end - time.monotonic()))
            try:
                got = self.socket.recv(1 << 20)
            except ConnectionResetError:
                return True
            except TimeoutError:
                return False
            if not got:
                return False  # drained to an orderly end, which is not what is promised
            self.text += got
        return False


def given_by(centre, party):
    """Ids of what the party contributed under the centre in Baghdad."""
    return set(ids(centre, {"ru": RU, "iq": IQ, "ir": IR}[party], BAGHDAD, "contributed"))


def test_acceptance_8_who_withdraws_is_cut_and_what_it_gave_stops(running):
    streams = {office: Stream(running, office) for office in (RU, IQ, IR)}
    for office, stream in streams.items():
        assert stream.read_until(b"event:"), office
    of_ru, had_by_ru = given_by(running, "ru"), set(ids(running, RU, BAGHDAD))
    assert of_ru and of_ru & set(ids(running, IR, BAGHDAD)) and had_by_ru
    before = time.monotonic()
    act(running, RU, "withdraw", BAGHDAD)
    assert streams[RU].is_reset_within(5.0)
    assert time.monotonic() - before < PROMISED_S + 2.0  # with the program that signs and sends; to the ms: ./run leave
    for office in (IQ, IR):
        assert not of_ru & set(ids(running, office, BAGHDAD)), office
        assert ids(running, office, BAGHDAD), "the others go on"
    assert ids(running, RU, BAGHDAD) == []
    # What it gives now goes nowhere, what the others give does not come, and their streams were not cut for it.
    running.post(RU, BAGHDAD, [report(1, name="KINGFISHER of ru")])
    running.post(IQ, BAGHDAD, [report(2, name="of iq, after the notice")])
    assert streams[IR].read_until(b"of iq, after the notice")
    assert not streams[IR].read_until(b"KINGFISHER", within=0.5)
    for office in (IQ, IR):
        assert not any(b"KINGFISHER" in page for page in running.pages(office, BAGHDAD)), office
        assert not any(b"KINGFISHER" in answer.body for answer in running.walk(office).values()
                       if b"contributed" not in answer.body), office
    assert ids(running, RU, BAGHDAD) == []
    clocks = json.loads(cli(running, IQ, "--json", "agreements", "clocks", BAGHDAD).stdout)
    assert [(one["what"], one["party"]) for one in clocks if one["what"] == "withdrawal"] == [("withdrawal", "ru")]
    assert ids(running, RU, STAFF), "its other agreements are not touched"


def test_new_enemy_every_door_denies_after_a_suspension(running):
    base = running.collection(RU, BAGHDAD, "received")
    page = running.ask("GET", base + "objects/?limit=1", RU).json()
    known = page["objects"][0]["id"]
    act(running, RU, "suspend", BAGHDAD)
    running.post(IQ, BAGHDAD, [report(3, name="while ru is away")])
    everything = running.collection(RU, "all", "received")
    for path in (base + "objects/", base + "objects/?limit=1&next=" + page["next"], base + "manifest/",
                 base + f"objects/?match[id]={known}", everything + f"objects/?match[id]={known}"):
        answer = running.ask("GET", path, RU)
        assert answer.status == 200 and answer.json().get("objects", []) == [], (path, answer.body)
    for path in (base + f"objects/{known}/", base + f"objects/{known}/versions/", f"/api/v1/items/{known}"):
        answer = running.ask("GET", path, RU)
        assert answer.status == 404 or answer.json().get("objects", answer.json().get("versions", [])) == [], path
    listed = running.ask("GET", f"/api/v1/items?role=received&agreement={BAGHDAD}", RU).json()
    assert listed["items"] == []
    absent = running.ask("GET", f"/api/v1/items/report--{uuid.uuid4()}", RU)
    assert running.ask("GET", f"/api/v1/items/{known}", RU).bytes() == absent.bytes()
    stream = Stream(running, RU)
    assert not stream.read_until(b"event: object", within=0.5)
    act(running, RU, "resume", BAGHDAD)
    assert stream.read_until(known.encode()), "what it had not read before is on the stream that was open meanwhile"
    assert not stream.read_until(b"while ru is away", within=0.5)
    assert known in ids(running, RU, BAGHDAD)
    assert not any("while ru is away" in page.decode() for page in running.pages(RU, BAGHDAD))


def asked(centre, office, path, **fields):
    """A request on a socket of its own that takes little; nothing is read of the answer."""
    who = centre.access[office]
    credential = base64.b64encode(f"{who['client']}:{who['client_password']}".encode()).decode()
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.settimeout(15)
    raw.connect(("127.0.0.1", centre.port))
    more = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    raw.sendall(f"GET {path} HTTP/1.1\r\nHost: h\r\nAccept: {c.TAXII}\r\nAuthorization: Basic {credential}\r\n{more}\r\n".encode())
    return raw


def taken(raw):
    """What can still be read, and whether it ended in a reset."""
    got = b""
    try:
        while part := raw.recv(1 << 20):
            got += part
    except ConnectionResetError:
        return got, True
    return got, False


@pytest.mark.parametrize("how", ["kept alive", "closed", "behind another's answer"])
def test_what_waits_in_a_socket_is_dropped(running, how):
    """ir is slow; ru leaves before ir has taken what ru gave, all of which is in the sockets."""
    running.post(RU, BAGHDAD, [report(4, name="Large", description="x" * 700_000 + " the end of it")])
    page = running.collection(IR, BAGHDAD, "received") + "objects/"
    raw = asked(running, IR, page, **({"Connection": "close"} if how == "closed" else {}))
    if how == "behind another's answer":
        raw.sendall(b"GET /taxii2/ HTTP/1.1\r\nHost: h\r\n\r\n")
    time.sleep(3)  # longer than an orderly end waits for what its peer may still send
    act(running, RU, "suspend", BAGHDAD)
    time.sleep(PROMISED_S)
    got, reset = taken(raw)
    assert reset and b"the end of it" not in got, len(got)


@pytest.mark.parametrize("how", ["kept alive", "closed", "behind another's answer"])
def test_who_is_slow_gets_all_of_it_if_nobody_leaves(running, how):
    running.post(RU, BAGHDAD, [report(4, name="Large", description="x" * 700_000 + " the end of it")])
    page = running.collection(IR, BAGHDAD, "received") + "objects/"
    raw = asked(running, IR, page, **({"Connection": "close"} if how == "closed" else {}))
    if how == "behind another's answer":
        raw.sendall(b"GET /taxii2/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    time.sleep(3)
    if how == "kept alive":
        raw.shutdown(socket.SHUT_WR)
    got, reset = taken(raw)
    assert not reset and b"the end of it" in got, len(got)


def test_who_ends_its_own_part_is_told_so_on_the_connection_that_it_uses(running):
    """The cut does not take the answer with it."""
    document = act_document(running, RU, "suspend", BAGHDAD)
    connection = running.connect()
    who = running.access[RU]
    credential = "Basic " + base64.b64encode(f"{who['person']}:{who['person_password']}".encode()).decode()
    fields = {"Authorization": credential, "Comity-Office": RU, "Content-Type": "application/json"}
    connection.request("GET", "/api/v1/me", headers=fields)
    assert connection.getresponse().read()
    time.sleep(0.3)
    connection.request("POST", "/api/v1/commands", body=json.dumps(document), headers=fields)
    answer = connection.getresponse()
    assert answer.status == 200 and json.loads(answer.read())["outcome"] == "accepted"


def act_document(centre, office, kind, agreement):
    """Signed by the program, sent by ourselves."""
    me = json.loads(cli(centre, office, "--json", "me").stdout)
    rows = json.loads(cli(centre, office, "--json", "agreements", "list").stdout)["agreements"]
    row = next(one for one in rows if one["id"] == agreement)
    fields = {"kind": kind, "centre": me["centre"]["origin"], "party": me["party"]["party"], "office": office,
              "founding_key": me["party"]["founding_key"], "seq": time.time_ns() // 1000,
              "agreement": agreement, "version": row["version"], "text_hash": row["text_hash"]}
    path = centre.data / "act.json"
    path.write_text(json.dumps(fields))
    key = centre.data / f"demo-keys/{office.split('/')[0]}.key"
    done = subprocess.run([c.PROGRAM, "sign", path, "--key", key], capture_output=True, check=True)
    return {"kind": kind, **json.loads(done.stdout)}
