"""Readers of event streams, many on one thread, while another office contributes: the part `streams` of exchange.py."""
import bisect
import re
import selectors
import socket
import time
from pathlib import Path

import centre as c
import load
import parties
from raw import Raw, envelope, processor, request

NUMBER = re.compile(rb'"name": "number (\d+)"')


class Readers:
    """Streams and one writer on one thread. Octets are kept with the time of their arrival and looked at afterwards."""

    def __init__(self, centre, agreement, offices, each, writer):
        self.centre, self.selector = centre, selectors.DefaultSelector()
        self.streams = [self.open(agreement, office) for office in offices for _ in range(each)]
        self.writer = Raw(centre.port).socket
        self.pieces = {self.writer: []}
        self.path = centre.collection(writer, agreement, "contributed") + "objects/"
        self.who = centre.access[writer]
        self.selector.register(self.writer, selectors.EVENT_READ)
        for stream in self.streams:
            self.pieces[stream] = []
            self.selector.register(stream, selectors.EVENT_READ)

    def open(self, agreement, office, receive_buffer=None):
        stream = socket.socket()
        if receive_buffer:
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        stream.connect(("127.0.0.1", self.centre.port))
        path = self.centre.collection(office, agreement, "received") + "objects/"
        stream.sendall(request("GET", path, self.centre.access[office]).replace(c.TAXII.encode(), b"text/event-stream", 1))
        assert stream.recv(12, socket.MSG_PEEK) == b"HTTP/1.1 200", stream.recv(600)
        return stream

    def run(self, bodies, pause):
        """Posts each body `pause` seconds after the last, or when that was answered; until all is quiet for a second."""
        requests = [request("POST", self.path, self.who, body) for body in bodies]
        for pieces in self.pieces.values():
            pieces.clear()
        sent, answered, quiet = [], 0, time.perf_counter()
        while True:
            now = time.perf_counter()
            if len(sent) < len(requests) and answered == len(sent) and (not sent or now >= sent[-1] + pause):
                sent.append(now)
                self.writer.sendall(requests[len(sent) - 1])
            for key, _ in self.selector.select(min(pause, 0.002) if len(sent) < len(requests) else 0.1):
                piece = key.fileobj.recv(1 << 18)
                assert piece, "the centre closed the connection"
                quiet = time.perf_counter()
                self.pieces[key.fileobj].append((quiet, piece))
                if key.fileobj is self.writer:
                    assert piece.startswith(b"HTTP/1.1 202") or answered < len(sent), piece[:300]
                    answered += piece.startswith(b"HTTP/1.1 202")
            if len(sent) == len(requests) == answered and time.perf_counter() > quiet + 1:
                return sent, [at for at, piece in self.pieces[self.writer] if piece.startswith(b"HTTP/1.1 202")]

    def arrivals(self, first, count):
        """For each reader, when each of the events came; all came, once, in order."""
        all_times = []
        for stream in self.streams:
            pieces, ends, total = self.pieces[stream], [], 0
            for _, piece in pieces:
                total += len(piece)
                ends.append(total)
            found = [(int(match[1]), match.end()) for match in NUMBER.finditer(b"".join(piece for _, piece in pieces))]
            assert [number for number, _ in found] == list(range(first, first + count)), (count, len(found))
            all_times.append([pieces[bisect.bisect_left(ends, end)][0] for _, end in found])
        return all_times

    def close(self):
        for one in self.pieces:
            one.close()
        self.selector.close()


def percentiles(values):
    ordered = sorted(values)
    return ordered[len(ordered) // 2] * 1e3, ordered[int(len(ordered) * 0.99)] * 1e3


def paced(readers, first, count):
    """Milliseconds from sending, and from the 202, to the event: p50 and p99 of each."""
    sent, answers = readers.run([envelope([load.indicator(first + n)]) for n in range(count)], 0.03)
    times = readers.arrivals(first, count)
    return [percentiles([one[n] - begin[n] for one in times for n in range(count)]) for begin in (sent, answers)]


def flood(readers, first, envelopes_count):
    """(events a second, seconds of the centre's processor) of envelopes of 100, one after another."""
    bodies = [envelope([load.indicator(first + n * 100 + k) for k in range(100)]) for n in range(envelopes_count)]
    before = processor(readers.centre)
    sent, _ = readers.run(bodies, 0)
    spent, times = processor(readers.centre) - before, readers.arrivals(first, 100 * envelopes_count)
    last = max((one[-1] for one in times), default=0)
    return len(times) * 100 * envelopes_count / (last - sent[0]) if times else 0, spent


def streams(scene, report, options):
    world = parties.World(41)
    offices = [world.machine(office) for office in world.offices]
    try:
        for count, each, envelopes_count in ((4, 1, 60), (40, 1, 30), (40, 10, 10)):
            members = offices[:count + 1]
            name = world.agreement(f"unread-{count}-{each}", members)
            _, alone = flood(Readers(world.centre, name, [], 0, offices[0]), 0, envelopes_count)
            name = world.agreement(f"read-{count}-{each}", members)
            readers = Readers(world.centre, name, members[1:], each, offices[0])
            tell_streams(report, readers, count * each, envelopes_count, alone)
            readers.close()
        slow_neighbour(world, offices, report)
    finally:
        world.close()


def tell_streams(report, readers, count, envelopes_count, alone):
    from_sending, from_answer = paced(readers, 0, 40)
    report.say(f"{count:3} streams, from sending to the event, p50", from_sending[0], "ms",
               beside=f"p99 {from_sending[1]:.1f} ms; from the 202 p50 {from_answer[0]:.1f} ms, p99 {from_answer[1]:.1f} ms")
    rate, spent = flood(readers, 40, envelopes_count)
    each = (spent - alone) / (count * 100 * envelopes_count)
    report.say(f"{count:3} streams under envelopes of 100", rate, "events/s",
               beside=f"{each * 1e6:.1f} us of the centre for an event, writing taken off")


def slow_neighbour(world, offices, report):
    """One reader takes nothing while megabytes come; the others are to notice nothing."""
    name = world.agreement("slow", offices)
    readers = Readers(world.centre, name, offices[1:40], 1, offices[0])
    before, _ = paced(readers, 0, 40)
    sleeper = readers.open(name, offices[40], receive_buffer=4096)
    large = [envelope([load.indicator(40 + n).replace(b'"name"', b'"description": "' + b"x" * 1_000_000 + b'", "name"')])
             for n in range(12)]
    readers.run(large, 0)
    readers.arrivals(40, 12)
    after, _ = paced(readers, 52, 40)
    assert unsent(sleeper) > 0, "the neighbour is not slow"
    for which, name in enumerate(("p50", "p99")):
        report.say(f"39 streams beside one that is not read, {name}", after[which] / before[which], "x", most=1.2,
                   beside=f"{before[which]:.1f} ms before, {after[which]:.1f} ms with it")
    sleeper.close()
    readers.close()


def unsent(stream):
    """Octets that the kernel has for this reader and cannot deliver."""
    mine, its = (f"{number:04X}" for number in (stream.getsockname()[1], stream.getpeername()[1]))
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(":" + its) and fields[2].endswith(":" + mine):
            return int(fields[4].split(":")[0], 16)
    return 0
