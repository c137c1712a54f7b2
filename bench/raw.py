"""Clients that cost little, for a machine that they share with the centre: requests are octets made beforehand, answers are
octets that are looked at afterwards; and how the figures are told."""
import json
import re
import socket
import time
from pathlib import Path

import centre as c
import load

ID = re.compile(rb'"id": ?"([a-z0-9-]+--[0-9a-f-]{36})"')
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


class Report:
    def __init__(self):
        self.rows = []

    def say(self, what, value, unit, most=None, least=None, beside=""):
        """One figure; `most` or `least` is its goal."""
        goal, sign = (most, "≤") if most is not None else (least, "≥")
        figure = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
        asked = f"{sign} {goal:,} {unit}".strip() if goal is not None else ""
        reached = "" if goal is None else "reached" if (value <= goal if most is not None else value >= goal) else "missed"
        ratio = f"{value / goal:.2f} of the goal, {reached}" if reached else ""
        print(f"{what:54} {figure:>9} {unit:12} {asked:20} {ratio:28} {beside}".rstrip(), flush=True)
        self.rows.append(f"| {what} | {f'{figure} {unit}'.strip()}{'; ' + beside if beside else ''} | {asked} | {ratio} |")


def request(method, path, who, body=b"", more=""):
    return (f"{method} {path} HTTP/1.1\r\nHost: centre\r\nAuthorization: {load.basic(who)}\r\nAccept: {c.TAXII}\r\n"
            f"Content-Type: {c.TAXII}\r\nContent-Length: {len(body)}\r\n{more}\r\n").encode() + body


class Raw:
    """One kept connection; octets out, octets in. The centre ends it after ten thousand answers: then a new one."""

    def __init__(self, port):
        self.port = port
        self.connect()

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def take(self):
        got = self.socket.recv(1 << 18)
        assert got, "the centre closed the connection"
        return got

    def ask(self, octets):
        """(head, body) of a 2xx"""
        self.socket.sendall(octets)
        got = self.take()
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self.take()
        head, parts = got[:end], [got[end + 4:]]
        assert head[9:10] == b"2", got[:600]
        missing = int(re.search(rb"(?i)content-length: (\d+)", head)[1]) - len(parts[0])
        while missing > 0:
            parts.append(self.take())
            missing -= len(parts[-1])
        if b"Connection: close" in head:
            self.connect()
        return head, b"".join(parts)

    def timed(self, octets):
        begin = time.perf_counter()
        body = self.ask(octets)[1]
        return (time.perf_counter() - begin) * 1e3, body


def walk(raw, path, who, limit):
    """(bodies, X-TAXII-Date-Added-Last of each): a whole collection by `next`, nothing parsed."""
    bodies, last, next_page = [], [], b""
    base = f"{path}objects/?limit={limit}"
    while True:
        head, body = raw.ask(request("GET", base + (f"&next={next_page.decode()}" if next_page else ""), who))
        bodies.append(body)
        last.append(re.search(rb"(?i)date-added-last: (\S+)", head)[1].decode() if b"ate-Added-Last" in head else "")
        at = body.find(b'"next":"', 0, 100)
        if at < 0:
            return bodies, last
        next_page = body[at + 8:body.index(b'"', at + 8)]


def ids_of(bodies):
    return [id.decode() for body in bodies for id in ID.findall(body)]


def envelope(objects, to=()):
    more = b',"x_comity_to_offices":' + json.dumps(to).encode() if to else b""
    return b'{"objects":[' + b",".join(objects) + b"]" + more + b"}"


def post_all(raw, path, who, bodies):
    """Milliseconds of each envelope; every object was taken."""
    took = []
    for octets in [request("POST", path + "objects/", who, body) for body in bodies]:
        milliseconds, answer = raw.timed(octets)
        told = json.loads(answer)
        assert told["success_count"] == told["total_count"] > 0, answer[:300]
        took.append(milliseconds)
    return took


def processor(centre):
    """Seconds of processor time of the centre so far."""
    return time.clock_gettime((~centre.process.pid << 3) | 2)  # the kernel's number for the clock of a process


def memory(centre):
    """Octets that it has for itself."""
    told = Path(f"/proc/{centre.process.pid}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", told)[1]) * 1024


def milliseconds_of(text):
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", text).groups()
    return float(number) * UNITS[unit]


def wrk(centre, path, who, options, connections=1, **more):
    told = load.wrk_figures(centre.url + path, load.basic(centre.access[who]), options.seconds, connections, **more)
    assert not told["wrong"], (path, told["wrong"])
    return {**told, "p50": milliseconds_of(told["p50"]), "p99": milliseconds_of(told["p99"])}
