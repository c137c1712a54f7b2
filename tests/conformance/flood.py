"""Floods against a centre over loopback, each in a process of its own that gives way to others (in truth it is another machine),
and a bystander: another party that goes on reading and writing meanwhile and measures how long it takes.

Floods come from addresses of their own (127.0.0.2 and on), so what one address may have is theirs and not the bystander's.
"""
import base64
import http.client
import json
import multiprocessing
import os
import resource
import selectors
import socket
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import centre as c

ROOM, BYSTANDER, FLOODER = "ru.baghdad-centre", "iq/defence", "ru/general-staff"
AT = "2026-01-01T00:00:00Z"


def files_allowed():
    """Raised as far as it may be: a flood has thousands of sockets."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def indicator(name="flood", size=0):
    return json.dumps({"type": "indicator", "spec_version": "2.1", "id": f"indicator--{uuid.uuid4()}", "created": AT, "modified": AT,
                       "name": name, "pattern": "[url:value = 'https://x.example/']", "pattern_type": "stix", "valid_from": AT,
                       "description": "x" * size, "labels": ["isil"]}).encode()


def envelope(*objects):
    return b'{"objects":[' + b",".join(objects) + b"]}"


def credential(who):
    return "Basic " + base64.b64encode(f"{who['client']}:{who['client_password']}".encode()).decode()


def head(method, path, who=None, length=None, kind=c.TAXII, accept=c.TAXII):
    lines = [f"{method} {path} HTTP/1.1", "Host: h", f"Accept: {accept}"]
    if who:
        lines += [f"Authorization: {credential(who)}", f"Comity-Office: {who['office']}"]
    if length is not None:
        lines += [f"Content-Length: {length}", f"Content-Type: {kind}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


# --- floods: functions of a process; `told` counts what came of it ---
def open_from(source, port, receive_buffer=None):
    made = socket.socket()
    if receive_buffer:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    made.settimeout(10)
    made.bind((source, 0))
    made.connect(("127.0.0.1", port))
    made.setblocking(False)
    return made


def hold(flood, source, number, first, drip=b"", every=1.0, reads=True, receive_buffer=None):
    """So many connections that begin with `first` and add `drip` now and then; who is cut off comes again."""
    chooser, due = selectors.DefaultSelector(), time.monotonic() + every

    def begin():
        try:
            one = open_from(source, flood.port, receive_buffer)
            one.send(first)
            chooser.register(one, selectors.EVENT_READ)
            flood.told["opened"] += 1
        except OSError:
            flood.told["not opened"] += 1

    for _ in range(number):
        begin()
    flood.ready.set()
    while not flood.stop.is_set():
        for key, _ in chooser.select(0.1) if reads else (time.sleep(0.1) or []):
            ended = read_some(flood, key.fileobj)
            if ended:
                chooser.unregister(key.fileobj)
                key.fileobj.close()
                begin()
        if drip and time.monotonic() > due:
            due = time.monotonic() + every
            for key in list(chooser.get_map().values()):
                try:
                    key.fileobj.send(drip)
                except OSError:
                    pass  # cut off: read above


def read_some(flood, connection):
    try:
        got = connection.recv(65536)
    except BlockingIOError:
        return False
    except OSError:
        got = b""
    if got.startswith(b"HTTP/1.1 "):
        flood.told[got[9:12].decode()] += 1
    return not got


def full_rate(flood, source, number, make):
    """So many connections, each asking again as soon as it is answered; `make(n)` gives method, path, body and headers."""
    def ask():
        connection, nth = None, 0
        while not flood.stop.is_set():
            try:
                if connection is None:
                    connection = http.client.HTTPConnection("127.0.0.1", flood.port, timeout=30, source_address=(source, 0))
                method, path, body, fields = make(nth)
                connection.request(method, path, body=body, headers=fields)
                answer = connection.getresponse()
                answer.read()
                flood.told[str(answer.status)] += 1
            except (OSError, http.client.HTTPException):
                flood.told["cut off"] += 1
                connection.close()
                connection = None
                time.sleep(0.01)
            nth += 1

    threads = [threading.Thread(target=ask) for _ in range(number)]
    for one in threads:
        one.start()
    time.sleep(0.3)
    flood.ready.set()
    for one in threads:
        one.join()


class Counts(dict):
    def __missing__(self, _):
        return 0


class Flood:
    """Runs while the block does; then `told` says what its process counted."""

    def __init__(self, port, work, *arguments):
        context = multiprocessing.get_context("fork")
        self.port, self.told = port, Counts()
        self.ready, self.stop = context.Event(), context.Event()
        self.receiver, self.sender = context.Pipe(duplex=False)
        self.process = context.Process(target=self.run, args=(work, arguments), daemon=True)

    def run(self, work, arguments):
        os.nice(10)
        work(self, *arguments)
        self.sender.send(dict(self.told))

    def __enter__(self):
        self.process.start()
        assert self.ready.wait(60), "the flood did not come about"
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.told = Counts(self.receiver.recv()) if self.receiver.poll(60) else Counts()
        self.process.join(10)
        if self.process.is_alive():
            self.process.kill()


# --- the bystander ---
@dataclass
class Measured:
    get: list = field(default_factory=list)  # seconds
    post: list = field(default_factory=list)
    memory: int = 0  # octets of the centre at most, while it was looked
    memory_before: int = 0

    @staticmethod
    def of(times, share):
        return sorted(times)[min(len(times) - 1, int(len(times) * share))]

    def figures(self):
        return {f"{name} p{int(share * 100)}": self.of(times, share) for name, times in (("GET", self.get), ("POST", self.post))
                for share in (0.5, 0.99)}


def memory_of(centre):
    text = Path(f"/proc/{centre.process.pid}/status").read_text()
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith("VmRSS:"))) * 1024


class Bystander:
    """One office that reads a page of 100 and gives an object, in turn, on a connection that it keeps or on new ones."""

    def __init__(self, centre):
        self.centre, self.who = centre, centre.access[BYSTANDER]
        self.fields = {"Authorization": credential(self.who), "Comity-Office": BYSTANDER, "Accept": c.TAXII, "Content-Type": c.TAXII}
        self.page = centre.collection(BYSTANDER, ROOM, "received") + "objects/?limit=100"
        self.give = centre.collection(BYSTANDER, ROOM, "contributed") + "objects/"
        self.connection = None

    def ask(self, method, path, body=None):
        begun = time.perf_counter()
        if self.connection is None:
            self.connection = self.centre.connect()
        self.connection.request(method, path, body=body, headers=self.fields)
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status in (200, 202), answer.status
        return time.perf_counter() - begun

    def renew(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def measure(self, seconds, least=20):
        """Each tenth pair on a new connection, as clients do that come now and then."""
        told, until = Measured(memory=memory_of(self.centre)), time.monotonic() + seconds
        while time.monotonic() < until or len(told.get) < least:
            if len(told.get) % 10 == 0:
                self.renew()
                told.memory = max(told.memory, memory_of(self.centre))
            told.get.append(self.ask("GET", self.page))
            told.post.append(self.ask("POST", self.give, envelope(indicator("bystander"))))
        told.memory = max(told.memory, memory_of(self.centre))
        return told


# --- what is thrown at it: name, and what starts it; each a function of a centre ---
def posting(who, make_body, path):
    fields = {"Authorization": credential(who), "Comity-Office": who["office"], "Accept": c.TAXII, "Content-Type": c.TAXII}
    return lambda nth: ("POST", path, make_body(nth), fields)


def wrong_passwords(nth):
    told = base64.b64encode(f"user{uuid.uuid4().hex[:8]}@ru:wrong".encode()).decode()
    return "GET", "/taxii2/", None, {"Authorization": f"Basic {told}", "Accept": c.TAXII}


def floods_of(centre, scale=1.0):
    """{name: (function, arguments…)}; `scale` of the number of connections."""
    who = centre.access[FLOODER]
    give = centre.collection(FLOODER, ROOM, "contributed") + "objects/"
    page = centre.collection(FLOODER, ROOM, "received") + "objects/?limit=1000"
    many = int(1000 * scale)
    deep = b'{"objects":[{"type":"campaign","x_deep":' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}]}"
    stream = head("GET", f"/api/v1/items?role=received&agreement={ROOM}", who, accept="text/event-stream")
    return {
        "slow heads": (hold, "127.0.0.2", many, b"GET /taxii2/ HTTP/1.1\r\nHost: h\r\nX-Slow: ", b"a"),
        "slow bodies": (hold, "127.0.0.2", many, head("POST", give, who, length=60 << 20) + b"{", b" "),
        "readers that never read": (hold, "127.0.0.2", many // 4, head("GET", page, who) * 20, b"", 1.0, False, 4096),
        "idle connections": (hold, "127.0.0.2", many, b""),
        "one office posting": (full_rate, "127.0.0.2", 16, posting(who, lambda nth: envelope(indicator()), give)),
        "wrong passwords": (full_rate, "127.0.0.2", 16, wrong_passwords),
        "deep JSON": (full_rate, "127.0.0.2", 4, posting(who, lambda nth: deep, give)),
        "16 streams and posting": (stream_and_post, who, stream, give),
    }


def stream_and_post(flood, who, stream, give):
    """All the streams an office may have, while it gives what comes by them; the seventeenth is refused."""
    streams = threading.Thread(target=hold, args=(flood, "127.0.0.2", 17, stream, b"", 1.0))
    streams.start()
    full_rate(flood, "127.0.0.2", 4, posting(who, lambda nth: envelope(indicator()), give))
    streams.join()
