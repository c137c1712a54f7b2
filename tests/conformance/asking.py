"""Everything an office can ask of a centre, through every door: whole lists page by page, each thing by its name, what
happens by mistake, and what happens with names that it can only have guessed.

Questions are asked in an order that depends on the answers alone, so two centres that answer alike are asked alike.
"""
import base64
import http.client
import json
from dataclasses import dataclass, field
from urllib.parse import quote

TAXII, JSON = "application/taxii+json;version=2.1", "application/json"
STIX = "application/stix+json;version=2.1"
PAGE = 3


@dataclass
class Answer:
    question: str
    status: int
    headers: list
    body: bytes
    asked: str = ""  # all that the asker said
    guess: str = ""  # the name that was guessed,
    named: str = ""  # and the one that was asked for, which nobody has if it is another
    control: bool = False

    def compared(self):
        body = without_salts(self.body) if self.question.startswith("GET /api/v1/records?") and self.status == 200 else self.body
        headers = [one for one in self.headers if body is self.body or one[0].lower() != "content-length"]
        return self.status, headers, body


    def json(self):
        return json.loads(self.body)

    def sent(self):
        """Every octet that a reader of the socket could look at."""
        return "".join(f"{name}: {value}\n" for name, value in self.headers).encode() + b"\n" + self.body + b"\n"


def without_salts(body):
    """Salts are chance, and with them the hashes of a list and what is sealed: of those, how many and how long."""
    told = json.loads(body)
    for record in told["records"]:
        record["list"] = len(record["list"])
        for part in record["parts"]:
            part["salt"] = len(part["salt"])
            if part["part"] == "sealed":
                part["bytes"] = len(part["bytes"])
    return json.dumps(told).encode()


