#!/usr/bin/env python3
"""Figures of a real centre over real sockets: durable contributions, commands, and pages of 100.

    bench/load.py [--objects N] [--seconds S] [--only PART]...

Parts: ceiling, page, envelope, command, alike, signed. Needs the release build and wrk. Starts a centre of its own with
the scenario, fills a feed with N objects, and prints requests a second and latencies as wrk saw them. The load runs on
the same two cores as the centre, so the figures are those of both together; the ceiling is the same client against
/healthz in the same run, and, where nginx is installed, against nginx serving the octets of the same page from a file.

Where other programs share the machine, rates say little. So for what is written each line ends with what does not depend
on them so much: microseconds of processor time that the centre spent on a request, commits a second, records in each.
"""
import argparse
import base64
import ctypes
import ctypes.util
import http.client
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/conformance"))
import centre as c  # noqa: E402

# One new object in each request; ENVELOPE, COMMAND and ALIKE are what is put around it and in it.
POST = """
local n = 0
local thread = 0
function setup(t) t:set("id", thread); thread = thread + 1 end
function init() math.randomseed(os.time() + id * 7919) end
function request()
  n = n + 1
  local u = string.format("%08x-%04x-4%03x-8%03x-%06x%06x", id, n % 65536, math.random(0, 4095), math.random(0, 4095),
                          math.random(0, 16777215), n)
  local object = '{"type":"indicator","spec_version":"2.1","id":"indicator--' .. u ..
    '","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","name":"' .. NAME .. '","pattern":"[url:value = \\'https://x.example/\\']",' ..
    '"pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z","labels":["isil"]}'
  local body = BODY
  return wrk.format("POST", nil, nil, body)
end
"""


ENVELOPE = POST.replace("NAME", "u").replace("BODY", """'{"objects":[' .. object .. ']}'""")
ALIKE = POST.replace("NAME", "'the same'").replace("BODY", """'{"objects":[' .. object .. ']}'""")
COMMAND = POST.replace("NAME", "u").replace(
    "BODY", """'{"kind":"contribute","body":{"agreement":"ru.baghdad-centre","object":' .. object .. '}}'""")
TICKS = os.sysconf("SC_CLK_TCK")


def wrk_figures(url, authorization, seconds, connections, script=None, threads=1, media=c.TAXII, headers=()):
    """What wrk counted: requests a second, answers, p50 and p99 as it writes them, and what went wrong, if anything."""
    command = ["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{seconds}s", "--latency"]
    for header in (f"Authorization: {authorization}", f"Accept: {media}", f"Content-Type: {media}", *headers):
        command += ["-H", header]
    if script:
        file = tempfile.NamedTemporaryFile("w", suffix=".lua", delete=False)
        file.write(script)
        file.close()
        command += ["-s", file.name]
    out = subprocess.run(command + [url], capture_output=True, text=True, check=True).stdout
    lines = [line.strip() for line in out.splitlines()]
    found = {line.split()[0]: line.split()[1] for line in lines if line[:3] in ("50%", "99%")}
    return {"rate": float(next(line.split()[1] for line in lines if line.startswith("Requests/sec"))),
            "answers": int(next(line.split()[0] for line in lines if " requests in " in line)),
            "p50": found.get("50%", "?"), "p99": found.get("99%", "?"),
            "wrong": "; ".join(line for line in lines if line.startswith(("Non-2xx", "Socket errors")))}


def wrk(*arguments, **options):
    told = wrk_figures(*arguments, **options)
    return f"{told['rate']:10.0f}/s   p50 {told['p50']:>9}   p99 {told['p99']:>9}   {told['wrong']}"


def spent(centre):
    """Seconds of processor time of the centre, commits and records so far."""
    fields = Path(f"/proc/{centre.process.pid}/stat").read_text().rpartition(")")[2].split()
    journal = sqlite3.connect(f"file:{centre.data}/journal.sqlite?mode=ro", uri=True)
    commits, records = journal.execute("SELECT count(*), max(last) FROM batches").fetchone()
    journal.close()
    return (int(fields[11]) + int(fields[12])) / TICKS, commits, records


