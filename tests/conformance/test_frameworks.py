"""A centre made from nothing by the program a person has, a published framework loaded into its reference set, and what
parties may do with it (25-isolation A13)."""
import base64
import http.client
import json
import os
import subprocess

import pytest

import centre as c

HOST = "operator/operations"
PARTIES = {"il": "staff", "ru": "staff", "iq": "defence"}
TERMS = json.loads((c.ROOT / "tests/transcripts/usual-terms.json").read_text())


def bundle(version="18.1"):
    path = c.SHARED / f"data/stix/attack/ics-attack-{version}.json"
    if not path.exists():
        pytest.skip("no data: the real STIX bundles are not beside the project")
    return path


class OwnCentre:
    """Two officers of a host, anna and bert; three parties with one office and one person each."""

    def __init__(self, folder):
        self.folder, self.data, self.running = folder, folder / "data", None
        for name in ("host", "anna", "bert", *PARTIES):
            (folder / f"{name}.pub").write_text(self.made("key", "new", folder / f"{name}.key"))
        self.made("init", "--data", self.data, "--name", "Own centre", "--origin", "own.example", "--host-key",
                  folder / "host.pub", "--officer", f"anna={folder / 'anna.pub'}", "--officer", f"bert={folder / 'bert.pub'}")
        (self.data / "demo-keys").mkdir()
        self.access = {}
        for officer in ("anna", "bert"):
            password = (self.data / f"first-passwords/{officer}@operator").read_text().strip()
            self.access[officer] = {"office": HOST, "person": f"{officer}@operator", "password": password, "key": officer}
        for slug, office in PARTIES.items():
            self.access[slug] = {"office": f"{slug}/{office}", "person": f"duty@{slug}", "password": f"password of {slug}",
                                 "key": slug}
        known = [{"office": one["office"], "client": one["person"], "client_password": one["password"],
                  "person": one["person"], "person_password": one["password"]} for one in self.access.values()]
        (self.data / "demo-keys/access.json").write_text(json.dumps(known))
        self.running = c.Centre(self.data)

    def made(self, *words, who=None):
        done = self.comity(*words, who=who)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def comity(self, *words, who=None):
        environment, where = dict(os.environ), []
        if who:
            one = self.access[who]
            credentials = self.folder / f"{who}.toml"
            credentials.write_text(f'["{one["office"]}"]\nuser = "{one["person"]}"\npassword = "{one["password"]}"\n'
                                   f'key = "{self.folder / one["key"]}.key"\n')
            credentials.chmod(0o600)
            environment["COMITY_CREDENTIALS"] = str(credentials)
            where = ["--url", f"http://127.0.0.1:{self.running.port}", "--json", "--as", one["office"]]
        return subprocess.run([c.PROGRAM, *where, *map(str, words)], env=environment, capture_output=True, timeout=300,
                              text=True)

    def by_two(self, *words):
        proposed = json.loads(self.made(*words, who="anna"))
        self.made("host", "countersign", proposed["digest"], who="bert")

    def file(self, value):
        path = self.folder / "given.json"
        path.write_text(json.dumps(value))
        return path

    def admit_parties(self):
        for slug, office in PARTIES.items():
            self.by_two("host", "propose", self.file({"kind": "register_party", "body": {
                "slug": slug, "name": slug, "kind": "state", "key": (self.folder / f"{slug}.pub").read_text().strip(),
                "office": office, "admin": "duty", "password": self.access[slug]["password"]}}))

    def agree(self, name, *slugs):
        keys = {slug: json.loads(self.me(slug))["party"]["founding_key"]
                for slug in slugs}
        text = dict(TERMS["agreement"], id=name, sponsors=[name.split(".")[0]],
                    participants=[{"party": slug, "founding_key": keys[slug], "offices": [self.access[slug]["office"]]}
                                  for slug in slugs],
                    clauses=[dict(TERMS["grant"], id="all", type="grant", text="All.",
                                  items={"marking_max": "red", "unmarked": "allow"})])
        self.made("agreements", "draft", self.file(text), who=slugs[0])
        self.made("agreements", "sponsor", name, who=slugs[0])
        self.made("agreements", "table", name, who=slugs[0])
        for slug in slugs[1:]:
            self.made("agreements", "sponsor", name, who=slug)
        for slug in slugs:
            self.made("agreements", "sign", name, who=slug)

    def me(self, slug):
        return self.running.ask("GET", "/api/v1/me", self.access[slug]["office"]).body

    def get(self, slug, path):
        return self.running.ask("GET", path, self.access[slug]["office"])

    def refusals(self):
        return len(json.loads(self.made("refusals", who="anna"))["refusals"])

    def give(self, slug, agreement, *texts):
        answer = self.running.ask("POST", f"/api/v1/agreements/{agreement}/items", self.access[slug]["office"],
                                  b'{"objects":[' + b",".join(texts) + b"]}",
                                  {"Content-Type": "application/stix+json", "Accept": "application/json"})
        return answer.json()

    def reference(self, slug, how, filters=""):
        """Every entry of the collection: (id, version, date), and the objects, by tokens or by dates."""
        base = self.running.collection(self.access[slug]["office"], "all", "reference")
        entries, texts = [], []
        asked = {"token": "", "date": ""}[how]
        while True:
            manifest = self.get(slug, f"{base}manifest/?limit=500{filters}{asked}").json()
            page = self.get(slug, f"{base}objects/?limit=500{filters}{asked}")
            entries += [(one["id"], one["version"], one["date_added"]) for one in manifest.get("objects", [])]
            texts += page.json().get("objects", [])
            if not page.json().get("more"):
                return entries, texts
            asked = (f"&next={page.json()['next']}" if how == "token" else
                     f"&added_after={page.header('X-TAXII-Date-Added-Last')}")


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    if not c.PROGRAM.exists():
        pytest.skip(f"no {c.PROGRAM}")
    made = OwnCentre(tmp_path_factory.mktemp("own"))
    made.admit_parties()
    made.agree("il.pact", "il", "ru")
    made.agree("ru.joint", "ru", "iq")
    yield made
    made.running.close()


