#!/usr/bin/env python3
"""Filing under a `deconflict` clause at `warning`, natively and over HTTP (40-deconfliction, figures to reach).

    bench/deconflict.py [--seconds S] [--city N] [--only PART]... [--aside N]

    spread    64 offices, 32 on either side of the clause, in a country of five degrees: intents of about 500 m, of which hardly two meet
    busy      one cell of level 13 that holds 1,984 intents, of which each meets 16 of the other side; each is changed, round after round
    city      the first of N intents in 30 x 30 km and four hours
    streams   100 streams of notices, of which each filing touches 10; a thousand filings a second, from the answer to the event

The centre is `comity serve` of the release build on a directory of its own. Each office has one kept connection and one request on it at
a time, with a token. Requests are octets made beforehand; every answer is looked at. A change names the OVN of what it changes, which
the lists of the offices say between the rounds, outside of the clock. `--aside` has so many other agreements of the kind in force.

Client and centre share the machine; "of the centre" is its processor time for a request.
"""
import argparse
import json
import math
import random
import selectors
import socket
import sys
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/conformance"))
import parties  # noqa: E402
from raw import memory, processor  # noqa: E402

PARTIES, GRID = 64, {"cell_e7": 65536, "altitude_m": 1, "time_s": 16}
DEGREE_M = 111_195
BEGIN = int(time.time()) + 3600


class World(parties.World):
    """All parties in one text with one clause between the even and the odd ones."""

    def text(self, name, offices):
        made = super().text(name, offices)
        sides = [offices[0::2], offices[1::2]]
        return {**made, "clauses": [
            {"id": "sky", "type": "deconflict", "text": "Each is warned.", "between": sides, "window": None,
             "states": ["Accepted", "Activated", "Nonconforming", "Contingent"],
             "separation": {"horizontal_m": 0, "vertical_m": 0, "time_s": 0}, "lead_time": "PT0S", "level": "warning",
             "contact": "line", "grid": GRID, "evaluations_per_day": None},
            {"id": "line", "type": "contact", "text": "A line.", "ends": sides, "languages": ["en"], "test_every": "PT12H",
             "overdue_after": "PT30M"}]}

    def machine(self, office):
        rights = ["read", "contribute", "file"]
        self.send(office, [{"kind": "register_client", "body": {"office": office, "slug": "client", "verifier": self.verifier,
                                                                "rights": rights}}])
        return office


def at(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(BEGIN + seconds))


class Places:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def polygon(self, around_m, radius_m=250):
        """Eight corners, 1e-7 degree."""
        y0, x0 = 47.05, 8.3
        up, across = self.random.uniform(-around_m, around_m), self.random.uniform(-around_m, around_m)
        squeeze, ring = math.cos(math.radians(y0)), []
        for corner in range(8):
            reach, angle = radius_m * self.random.uniform(0.7, 1), corner * math.pi / 4
            ring.append([round((x0 + (across + reach * math.cos(angle)) / DEGREE_M / squeeze) * 1e7),
                         round((y0 + (up + reach * math.sin(angle)) / DEGREE_M) * 1e7)])
        return ring

    def spread(self, _):
        return self.volume(self.polygon(2.5 * DEGREE_M), 4, 44 * 60)

    def city(self, volumes):
        few = volumes <= 10_000
        layers, stays = (4, 44) if few else (16, 18) if volumes <= 100_000 else (64, 7)
        return lambda _: self.volume(self.polygon(15_000), layers, stays * 60)

    def busy(self, n):
        """32 in one box of altitude and time, one of each two parties."""
        lane = n // 32 % 62
        low, begin = lane % 16 * 30_000 + 1_000, lane // 16 * 3600
        return extent(self.polygon(100), low, low + 20_000, begin, begin + 2400)

    def volume(self, ring, layers, stays):
        height, layer, begin = 1_280_000 // layers, self.random.randrange(layers), self.random.randrange(4 * 3600 - stays)
        return extent(ring, layer * height + 1_000, (layer + 1) * height - 1_000, begin, begin + stays)


def extent(ring, low_mm, high_mm, begin, end):
    def altitude(mm):
        return {"value": round(mm / 1000), "unit": "m", "reference": "W84"}
    return {"polygon": ring, "low": altitude(low_mm), "high": altitude(high_mm), "from": at(begin), "until": at(end)}


def filing(extent_of_it, ident=None, **more):
    ident = ident or str(uuid.uuid4())
    return ident, {"kind": "put_intent", "body": {"id": ident, "state": "Accepted", "extents": [extent_of_it], **more}}