def write_load(centre, *arguments, **options):
    """wrk() with what it cost the centre."""
    before = spent(centre)
    line = wrk(*arguments, **options)
    processor, commits, records = (after - earlier for after, earlier in zip(spent(centre), before))
    seconds = arguments[2]
    return (f"{line}  {processor / max(1, records) * 1e6:5.0f} us each, {commits / seconds:5.0f} commits/s of "
            f"{records / max(1, commits):5.1f}")


def indicator(n):
    at = "2026-01-01T00:00:00Z"
    return json.dumps({"type": "indicator", "spec_version": "2.1", "id": f"indicator--{uuid.uuid4()}", "created": at,
                       "modified": at, "name": f"number {n}", "pattern": "[url:value = 'https://x.example/']",
                       "pattern_type": "stix", "valid_from": at, "labels": ["isil"]}).encode()


def basic(who, kind="client"):
    return "Basic " + base64.b64encode(f"{who[kind]}:{who[kind + '_password']}".encode()).decode()


class Signer:
    """Ed25519 by libsodium, the library the centre itself uses."""

    def __init__(self, seed):
        self.sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
        self.secret = ctypes.create_string_buffer(64)
        assert self.sodium.crypto_sign_seed_keypair(ctypes.create_string_buffer(32), self.secret, seed) == 0

    def sign(self, message):
        made = ctypes.create_string_buffer(64)
        assert self.sodium.crypto_sign_detached(made, None, message, ctypes.c_ulonglong(len(message)), self.secret) == 0
        return base64.b64encode(made.raw).decode()


def signed_lists(centre, office, lists, length):
    """Bodies of POST /commands: each a list of signed acts, numbered on as the party's acts must be."""
    me = centre.ask("GET", "/api/v1/me", office, person=True).json()
    key = me["party"]["keys"][0]["key"]
    lines = (centre.data / f"demo-keys/{me['party']['party']}.key").read_text().splitlines()
    signer = Signer(base64.b64decode(next(line for line in lines if not line.startswith("#"))))
    until = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(time.time() + 86400))
    bodies = []
    for n in range(lists):
        commands = []
        for k in range(length):
            act = {"kind": "claim_independent_source", "centre": me["centre"]["origin"], "party": me["party"]["party"],
                   "founding_key": me["party"]["founding_key"], "office": office, "key": key,
                   "seq": me["party"]["last_seq"] + 1 + n * length + k, "not_after": until,
                   "item": f"url--{uuid.uuid4()}"}
            text = json.dumps(act, sort_keys=True, separators=(",", ":"))
            value = signer.sign(b"comity-act/1\n" + text.encode())
            commands.append({"kind": act["kind"], "act": act, "signatures": [{"key": key, "value": value}]})
        bodies.append(json.dumps(commands).encode())
    return bodies


def signed(centre, offices, lists, length):
    """Each party sends its lists one after another, all parties at once."""
    bodies = {office: signed_lists(centre, office, lists, length) for office in offices}
    failures = []

    def send(office):
        connection = http.client.HTTPConnection("127.0.0.1", centre.port, timeout=60)
        fields = {"Authorization": basic(centre.access[office], "person"), "Content-Type": "application/json",
                  "Comity-Office": office}
        for body in bodies[office]:
            connection.request("POST", "/api/v1/commands", body=body, headers=fields)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != 200:
                failures.append(said[:300])

    threads = [threading.Thread(target=send, args=(office,)) for office in offices]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]
    return len(offices) * lists * length / (time.monotonic() - start)


