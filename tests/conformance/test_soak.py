"""An hour of everyday work, with parties that leave and come back all the time: memory stays flat, nothing is cut that should
not be, and every promise of test_leaving.py still holds at the end. COMITY_SOAK_S shortens it."""
import json
import os
import statistics
import threading
import time

import pytest

import centre as c
from test_leaving import BAGHDAD, IQ, IR, RU, Stream, act, ids, report

SECONDS = float(os.environ.get("COMITY_SOAK_S", "3600"))
# What a record and an item may leave behind in memory, with room: a record that nobody asks for has 120 octets (50-ledger).
OCTETS_A_COMMAND, SLACK = 4_096, 48 << 20

pytestmark = pytest.mark.skipif("COMITY_LONG" not in os.environ, reason="an hour long: ./test --long")


def resident(centre):
    return int(open(f"/proc/{centre.process.pid}/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Work:
    """Threads that do one thing again and again; what goes wrong in one of them is kept."""

    def __init__(self, centre):
        self.centre, self.ends, self.wrong, self.commands = centre, time.monotonic() + SECONDS, [], 0
        self.reads = self.busy = 0
        self.lock = threading.Lock()

    def again(self, what, pause):
        def run():
            while time.monotonic() < self.ends and not self.wrong:
                try:
                    what()
                except Exception as error:  # of whatever kind: the test ends with it
                    self.wrong.append(f"{what.__name__}: {error!r}")
                time.sleep(pause)
        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def count(self, commands=1):
        with self.lock:
            self.commands += commands

    def patiently(self, look):
        """Where the law moves all the time an answer may be told to come again; counted, and judged at the end."""
        for _ in range(5):
            self.reads += 1
            try:
                return look()
            except AssertionError as error:
                if "503" not in str(error):
                    raise
                self.busy += 1
                time.sleep(0.2)
        return look()

    def read(self):
        for office in (RU, IQ, IR):
            self.patiently(lambda: self.centre.pages(office, BAGHDAD, limit=100))

    def write(self):
        made = report(int(time.time()) % 60)
        base = self.patiently(lambda: self.centre.collection(IQ, BAGHDAD, "contributed"))
        given = self.centre.ask("POST", base + "objects/", IQ, b'{"objects":[' + made + b"]}")
        assert given.status == 202 and given.json()["success_count"] == 1, (given.status, given.body)
        gone = self.centre.ask("DELETE", f"/api/v1/items/{json.loads(made)['id']}", IQ)
        assert gone.status == 200, gone.body
        self.count(2)

    def follow(self):
        """What has not gone yet when others leave is dropped with its stream (25-isolation F12), whose reader comes again."""
        self.reads += 1
        stream = self.patiently(lambda: Stream(self.centre, IR))
        try:
            began = stream.read_until(b"event:", within=20.0)
            if not began and stream.text.startswith(b"HTTP/1.1 503 "):  # as any page; a keep-alive connection stays open after it
                self.busy += 1
            else:
                assert began, stream.text[:2000]
        except ConnectionResetError:
            self.busy += 1
        stream.socket.close()

    def leave(self):
        act(self.centre, RU, "suspend", BAGHDAD)
        assert self.patiently(lambda: ids(self.centre, RU, BAGHDAD)) == []
        act(self.centre, RU, "resume", BAGHDAD)
        assert self.patiently(lambda: ids(self.centre, RU, BAGHDAD))
        self.count(2)

    def me(self, token):
        answer = self.centre.ask("GET", "/api/v1/me", headers={"Authorization": "Bearer " + token})
        assert answer.status == 200, answer.status

    def come_in(self):
        token = self.centre.ask("POST", "/api/v1/token", IQ).json()["token"]
        self.patiently(lambda: self.me(token))
        self.count()


def test_an_hour_of_everyday_work_leaves_memory_flat():
    centre = c.Centre(c.load_scenario())
    try:
        work, sizes = Work(centre), []
        threads = [work.again(work.read, 0.05), work.again(work.write, 0.2), work.again(work.follow, 1.0),
                   work.again(work.leave, 5.0), work.again(work.come_in, 2.0)]
        while time.monotonic() < work.ends and not work.wrong:
            sizes.append((work.commands, resident(centre)))
            time.sleep(min(10.0, SECONDS / 40))
        for thread in threads:
            thread.join()
        assert not work.wrong, work.wrong[:3]
        quarter = len(sizes) // 4
        early, late = sizes[quarter:2 * quarter], sizes[-quarter:]
        grown = statistics.median(size for _, size in late) - statistics.median(size for _, size in early)
        commands = late[-1][0] - early[0][0]
        print(f"{work.commands} commands in {SECONDS:.0f} s; {early[0][1] >> 20} MiB, then {late[-1][1] >> 20} MiB; "
              f"{work.busy} of {work.reads} reads were told to come again")
        assert grown <= commands * OCTETS_A_COMMAND + SLACK, (grown, commands)
        assert work.busy <= work.reads / 1000, (work.busy, work.reads)
        assert centre.ask("GET", "/healthz").body.strip() == b"ok"
    finally:
        centre.close()