def published(version="18.1"):
    return json.loads(bundle(version).read_bytes())["objects"]


def technique(number=0):
    return [one for one in published() if one["type"] == "attack-pattern" and not one.get("revoked")][number]


def relationship(target):
    return json.dumps({
        "type": "relationship", "spec_version": "2.1", "id": "relationship--00000000-0000-4000-8000-0000000000aa",
        "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z", "relationship_type": "indicates",
        "source_ref": "indicator--00000000-0000-4000-8000-0000000000ab", "target_ref": target}).encode()


def test_a_framework_from_the_officers_to_the_offices(own):
    file, poisoned = bundle(), technique()
    # il gives ru what it has fetched itself; ru is stopped where it refers to it.
    marking = [one for one in published() if one["type"] == "marking-definition"]  # or nobody would be released it
    assert own.give("il", "il.pact", *[json.dumps(one).encode() for one in [*marking, poisoned]])["refused"] == 0
    stopped = own.give("ru", "ru.joint", relationship(poisoned["id"]))
    assert [reason["code"] for reason in stopped["objects"][0]["ruling"]["reasons"]] == ["third_party_rule"], stopped

    digest = json.loads(own.comity("--json", "frameworks", "digest", file).stdout)
    assert digest["objects"] == len(published()) and len(digest["root"]) == 64
    refused = own.comity("frameworks", "load", "ics-attack", file, who="anna")
    assert refused.returncode == 3, refused.stderr
    own.by_two("host", "allow-framework", "ics-attack", file, "--title", "ATT&CK for ICS 18.1")
    allowed = json.loads(own.made("frameworks", "list", who="iq"))
    assert allowed == [{"framework": "ics-attack", "title": "ATT&CK for ICS 18.1", "root": digest["root"],
                        "objects": digest["objects"], "loaded": 0}]
    assert own.comity("frameworks", "load", "ics-attack", bundle("17.1"), who="anna").returncode == 2
    assert own.comity("frameworks", "load", "ics-attack", file, who="ru").returncode == 1  # role host

    loaded = own.comity("frameworks", "load", "ics-attack", file, who="anna")
    count = json.loads(loaded.stdout)
    assert loaded.returncode == 0 and count["loaded"] == digest["objects"] and count["refused"] == 0, count
    refused_before = own.refusals()
    again = json.loads(own.made("frameworks", "load", "ics-attack", file, who="bert"))
    assert own.refusals() == refused_before, "what is there is not even sent"
    assert again == {"loaded": 0, "already_there": digest["objects"], "refused": 0, "reasons": {}}

    # Whole, in the same order by both ways of paging, the same to all, and to nobody who is not signed in.
    by_token, texts = own.reference("iq", "token")
    by_date, same = own.reference("iq", "date")
    assert by_token == by_date and texts == same and by_token == own.reference("il", "token")[0]
    assert [entry[2] for entry in by_token] == sorted({entry[2] for entry in by_token})
    have = {one["id"]: one for one in texts}
    assert all(have[one["id"]] == one for one in published())
    base = own.running.collection(own.access["iq"]["office"], "all", "reference")
    assert own.running.ask("GET", base + "objects/").status == 401
    only = own.reference("iq", "token", "&match[type]=attack-pattern")[1]
    assert {one["id"] for one in only} == {one["id"] for one in published() if one["type"] == "attack-pattern"}

    # By id, at both doors, byte for byte as published.
    raw = own.get("iq", f"/api/v1/items/{poisoned['id']}").body
    assert raw in file.read_bytes() and json.loads(raw) == poisoned
    assert own.get("iq", f"{base}objects/{poisoned['id']}/").json()["objects"] == [poisoned]
    assert own.get("iq", f"{base}objects/{poisoned['id']}/versions/").json()["versions"] == [poisoned["modified"]]

    # It is nobody's now: ru refers to it, and iq gets the reference.
    given = own.give("ru", "ru.joint", relationship(poisoned["id"]))
    assert given["accepted"] == 1, given
    received = own.get("iq", "/api/v1/items/relationship--00000000-0000-4000-8000-0000000000aa").json()
    assert received["target_ref"] == poisoned["id"]


