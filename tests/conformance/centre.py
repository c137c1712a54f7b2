"""A real centre over a real socket, for the suites of this folder: the program itself, served by a process of its own."""
import base64
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = ROOT / os.environ.get("COMITY_BUILD", "build/release") / "comity"
SHARED = Path(os.environ.get("COMITY_SHARED", ROOT.parent / "shared"))
TAXII = "application/taxii+json;version=2.1"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def load_scenario(environment=None):
    """A directory with the scenario loaded, no flights filed, and nobody serving it. Loaded once in the system's own time, and copied."""
    if environment is None:
        return copy_of(loaded_now(), tempfile.mkdtemp(prefix="comity-test-") + "/centre")
    data = Path(tempfile.mkdtemp(prefix="comity-test-")) / "centre"
    subprocess.run([PROGRAM, "demo", "load", "--data", data], check=True, capture_output=True, timeout=300, env=environment)
    return data


@lru_cache
def loaded_now():
    return load_scenario(dict(os.environ))


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = [(name, value) for name, value in response.getheaders() if name.lower() != "date"]
        self.body = response.read()

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def json(self):
        return json.loads(self.body)

    def bytes(self):
        """Everything a reader could compare or search."""
        return repr((self.status, self.headers)).encode() + self.body


class Centre:
    """Serves a data directory until it is closed. `environment` is of the process: held_clock.py, for one. `options` are
    further ones of `comity serve`; `before` is called in the process, before it is the program."""
    scheme = "http"

    def __init__(self, data, environment=None, options=(), before=None):
        self.data = Path(data)
        self.port = free_port()
        self.access = {one["office"]: one for one in json.loads((self.data / "demo-keys/access.json").read_text())}
        self.log = open(self.data / "serve.log", "ab")
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", self.data, "--port", str(self.port), *options],
                                        stdout=self.log, stderr=self.log, env=environment, preexec_fn=before)
        self.wait()

    def wait(self):
        """Until it is ready: started, or done with what a moment that has come brings about."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if self.ask("GET", "/healthz").status == 200:
                    return
            except OSError:
                pass
            assert self.process.poll() is None, (self.data / "serve.log").read_text()
            time.sleep(0.02)
        raise AssertionError("the centre is not ready after a minute")

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method, path, office=None, body=None, headers=None, person=False):
        connection = self.connect()
        fields = {"Accept": TAXII, "Content-Type": TAXII} if path.startswith("/taxii2") else {}
        if office:
            who = self.access[office]
            user, password = ((who["person"], who["person_password"]) if person else
                              (who["client"], who["client_password"]))
            fields["Authorization"] = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
            fields["Comity-Office"] = office
        fields.update(headers or {})
        connection.request(method, path, body=body, headers=fields)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def collection(self, office, root, name):
        answer = self.ask("GET", f"/taxii2/{root}/collections/", office)
        for one in answer.json().get("collections", []):
            if name in (one.get("alias"), one["title"]):
                return f"/taxii2/{root}/collections/{one['id']}/"
        raise AssertionError(f"{office} has no collection {name} in {root}: {answer.body!r}")

    def post(self, office, root, objects):
        """Raw object texts as one envelope; the status resource."""
        envelope = b'{"objects":[' + b",".join(objects) + b"]}"
        answer = self.ask("POST", self.collection(office, root, "contributed") + "objects/", office, envelope)
        assert answer.status == 202, (answer.status, answer.body)
        return answer.json()

    def pages(self, office, root, name="received", limit=500):
        """The bodies of all pages of a collection."""
        base = self.collection(office, root, name) + f"objects/?limit={limit}"
        bodies, path = [], base
        while True:
            answer = self.ask("GET", path, office)
            assert answer.status == 200, (answer.status, answer.body)
            bodies.append(answer.body)
            page = answer.json()
            if not page.get("more"):
                return bodies
            path = base + "&next=" + page["next"]

    def walk(self, office, guesses=()):
        """Every answer of the TAXII door as that office, and of names it may not know."""
        answers = {}

        def get(path):
            answers[path] = self.ask("GET", path, office)
            return answers[path]

        get("/taxii2/")
        roots = [root for root in answers["/taxii2/"].json().get("api_roots", [])]
        for root in roots + [f"/taxii2/{guess}/" for guess in guesses]:
            get(root)
            listed = get(root + "collections/")
            for one in listed.json().get("collections", []) if listed.status == 200 else []:
                base = f"{root}collections/{one['id']}/"
                get(base)
                for path in (base + "manifest/?limit=1000", base + "objects/?limit=1000"):
                    page = get(path)
                    for thing in page.json().get("objects", []) if page.status == 200 else []:
                        get(f"{base}objects/{thing['id']}/")
                        get(f"{base}objects/{thing['id']}/versions/")
        for path in ("/api/v1/me", "/api/v1/parties", "/api/v1/agreements", "/api/v1/items?role=received",
                     "/api/v1/items?role=contributed", "/api/v1/refusals", "/api/v1/duties"):
            get(path)
        return answers

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)
        self.log.close()


def copy_of(data, name):
    target = Path(data).parent / name
    shutil.copytree(data, target)
    return target