class Desk:
    """An office's kept connection; requests are octets."""

    def __init__(self, world, office):
        self.office, self.port, self.socket = office, world.centre.port, None
        token = world.centre.ask("POST", "/api/v1/token", office).json()["token"]
        self.head = f" HTTP/1.1\r\nHost: centre\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        self.queue, self.sent, self.rest = [], 0.0, b""
        self.connect()

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def post(self, command):
        body = json.dumps(command, separators=(",", ":")).encode()
        return (f"POST /api/v1/commands{self.head}Content-Length: {len(body)}\r\n\r\n").encode() + body

    def next(self):
        self.sent = time.perf_counter()
        self.socket.sendall(self.queue.pop())


def percentile(values, of):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * of))] * 1e3 if ordered else 0.0


def run(world, desks, seconds=1e9):
    """Each desk's queue, one request after another: seconds that it took, milliseconds of each, processor time of the centre."""
    selector, waiting, took = selectors.DefaultSelector(), 0, []
    spent, begin = processor(world.centre), time.perf_counter()
    for desk in desks:
        if desk.queue:
            selector.register(desk.socket, selectors.EVENT_READ, desk)
            desk.next()
            waiting += 1
    while waiting:
        for key, _ in selector.select():
            desk = key.data
            answer = desk.socket.recv(1 << 16)
            now = time.perf_counter()
            assert answer.startswith(b"HTTP/1.1 200"), answer[:600]
            took.append(now - desk.sent)
            closes = b"Connection: close" in answer
            if closes:
                selector.unregister(desk.socket)
                desk.connect()
                selector.register(desk.socket, selectors.EVENT_READ, desk)
            if desk.queue and now - begin < seconds:
                desk.next()
            else:
                selector.unregister(desk.socket)
                waiting -= 1
    whole = time.perf_counter() - begin
    selector.close()
    return whole, took, processor(world.centre) - spent


def say(what, told, before=None, world=None):
    whole, took, spent = told
    more = f"   {(memory(world.centre) - before) / len(took):6,.0f} octets each" if world else ""
    print(f"{what:44} {len(took) / whole:8,.0f}/s   p50 / p99 ms {percentile(took, .5):.2f} / {percentile(took, .99):.2f}   "
          f"{spent / len(took) * 1e6:5.0f} us of the centre{more}", flush=True)


def file_all(world, desks, place, count):
    ids = {desk.office: [] for desk in desks}
    for n in range(count):
        desk = desks[n % len(desks)]
        ident, command = filing(place(n))
        ids[desk.office].append(ident)
        desk.queue.append(desk.post(command))
    for desk in desks:
        desk.queue.reverse()
    before = memory(world.centre)
    return run(world, desks), before, ids


def changes(world, desks, place, seconds, what, most=1_000):
    """All that an office's list names, changed once; for as many rounds as take so long. Then ended."""
    whole, took, spent, lists = 0.0, [], 0.0, []
    kinds = ["put_intent"]
    while kinds:
        ending = whole >= seconds
        for n, desk in enumerate(desks):
            begin = time.perf_counter()
            own = world.centre.ask("GET", "/api/v1/intents", desk.office).json()[:most]
            lists.append(time.perf_counter() - begin)
            for k, one in enumerate(own):
                command = {"kind": "delete_intent", "body": {"id": one["id"], "at": one["ovn"]}} if ending else \
                    filing(place(k * len(desks) + n), one["id"], at=one["ovn"])[1]
                desk.queue.append(desk.post(command))
        told = run(world, desks)
        if ending:
            say(f"{what}, changed", (whole, took, spent))
            say(f"{what}, ended", told)
            print(f"{'  a list of up to a thousand own intents':44} p50 {percentile(lists, .5):.1f} ms", flush=True)
            return
        whole, took, spent = whole + told[0], took + told[1], spent + told[2]


def filings(world, desks, options, name, count, place):
    told, before, _ = file_all(world, desks, place, count)
    say(f"{name}, {count:,} filed", told, before, world)
    if name != "city":
        changes(world, desks, place, options.seconds, name)
        return
    for desk in desks:
        desk.queue = [desk.post(filing(place(0))[1]) for _ in range(3_000)]
    say(f"city of {count:,}, more of them", run(world, desks, options.seconds))


class Listener:
    """A stream of notices: when what came."""

    def __init__(self, desk):
        self.socket = socket.create_connection(("127.0.0.1", desk.port))
        self.socket.sendall(f"GET /api/v1/notices{desk.head}Accept: text/event-stream\r\n\r\n".encode())
        assert self.socket.recv(12, socket.MSG_PEEK) == b"HTTP/1.1 200", self.socket.recv(600)
        self.pieces = []

    def arrivals(self):
        """When each intent was first told of; by the line that names it."""
        found, tail = {}, b""
        for when, piece in self.pieces:
            *lines, tail = (tail + piece).split(b"\n")
            for line in lines:
                place = line.find(b'"intent":"')
                if place >= 0:
                    found.setdefault(line[place + 10:place + 46].decode(), when)
        return found