def stream(own, slug, path, last, count):
    """The next events of a stream after `last`: (id, data)."""
    one = own.access[slug]
    connection = http.client.HTTPConnection("127.0.0.1", own.running.port, timeout=60)
    connection.request("GET", path, headers={
        "Accept": "text/event-stream", "Last-Event-ID": last, "Comity-Office": one["office"],
        "Authorization": "Basic " + base64.b64encode(f"{one['person']}:{one['password']}".encode()).decode()})
    answer, events, event = connection.getresponse(), [], {}
    assert answer.status == 200
    while len(events) < count:
        line = answer.readline().decode().rstrip("\n")
        if line:
            name, _, value = line.partition(": ")
            event[name] = event[name] + "\n" + value if name in event else value
        elif "data" in event:
            events.append((event["id"], json.loads(event["data"])))
            event = {}
        else:
            event = {}
    connection.close()
    return events


def test_a_stream_goes_through_a_framework_like_pages(own):
    bundle()  # what the tests above have loaded
    base = own.running.collection(own.access["iq"]["office"], "all", "reference") + "objects/"
    page = own.get("iq", base + "?limit=300").json()
    rest = own.get("iq", base + f"?limit=250&next={page['next']}").json()["objects"]
    events = stream(own, "iq", base, page["next"], 250)
    assert [event[1] for event in events] == rest
    assert stream(own, "iq", base, events[99][0], 10) == events[100:110]


def test_what_is_loaded_is_there_after_a_restart_and_ruled_on_alike(own):
    before = own.reference("iq", "token")[0]
    own.running.close()
    replayed = own.comity("replay", "--data", own.data, "--decide")
    assert replayed.returncode == 0, (replayed.stdout, replayed.stderr)
    own.running = c.Centre(own.data)
    assert own.reference("iq", "token")[0] == before


def test_a_later_bundle_adds_and_an_end_takes_all(own):
    before = own.reference("iq", "token")[0]
    older = bundle("17.1")
    own.by_two("host", "allow-framework", "ics-attack", older, "--title", "ATT&CK for ICS 17.1")
    load = own.comity("frameworks", "load", "ics-attack", older, who="anna")
    count = json.loads(load.stdout)
    there = {(one[0], one[1]) for one in before}
    versions = [(one["id"], one.get("modified", one["created"])) for one in published("17.1")]
    new = [one for one in versions if one not in there]
    assert (count["loaded"], count["already_there"], count["refused"]) == (len(new), len(versions) - len(new), 0), count
    everything = own.reference("iq", "token", "&match[version]=all")[0]
    assert everything[:len(before)] == before and len(everything) == len(before) + len(new)
    assert own.reference("iq", "token")[1] and len({one[0] for one in everything}) == len({*dict.fromkeys(
        one[0] for one in before), *(one[0] for one in new)})
    own.by_two("host", "end-framework", "ics-attack")
    assert {one["type"] for one in own.reference("iq", "token")[1]} == {"marking-definition", "identity"}
    assert own.get("iq", f"/api/v1/items/{technique()['id']}").status == 404
    assert json.loads(own.made("frameworks", "list", who="iq")) == []
