#!/usr/bin/env python3
"""Figures of a real centre over real sockets: durable contributions, and pages of 100.

    bench/load.py [--objects N] [--seconds S]

Needs the release build and wrk. Starts a centre of its own with the scenario, fills a feed with N objects, and prints
requests a second and latencies as wrk saw them. The load runs on the same two cores as the centre, so the figures are
those of both together; the ceiling line is the same client against /healthz in the same run.
"""
import argparse
import base64
import json
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/conformance"))
import centre as c  # noqa: E402

POST = """
local n = 0
local thread = 0
function setup(t) t:set("id", thread); thread = thread + 1 end
function init() math.randomseed(os.time() + id * 7919) end
function request()
  n = n + 1
  local u = string.format("%08x-%04x-4%03x-8%03x-%06x%06x", id, n % 65536, math.random(0, 4095), math.random(0, 4095),
                          math.random(0, 16777215), n)
  local body = '{"objects":[{"type":"indicator","spec_version":"2.1","id":"indicator--' .. u ..
    '","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","name":"' .. u .. '","pattern":"[url:value = \\'https://x.example/\\']",' ..
    '"pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z","labels":["isil"]}]}'
  return wrk.format("POST", nil, nil, body)
end
"""


def wrk(url, authorization, seconds, connections, script=None, threads=1):
    command = ["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{seconds}s", "--latency",
               "-H", f"Authorization: {authorization}", "-H", f"Accept: {c.TAXII}", "-H", f"Content-Type: {c.TAXII}"]
    if script:
        file = tempfile.NamedTemporaryFile("w", suffix=".lua", delete=False)
        file.write(script)
        file.close()
        command += ["-s", file.name]
    out = subprocess.run(command + [url], capture_output=True, text=True, check=True).stdout
    rate = next(line.split()[1] for line in out.splitlines() if line.startswith("Requests/sec"))
    latency = {line.split()[0]: line.split()[1] for line in out.splitlines() if line.strip()[:3] in ("50%", "99%")}
    wrong = next((line.strip() for line in out.splitlines() if "Non-2xx" in line), "")
    return f"{float(rate):10.0f}/s   p50 {latency.get('50%', '?'):>9}   p99 {latency.get('99%', '?'):>9}   {wrong}"


def indicator(n):
    at = "2026-01-01T00:00:00Z"
    return json.dumps({"type": "indicator", "spec_version": "2.1", "id": f"indicator--{uuid.uuid4()}", "created": at,
                       "modified": at, "name": f"number {n}", "pattern": "[url:value = 'https://x.example/']",
                       "pattern_type": "stix", "valid_from": at, "labels": ["isil"]}).encode()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--objects", type=int, default=10_000)
    arguments.add_argument("--seconds", type=int, default=5)
    options = arguments.parse_args()
    centre = c.Centre(c.load_scenario())
    url = f"http://127.0.0.1:{centre.port}"
    try:
        for first in range(0, options.objects, 1000):
            count = min(1000, options.objects - first)
            status = centre.post("il/general-staff", "ru.il-staff", [indicator(first + n) for n in range(count)])
            assert status["success_count"] == count, status
            print(f"\r{first + count} objects", end="", file=sys.stderr)
        print(file=sys.stderr)
        def basic(office):
            who = centre.access[office]
            return "Basic " + base64.b64encode(f"{who['client']}:{who['client_password']}".encode()).decode()
        print("ceiling: /healthz, 64 connections      ", wrk(url + "/healthz", "-", options.seconds, 64))
        page = centre.collection("ru/general-staff", "ru.il-staff", "received") + "objects/?limit=100"
        for connections in (1, 16):
            print(f"page of 100 of {options.objects}, {connections:2} connections ",
                  wrk(url + page, basic("ru/general-staff"), options.seconds, connections))
        post = centre.collection("iq/defence", "ru.baghdad-centre", "contributed") + "objects/"
        for connections in (1, 16, 64, 256):
            print(f"durable contribution, {connections:3} connections ",
                  wrk(url + post, basic("iq/defence"), options.seconds, connections, POST))
    finally:
        centre.close()


if __name__ == "__main__":
    main()