def streams(world, desks, options, rate=1_000):
    """Each filing meets one intent of each of two offices, which have five streams each."""
    even, odd = desks[0::2], desks[1::2]
    odd, count = odd[:20], rate * options.seconds
    listeners = {desk.office: [Listener(desk) for _ in range(5)] for desk in odd}
    met, pending = {}, []
    for n in range(count):
        row, column = divmod(n, 100)
        x, y = 80_000_000 + column * 100_000, 460_000_000 + row * 100_000
        spot = extent([[x, y], [x + 50_000, y], [x + 50_000, y + 50_000], [x, y + 50_000]], 1_500, 90_500, 3600, 7200)
        met[n] = []
        for k in range(2):
            desk = odd[(n * 2 + k) % len(odd)]
            ident, command = filing(spot)
            met[n].append((desk.office, ident))
            desk.queue.append(desk.post(command))
        desk = even[n % len(even)]
        pending.append((desk, desk.post(filing(spot)[1])))
    say("streams, before", run(world, odd))
    selector = selectors.DefaultSelector()
    for office, all_of_it in listeners.items():
        for listener in all_of_it:
            selector.register(listener.socket, selectors.EVENT_READ, listener)
    for desk in even:
        selector.register(desk.socket, selectors.EVENT_READ, desk)
    sent, answered, busy, asked = {}, {}, {}, 0
    spent, begin = processor(world.centre), time.perf_counter()
    while asked < count or len(answered) < count or time.perf_counter() < last + 1:
        now = time.perf_counter()
        while asked < count and now >= begin + asked / rate and pending[asked][0] not in busy:
            desk, octets = pending[asked]
            busy[desk], sent[asked] = asked, now
            desk.socket.sendall(octets)
            asked += 1
        for key, _ in selector.select(0.001):
            piece, now = key.fileobj.recv(1 << 18), time.perf_counter()
            if isinstance(key.data, Listener):
                key.data.pieces.append((now, piece))
            else:
                assert piece.startswith(b"HTTP/1.1 200"), piece[:600]
                answered[busy.pop(key.data)] = now
        last = max(answered.values(), default=begin)
    took = max(answered.values()) - begin
    spent = processor(world.centre) - spent
    tell_streams(listeners, met, sent, answered, took, spent)


def tell_streams(listeners, met, sent, answered, took, spent):
    times = {office: [one.arrivals() for one in all_of_it] for office, all_of_it in listeners.items()}
    late, whole = [], []
    for n, told in met.items():
        for office, ident in told:
            for arrived in times[office]:
                late.append(arrived[ident] - answered[n])
                whole.append(arrived[ident] - sent[n])
    streams_count = sum(map(len, listeners.values()))
    print(f"{streams_count} streams, {len(late) / len(met):.0f} touched by each of {len(met) / took:,.0f} filings/s: from the answer p50 / p99 "
          f"{percentile(late, .5):.1f} / {percentile(late, .99):.1f} ms, from sending {percentile(whole, .5):.1f} / "
          f"{percentile(whole, .99):.1f} ms; {spent / len(met) * 1e6:.0f} us of the centre each", flush=True)


def main():
    names = ("spread", "busy", "city", "streams")
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=int, default=4)
    arguments.add_argument("--city", type=int, default=100_000)
    arguments.add_argument("--aside", type=int, default=0)
    arguments.add_argument("--rate", type=int, default=1_000)
    arguments.add_argument("--only", action="append", choices=names)
    options = arguments.parse_args()
    for name in options.only or names:
        world = World(PARTIES + (2 if options.aside else 0))
        try:
            offices, places = world.offices[:PARTIES], Places(1)
            world.agreement("sky", offices)
            for n in range(options.aside):
                world.agreement(f"aside{n}", world.offices[PARTIES:])
            desks = [Desk(world, world.machine(office)) for office in offices]
            if name == "streams":
                streams(world, desks, options, options.rate)
            elif name == "busy":
                filings(world, desks, options, name, 1_984, places.busy)
            elif name == "spread":
                filings(world, desks, options, name, 20_000, places.spread)
            else:
                filings(world, desks, options, name, options.city, places.city(options.city))
        finally:
            world.close()


if __name__ == "__main__":
    main()