@contextmanager
def nginx_serving(octets, certificate=None):
    """URLs at which nginx serves the octets from a file: by HTTP, and by HTTPS if there is a (certificate, key)."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        yield []
        return
    folder = Path(tempfile.mkdtemp(prefix="comity-bench-"))
    (folder / "page").write_bytes(octets)
    ports = [c.free_port(), c.free_port()] if certificate else [c.free_port()]
    secure = f"listen 127.0.0.1:{ports[1]} ssl; ssl_certificate {certificate[0]}; ssl_certificate_key {certificate[1]};" \
        if certificate else ""
    (folder / "nginx.conf").write_text(f"""
        daemon off; worker_processes 2; pid {folder}/pid; error_log {folder}/errors; user root;
        events {{ worker_connections 512; }}
        http {{ access_log off; keepalive_requests 1000000; default_type application/taxii+json;
               server {{ listen 127.0.0.1:{ports[0]}; {secure} root {folder}; }} }}""")
    server = subprocess.Popen([program, "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        yield [f"{scheme}://127.0.0.1:{port}/page" for scheme, port in zip(("http", "https"), ports)]
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def nginx(octets, connections, seconds):
    """What nginx makes of the same octets, as a file; None without nginx."""
    with nginx_serving(octets) as urls:
        return wrk(urls[0], "-", seconds, connections) if urls else None


def fill(centre, objects):
    start = time.monotonic()
    for first in range(0, objects, 1000):
        count = min(1000, objects - first)
        status = centre.post("il/general-staff", "ru.il-staff", [indicator(first + n) for n in range(count)])
        assert status["success_count"] == count, status
        print(f"\r{first + count} objects", end="", file=sys.stderr)
    print(file=sys.stderr)
    took = time.monotonic() - start
    print(f"envelopes of 1,000 objects, 1 connection {objects / took:10.0f} objects/s, made by the client too")


def pages(centre, url, options):
    fill(centre, options.objects)
    page = centre.collection("ru/general-staff", "ru.il-staff", "received") + "objects/?limit=100"
    octets = centre.ask("GET", page, "ru/general-staff").body
    for connections in (1, 16):
        beside = nginx(octets, connections, options.seconds)
        print(f"page of 100 of {options.objects}, {connections:2} connections ",
              wrk(url + page, basic(centre.access["ru/general-staff"]), options.seconds, connections))
        print(f"  the same octets by nginx, {connections:2}         ", beside or "nginx is not installed")


def envelopes(centre, url, options, script, what):
    post = centre.collection("iq/defence", "ru.baghdad-centre", "contributed") + "objects/"
    for connections in (1, 16, 64, 256):
        print(f"{what}, {connections:3} connections ",
              write_load(centre, url + post, basic(centre.access["iq/defence"]), options.seconds, connections, script))


def commands(centre, url, options):
    token = centre.ask("POST", "/api/v1/token", "iq/defence").json()["token"]
    for connections in (1, 16, 64, 256):
        print(f"POST /commands, unsigned, token, {connections:3}   ",
              write_load(centre, url + "/api/v1/commands", f"Bearer {token}", options.seconds, connections, COMMAND,
                         media="application/json"))


def acts(centre):
    one_of_each = {who["party"]: office for office, who in centre.access.items() if "person" in who}
    offices = list(one_of_each.values())[:8]
    for lists, length in ((200, 1), (100, 100)):
        print(f"signed acts, lists of {length:3}, {len(offices)} parties   {signed(centre, offices, lists, length):10.0f}/s")


def main():
    parts = ("ceiling", "page", "envelope", "command", "alike", "signed")
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--objects", type=int, default=10_000)
    arguments.add_argument("--seconds", type=int, default=5)
    arguments.add_argument("--only", action="append", choices=parts)
    options = arguments.parse_args()
    centre = c.Centre(c.load_scenario())
    url = f"http://127.0.0.1:{centre.port}"
    run = {
        "ceiling": lambda: print("ceiling: /healthz, 64 connections      ", wrk(url + "/healthz", "-", options.seconds, 64)),
        "page": lambda: pages(centre, url, options),
        "envelope": lambda: envelopes(centre, url, options, ENVELOPE, "durable contribution"),
        "command": lambda: commands(centre, url, options),
        "alike": lambda: envelopes(centre, url, options, ALIKE, "alike but for their id"),
        "signed": lambda: acts(centre),
    }
    try:
        for part in options.only or parts:
            run[part]()
    finally:
        centre.close()


if __name__ == "__main__":
    main()
