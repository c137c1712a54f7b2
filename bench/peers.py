#!/usr/bin/env python3
"""The same work over the same client at the Python TAXII servers and at a centre, in one run (30-exchange, speed to reach).

    bench/peers.py [--objects N] [--bundle FILE]

Installs medallion and OpenTAXII from PyPI into build/peers, once. Each server gets N objects in envelopes of 1,000, then a page
of 100, a walk of everything and one more envelope of 1,000 are timed on one connection, and the bundle, if there is one, is
posted in envelopes of 1,000. medallion keeps all in memory and its cost grows with what is there, so it gets 1,000 objects;
OpenTAXII writes SQLite under gunicorn with two workers; the centre is durable and checks every object. Where a server refuses
what was posted, the line says so.
"""
import argparse
import base64
import http.client
import json
import os
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/conformance"))
import centre as c  # noqa: E402

FOLDER = c.ROOT / "build/peers"
ROOT_ID, COLLECTION = "bench", "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
PACKAGES = ["medallion==3.0.0", "opentaxii==0.9.3", "gunicorn"]


def installed():
    python = FOLDER / "venv/bin/python"
    if not python.exists():
        print("installing", *PACKAGES, flush=True)
        subprocess.run([sys.executable, "-m", "venv", FOLDER / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return FOLDER / "venv/bin"


def indicator(n):
    at = "2026-01-01T00:00:00.000Z"
    return {"type": "indicator", "spec_version": "2.1", "id": f"indicator--{uuid.uuid4()}", "created": at, "modified": at,
            "name": f"number {n}", "pattern": "[url:value = 'https://x.example/']", "pattern_type": "stix", "valid_from": at,
            "labels": ["isil"]}  # which the centre's clauses ask for


def login(who):
    return {"Authorization": "Basic " + base64.b64encode(":".join(who).encode()).decode()} if who else {}


def envelope(objects):
    return json.dumps({"objects": objects}).encode()


class Server:
    """Reads and writes may be different collections: at a centre a reader has what another contributed."""

    def __init__(self, name, port, read, write, reader, writer, stop):
        self.name, self.read, self.write, self.stop = name, read, write, stop
        self.headers = {what: {**login(who), "Accept": c.TAXII, "Content-Type": c.TAXII}
                        for what, who in {"GET": reader, "POST": writer}.items()}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                return self.ask("GET", "/taxii2/") and None
            except OSError:
                self.connection.close()
                time.sleep(0.2)
        raise SystemExit(f"{name} does not answer")

    def ask(self, method, path, body=None):
        self.connection.request(method, path, body, self.headers[method])
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def post(self, body):
        status, body = self.ask("POST", self.write, body)
        if status != 202:
            return f"refused with {status}"
        said = json.loads(body)
        while said.get("status") == "pending":  # a server may work on behind its answer
            time.sleep(0.01)
            status, body = self.ask("GET", f"{self.write.split('collections')[0]}status/{said['id']}/")
            said = json.loads(body)
        return f"{said.get('failure_count', 0)} refused" if said.get("failure_count") else ""

    def page(self, next=None):
        status, body = self.ask("GET", f"{self.read}?limit=100" + (f"&next={quote(next)}" if next else ""))
        assert status == 200, (self.name, status, body[:200])
        return json.loads(body)


def medallion(bin):
    port, folder = c.free_port(), FOLDER / "medallion"
    folder.mkdir(exist_ok=True)
    (folder / "data.json").write_text(json.dumps({
        "/discovery": {"title": "bench", "default": f"http://127.0.0.1:{port}/{ROOT_ID}/", "api_roots": [f"http://127.0.0.1:{port}/{ROOT_ID}/"]},
        ROOT_ID: {"information": {"title": "bench", "versions": ["application/taxii+json;version=2.1"], "max_content_length": 104857600},
                  "status": [], "collections": [{"id": COLLECTION, "title": "all", "can_read": True, "can_write": True,
                                                 "media_types": ["application/stix+json;version=2.1"], "objects": [], "manifest": []}]}}))
    (folder / "config.json").write_text(json.dumps({
        "backend": {"module": "medallion.backends.memory_backend", "module_class": "MemoryBackend", "filename": str(folder / "data.json")},
        "users": {"admin": "word"}, "taxii": {"max_page_size": 1000}}))
    process = subprocess.Popen([bin / "medallion", "--port", str(port), folder / "config.json"], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    objects = f"/{ROOT_ID}/collections/{COLLECTION}/objects/"
    return Server("medallion 3.0.0", port, objects, objects, ("admin", "word"), ("admin", "word"), process.terminate)


def opentaxii(bin):
    port, folder = c.free_port(), FOLDER / "opentaxii"
    subprocess.run(["rm", "-rf", folder])
    folder.mkdir()
    (folder / "config.yml").write_text(f"""
domain: "127.0.0.1:{port}"
support_basic_auth: yes
auth_api:
  class: opentaxii.auth.sqldb.SQLDatabaseAPI
  parameters: {{db_connection: "sqlite:///{folder}/auth.db", create_tables: yes, secret: bench, token_ttl_secs: 3600}}
taxii1:
taxii2:
  title: bench
  max_content_length: 67108864
  public_discovery: yes
  persistence_api:
    class: opentaxii.persistence.sqldb.Taxii2SQLDatabaseAPI
    parameters: {{db_connection: "sqlite:///{folder}/data.db", create_tables: yes}}
logging: {{opentaxii: error, root: error}}
""")
    environment = {**os.environ, "OPENTAXII_CONFIG": str(folder / "config.yml")}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([bin / "opentaxii-create-account", "-u", "admin", "-p", "word", "-a"], check=True, **quiet)
    subprocess.run([bin / "opentaxii-add-api-root", "-t", "bench", "--default"], check=True, **quiet)
    root = str(uuid.UUID(sqlite3.connect(folder / "data.db").execute("SELECT id FROM opentaxii_api_root").fetchone()[0]))
    subprocess.run([bin / "opentaxii-add-collection", "-r", root, "-t", "all", "-a", "all", "--public", "--public-write"], check=True, **quiet)
    collection = str(uuid.UUID(sqlite3.connect(folder / "data.db").execute("SELECT id FROM opentaxii_collection").fetchone()[0]))
    process = subprocess.Popen([bin / "gunicorn", "opentaxii.http:app", "--workers", "2", "--bind", f"127.0.0.1:{port}",
                                "--timeout", "600"], start_new_session=True, **quiet)
    objects = f"/taxii2/{root}/collections/{collection}/objects/"
    # Its collection is public: asked without a password, which it would hash for every request.
    return Server("OpenTAXII 0.9.3", port, objects, objects, None, None,
                  lambda: os.killpg(process.pid, signal.SIGTERM))


def comity(bin):
    served = c.Centre(c.load_scenario())

    def objects(office, alias):
        root = "/taxii2/ru.baghdad-centre/collections/"
        listed = served.ask("GET", root, office).json()["collections"]
        return root + next(one["id"] for one in listed if one["alias"] == alias) + "/objects/"

    def who(office):
        return served.access[office]["client"], served.access[office]["client_password"]
    return Server("comity", served.port, objects("iq/defence", "received"), objects("ru/general-staff", "contributed"),
                  who("iq/defence"), who("ru/general-staff"), served.close)


def timed(work):
    begin = time.perf_counter()
    said = work()
    return time.perf_counter() - begin, said


def measure(server, objects, bundle):
    """The client reads each answer as JSON and keeps its connection where the server does: that is in every figure."""
    said = set()
    bodies = [envelope([indicator(k) for k in range(n, min(n + 1000, objects))]) for n in range(0, objects, 1000)]
    filling, _ = timed(lambda: [said.add(server.post(body)) for body in bodies])
    pages = [timed(server.page)[0] for _ in range(20)]
    begin, seen, page = time.perf_counter(), 0, server.page()
    while True:
        seen += len(page.get("objects", []))
        if not page.get("more"):
            break
        page = server.page(page["next"])
    walk = seen / (time.perf_counter() - begin)
    took = []
    for _ in range(3):
        body = envelope([indicator(k) for k in range(1000)])
        seconds, refused = timed(lambda: server.post(body))
        took.append(seconds)
        said.add(refused)
    print(f"{server.name:16} {objects:7} objects posted in {filling:6.1f} s   page of 100 {statistics.median(pages) * 1e3:8.2f} ms   "
          f"walk {walk:8.0f} objects/s ({seen})   envelope of 1,000 {statistics.median(took) * 1e3:7.1f} ms   {', '.join(sorted(said - {''}))}", flush=True)
    if bundle:
        parts = [envelope(bundle[n:n + 1000]) for n in range(0, len(bundle), 1000)]
        took, refused = timed(lambda: {server.post(part) for part in parts} - {""})
        print(f"{server.name:16} bundle of {len(bundle)} objects in {took:6.2f} s   {', '.join(sorted(refused))}", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--objects", type=int, default=2_000)
    options.add_argument("--bundle", type=Path, default=c.SHARED / "data/stix/attack/ics-attack-18.1.json")
    given = options.parse_args()
    bundle = json.loads(given.bundle.read_text())["objects"] if given.bundle.exists() else None
    bin = installed()
    for make, objects in ((medallion, 1000), (opentaxii, given.objects), (comity, 1000), (comity, given.objects)):
        server = make(bin)
        try:
            measure(server, objects, bundle)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
