"""People on watch are paged when a notice waits: by mail through a relay, by a gateway, by a command; and what a page says is nothing
but that (40-deconfliction)."""
import http.server
import json
import re
import socketserver
import threading
import time

import pytest

import test_f3548_agreements as two
from test_airspace_cli import Office
from test_f3548_agreements import CROSSING, ELSEWHERE, PLAN, RU, US, clause, commanded, natively, open_centre  # noqa: F401

PAGE = re.compile(r"(EXERCISE )?Comity: (\d+) notices? waiting(, answer due \d\d:\d\dZ)?, ref [0-9A-F]{4}")
NOTIFY = {"id": "volumes", "type": "notify", "from": "each", "to": "others", "about": "intent", "lead_time": "PT0S",
          "acknowledge_within": "PT15M", "read_back": False, "escalate_every": "PT5M"}


class Mail(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a relay needs to take a message."""
    got = []

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 relay.example")
        to = None
        for raw in self.rfile:
            line = raw.decode().strip()
            if line.upper().startswith("RCPT TO:"):
                to = line[8:].strip()
            if line.upper() == "DATA":
                self.say("354 go on")
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += self.rfile.readline()
                Mail.got.append((to, text.decode()))
            if line.upper() == "QUIT":
                return self.say("221 bye")
            self.say("250 ok")


class Gateway(http.server.BaseHTTPRequestHandler):
    got = []

    def do_POST(self):
        Gateway.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def relay():
    Mail.got = []
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"smtp://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def gateway():
    Gateway.got = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page"
    server.shutdown()


def waited(what, count=1, within=10.0):
    end = time.monotonic() + within
    while len(what()) < count and time.monotonic() < end:
        time.sleep(0.05)
    return what()


def watches(centre, office, *contacts):
    commanded(centre, office, "sign_on_watch", {"contacts": [{"by": by, "address": address} for by, address in contacts]})


def last_page(centre, office):
    return centre.ask("GET", "/api/v1/watch", office).json()["on_watch"][0]["contacts"][0].get("last_page", {}).get("outcome")


def test_who_is_on_watch_is_paged_by_mail_and_told_nothing(open_centre, relay):  # noqa: F811
    centre = open_centre(clause("warning"), NOTIFY, options=("--page-relay", relay, "--page-from", "comity@centre.example"))
    watches(centre, US, ("mail", "watch@us.example"), ("mail", "second@us.example"))
    ours = natively(centre, PLAN)
    theirs = natively(centre, CROSSING, office=RU)
    (to, message), = waited(lambda: Mail.got)
    assert "watch@us.example" in to, "the first contact; the other's turn is when nobody answers"
    head, _, text = message.partition("\r\n\r\n")
    assert PAGE.fullmatch(text.removesuffix("\r\n.\r\n").strip()), text
    assert "1 notice waiting, answer due" in text
    for word in (ours, theirs, "40.0", "35.0", "ru", "us.deconfliction", "conflict"):
        assert word not in message.replace("watch@us.example", ""), word
    assert "Subject: Comity\r\n" in head and "From: <comity@centre.example>" in head
    assert waited(lambda: [last_page(centre, US)] if last_page(centre, US) else []) == ["sent"]
    time.sleep(1)
    assert len(Mail.got) == 1, "once; and ru, where nobody is on watch, is not paged"
    # Whoever signs on while something waits is paged then.
    watches(centre, RU, ("mail", "watch@ru.example"))
    assert "watch@ru.example" in waited(lambda: Mail.got, 2)[1][0]


def test_a_gateway_takes_address_and_text(open_centre, gateway):  # noqa: F811
    centre = open_centre(clause("warning"), NOTIFY, options=("--page-gateway", gateway))
    watches(centre, US, ("gateway", "+12025550123"))
    natively(centre, PLAN)
    natively(centre, CROSSING, office=RU)
    (page,) = waited(lambda: Gateway.got)
    assert page["to"] == "+12025550123" and PAGE.fullmatch(page["text"]) and set(page) == {"to", "text"}


def test_a_command_takes_the_address_as_its_only_argument(open_centre, tmp_path):  # noqa: F811
    program, said = tmp_path / "page", tmp_path / "said"
    program.write_text(f"#!/bin/sh\n[ $# = 1 ] && {{ echo \"$1\"; cat; echo; env; }} > {said}.part && mv {said}.part {said}\n")
    program.chmod(0o755)
    centre = open_centre(clause("warning"), NOTIFY, options=("--page-command", str(program)))
    watches(centre, US, ("gateway", "pager-7"))
    natively(centre, PLAN)
    natively(centre, CROSSING, office=RU)
    assert waited(lambda: [said] if said.exists() else [])
    to, text, *environment = said.read_text().splitlines()
    assert to == "pager-7" and PAGE.fullmatch(text)
    assert not any(line.startswith(("HOME=", "COMITY")) for line in environment)


def test_without_a_way_the_watch_says_so(open_centre):  # noqa: F811
    centre = open_centre(clause("warning"), NOTIFY)
    watches(centre, US, ("mail", "watch@us.example"))
    natively(centre, PLAN)
    natively(centre, CROSSING, office=RU)
    assert waited(lambda: [last_page(centre, US)] if last_page(centre, US) else []) == ["no_way"]


def test_an_exercise_is_paged_as_one_and_meets_no_flight(open_centre, gateway):  # noqa: F811
    centre = open_centre(clause("warning"), NOTIFY, options=("--page-gateway", gateway))
    watches(centre, US, ("gateway", "+12025550123"))
    natively(centre, PLAN, exercise=True)
    natively(centre, CROSSING, office=RU)
    time.sleep(1)
    assert two.notices(centre, US) == [] and Gateway.got == []
    natively(centre, CROSSING, office=RU, exercise=True)
    (page,) = waited(lambda: Gateway.got)
    assert page["text"].startswith("EXERCISE Comity: 1 notice waiting")


def test_what_cannot_be_a_way_is_refused_at_the_start(tmp_path):
    import subprocess

    import centre as c
    for options, why in ((("--page-relay", "smtp://relay.example:25"), "page-from"),
                         (("--page-relay", "https://relay.example", "--page-from", "a@b.example"), "smtp://"),
                         (("--page-gateway", "http://gateway.example/"), "https://"),
                         (("--page-command", "page"), "full path"),
                         (("--page-gateway", "https://g.example/", "--page-command", "/bin/page"), "name one")):
        done = subprocess.run([c.PROGRAM, "serve", "--data", tmp_path / "none", *options], capture_output=True, text=True)
        assert done.returncode == 2 and why in done.stderr, (options, done)


def test_notices_are_a_stream_that_goes_on_where_its_reader_was(open_centre):  # noqa: F811
    import base64
    import socket
    centre = open_centre(clause("warning"), NOTIFY)

    def stream(path, last=None):
        who = centre.access[US]
        credential = base64.b64encode(f"{who['client']}:{who['client_password']}".encode()).decode()
        reader = socket.create_connection(("127.0.0.1", centre.port))
        more = f"Last-Event-ID: {last}\r\n" if last else ""
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\nAuthorization: Basic {credential}\r\n"
                       f"{more}\r\n".encode())
        return reader

    def until(reader, word, within=5.0):
        text, end = b"", time.monotonic() + within
        while word not in text and time.monotonic() < end:
            reader.settimeout(max(0.01, end - time.monotonic()))
            try:
                text += reader.recv(65536)
            except TimeoutError:
                break
        return text

    natively(centre, PLAN)
    notices, conflicts = stream("/api/v1/notices"), stream("/api/v1/conflicts")
    assert b"event: conflicts" in until(conflicts, b"data: []")
    begun = time.monotonic()
    theirs = natively(centre, CROSSING, office=RU)
    first = until(notices, b'"state":"open"')
    assert time.monotonic() - begun < 1.0 and b"event: notice" in first
    assert b'"level":"warning"' in until(conflicts, b'"level":"warning"')
    token = re.search(rb"id: (\S+)", first)[1].decode()
    delivered = waited(lambda: [one for one in two.notices(centre, US) if "delivered" in one])
    assert delivered, "what a stream gave is delivered"
    notices.close()
    at = centre.ask("GET", "/api/v1/intents", RU).json()[0]["ovn"]
    natively(centre, ELSEWHERE, office=RU, entity=theirs, at=at)
    again = until(stream("/api/v1/notices", token), b'"state":"over"')
    assert again.count(b"event: notice") == 1, "nothing twice"
    assert b"data: []" in until(conflicts, b"data: []")


def test_the_command_line_knows_the_watch(open_centre):  # noqa: F811
    centre = open_centre(clause("warning"), NOTIFY)
    us = Office(centre, US)
    us.says("watch", "on", "--mail", "watch@us.example", "--gateway", "+12025550123")
    shown = us.told("watch", "show")
    assert [one["address"] for one in shown["on_watch"][0]["contacts"]] == ["watch@us.example", "+12025550123"]
    us.says("watch", "test", "us.deconfliction", "line", "--language", "en", "--minutes", "2")
    (line,) = [one for one in us.told("watch", "show")["lines"] if one["agreement"] == "us.deconfliction"]
    assert line["calls"][0]["reached"] is True
    us.says("watch", "off", code=1)
    assert "Nobody else is on watch" in us.heard[-1]
    us.says("people", "add", "boris", US, "--role", "watch")
    us.says("watch", "offer", "boris@us", "--note", "The line is noisy;\n\x1b[2Jask for Vera.", code=2)
    us.says("watch", "offer", "boris@us", "--note", "The line is noisy;\nask for Vera.")
    assert us.told("watch", "show")["on_watch"][0]["offered_note"] == "The line is noisy;\nask for Vera."
    said = us.says("watch", "show").stdout
    assert "for boris@us:\nThe line is noisy;\nask for Vera.\n" in said, said
    assert "noisy" not in Office(centre, RU).says("--json", "watch", "show").stdout