@dataclass
class Asker:
    """One office on one connection; as its machine, or as its person."""
    port: int
    access: dict
    answers: list = field(default_factory=list)
    connection: object = None

    def credential(self, who):
        if who == "nobody":
            return {}
        user, password = self.access[who], self.access[who + "_password"]
        return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode(),
                "Comity-Office": self.access["office"]}

    def ask(self, method, path, body=None, accept=None, who="person", **headers):
        taxii = path.startswith("/taxii2")
        kind = TAXII if taxii else STIX if path.endswith("/items") and method == "POST" else JSON
        fields = {"Accept": accept or (TAXII if taxii else f"{JSON}, {STIX}"), **self.credential(who),
                  **({"Content-Type": kind} if body is not None else {}),
                  **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self.connection.request(method, path, body=body, headers=fields)
            response = self.connection.getresponse()
        except (http.client.HTTPException, OSError):
            self.connection.close()  # kept open too long: once more on a new one
            self.connection.request(method, path, body=body, headers=fields)
            response = self.connection.getresponse()
        kept = [(name, value) for name, value in response.getheaders() if name.lower() != "date"]
        said = f"{path} {body.decode('utf-8', 'replace') if body else ''} {headers}"
        answer = Answer(f"{method} {path} as {accept or kind} by {who}", response.status, kept, response.read(), said)
        self.answers.append(answer)
        return answer

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def end(self):
        if self.connection:
            self.connection.close()


def nobody_has(name):
    """A name of the same shape and length."""
    digits = [place for place, sign in enumerate(name) if sign.isdigit()]
    return name[:digits[-5]] + "".join(str(9 - int(sign)) if sign.isdigit() else sign for sign in name[digits[-5]:])


def listed(answer, name):
    if answer.status != 200:
        return []
    value = answer.json()
    return value if isinstance(value, list) else value.get(name, [])


class Questions:
    def __init__(self, asker):
        self.asker = asker
        self.get = asker.get
        self.ids = set()

    def everything(self, guesses=()):
        self.taxii()
        self.native()
        self.mistakes()
        for name in guesses:
            for named in (name, nobody_has(name)):
                first = len(self.asker.answers)
                self.guess(named)
                for answer in self.asker.answers[first:]:
                    answer.guess, answer.named, answer.control = name, named, named != name

    def pages(self, path, name, cursor):
        found, next_page = [], path
        for _ in range(1000):
            answer = self.get(next_page, who="client")
            found += listed(answer, name)
            value = answer.json() if answer.status == 200 else {}
            if not value.get("next") or not value.get("more"):
                return found
            next_page = f"{path}&{cursor}={quote(value['next'])}"
        raise AssertionError(f"{path} never ends")

    # --- TAXII ---
    def taxii(self):
        for root in self.get("/taxii2/", who="client").json().get("api_roots", []):
            root = root[root.index("/taxii2/"):]
            self.get(root, who="client")
            for one in listed(self.get(root + "collections/", who="client"), "collections"):
                self.collection(f"{root}collections/{one['id']}/")

    def collection(self, path):
        self.get(path, who="client")
        ids = {one["id"] for one in self.pages(f"{path}manifest/?limit={PAGE}", "objects", "next")}
        self.pages(f"{path}objects/?limit={PAGE}", "objects", "next")
        for query in ("match[version]=all", "match[version]=first", "match[type]=indicator,report", "added_after=2026-01-01T00:00:00Z",
                      "match[spec_version]=2.1&limit=1"):
            self.get(f"{path}objects/?{query}", who="client")
            self.get(f"{path}manifest/?{query}", who="client")
        for id in sorted(ids):
            self.get(f"{path}objects/{id}/", who="client")
            self.get(f"{path}objects/{id}/versions/", who="client")
        self.ids |= ids

    # --- the native door ---
    def native(self):
        for path in ("me", "clients", "people", "destinations", "frameworks", "refusals", "duties", "recalls", "onward", "board"):
            self.get("/api/v1/" + path)
        for path in ("intents", "sites", "conflicts", "notices"):
            for accept in (JSON, "application/geo+json"):
                self.get("/api/v1/" + path, accept=accept)
        for path in ("kml", "overlay.kml"):
            self.get("/api/v1/" + path, accept="application/vnd.google-earth.kml+xml")
        self.pages(f"/api/v1/records?limit={PAGE}", "records", "after")
        for one in listed(self.get("/api/v1/records?limit=1000"), "records"):
            assert isinstance(one, dict)
        for party in self.parties():
            self.get("/api/v1/parties/" + party)
            self.get(f"/api/v1/parties/{party}/offices")
            self.get(f"/api/v1/agreements?party={party}")
        for query in ("", "?state=in_force", "?state=draft", "?kind=bilateral", "?kind=memorandum"):
            self.get("/api/v1/agreements" + query)
        for name in [one["id"] for one in listed(self.get("/api/v1/agreements"), "agreements")]:
            self.agreement(name)
        for role in ("received", "contributed", "reference"):
            self.ids |= {one["id"] for one in self.pages(f"/api/v1/items?role={role}&limit={PAGE}", "items", "after")}
        for id in sorted(self.ids):
            for part in ("", "/why", "/who-sees", "/who-has"):
                self.get(f"/api/v1/items/{id}{part}")

    def parties(self):
        return [one["party"] for one in listed(self.get("/api/v1/parties"), "parties")]

    def agreement(self, name):
        path = "/api/v1/agreements/" + name
        self.get(path)
        self.get(path, accept="text/markdown")
        for part in ("?version=1", "?version=2", "/acts", "/clocks", "/matrix", "/ballots"):
            self.get(path + part)
        for role in ("received", "contributed", "reference"):
            self.pages(f"/api/v1/items?role={role}&agreement={name}&limit={PAGE}", "items", "after")
        self.preview(name, [])

    # --- what is refused ---
    def mistakes(self):
        for path in ("/nothing", "/taxii2", "/taxii2/all/collections/nothing/", "/api/v1/items?limit=0", "/api/v1/items?after=nothing",
                     "/api/v1/agreements?state=nothing", "/api/v1/items/nothing", "/healthz"):
            self.get(path)
        for path in ("/taxii2/", "/api/v1/me", "/api/v1/agreements"):
            self.get(path, who="nobody")
        self.ask_badly("POST", "/api/v1/me", b"{}")
        self.ask_badly("POST", "/api/v1/commands", b'{"kind": "contribute", "kind": 1}')
        self.ask_badly("POST", "/api/v1/commands", b'{"kind": "nothing", "body": {}}')
        self.ask_badly("DELETE", "/taxii2/", None)

    def ask_badly(self, method, path, body):
        answer = self.asker.ask(method, path, body)
        assert answer.status >= 400, (answer.question, answer.status)

    def preview(self, agreement, references):
        at = "2020-01-01T00:00:00.000Z"
        made = {"type": "report", "spec_version": "2.1", "id": "report--5e0b2a0c-3f39-4b5a-9f4e-3f2b6f0e5a11", "created": at,
                "modified": at, "name": "a report", "published": at, "labels": ["isil"],
                "object_refs": references or ["campaign--5e0b2a0c-3f39-4b5a-9f4e-3f2b6f0e5a12"]}
        command = {"kind": "contribute", "body": {"agreement": agreement, "object": made}}
        return self.asker.ask("POST", "/api/v1/previews",
                              json.dumps({"commands": [command], "questions": ["refused?", "who_sees"]}).encode())

    # --- names that it may not know ---
    def guess(self, name):
        """`name` is an id, an agreement or an office that the asker may or may not know: whatever it is, nothing is recorded."""
        path = quote(name, safe="")
        for one in (f"/taxii2/{path}/", f"/taxii2/{path}/collections/", f"/taxii2/all/collections/{path}/",
                    f"/api/v1/agreements/{path}", f"/api/v1/agreements/{path}/acts", f"/api/v1/agreements/{path}/matrix",
                    f"/api/v1/parties/{path}", f"/api/v1/parties/{path}/offices", f"/api/v1/agreements?party={path}",
                    f"/api/v1/items/{path}", f"/api/v1/items/{path}/why", f"/api/v1/items/{path}/who-sees",
                    f"/api/v1/items?id={path}", f"/api/v1/items?agreement={path}", f"/api/v1/commands/{path}"):
            self.get(one)
        text = {"format": "comity-agreement/1", "id": "x.y", "participants": [{"party": name.split("/")[0], "offices": [name]}],
                "entry_into_force": {"in_force": name}}
        self.asker.ask("POST", "/api/v1/agreements/compile", json.dumps(text).encode())
        self.preview(name, [])
        if "--" in name:
            self.preview("nobody.has-this", [name])


def ask_everything(asker, guesses=()):
    """The answers, in the order of the questions."""
    first = len(asker.answers)
    Questions(asker).everything(guesses)
    return asker.answers[first:]
