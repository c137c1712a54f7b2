"""Logs, figures and health have no names (25-isolation F7, C6): a centre is used with words that are found again in whatever
form, through every door and every mistake; then its access log, its standard error, /metrics and /healthz are searched.
"""
import base64
import json
import re
import urllib.request

import pytest

import canaries
import centre as c

ROOM, MEMBER, READER = "ru.baghdad-centre", "ru/general-staff", "iq/defence"
FIELDS = {"time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", "request": r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
          "route": r"-|(/[a-z0-9_.{}-]*)*", "status": r"[1-5]\d\d", "us": r"\d+", "in": r"\d+", "out": r"\d+", "office": r"\d*"}


class Used:
    """A centre that was used with secret words, and what is left of it where its operator looks."""

    def __init__(self):
        self.mint, self.said = canaries.Mint(0), []
        data = c.load_scenario()
        port = c.free_port()
        self.centre = c.Centre(data, options=("--log", data / "access.log", "--metrics-port", str(port)))
        self.operator = f"http://127.0.0.1:{port}"
        self.before = self.figures()
        self.contributions()
        self.questions()
        self.strangers()
        self.after = self.figures()
        self.centre.close()
        self.log = (data / "access.log").read_text()
        self.errors = (data / "serve.log").read_text()

    def word(self):
        self.said.append(self.mint.word())
        return self.said[-1]

    def id(self, kind):
        self.said.append(self.mint.id(kind))
        return self.said[-1]

    def figures(self):
        return {name: urllib.request.urlopen(f"{self.operator}/{name}", timeout=10).read().decode() for name in ("metrics", "healthz")}

    def contributions(self):
        """Objects that are taken, refused, deleted; commands with names and keys of their sender's."""
        at = "2026-01-01T00:00:00.000Z"
        for kind, more in (("campaign", {}), ("campaign", {"labels": ["isil", self.word()]}), ("no-such-type", {}), ("tool", {"modified": "x"})):
            one = {"type": kind, "spec_version": "2.1", "id": self.id(kind), "created": at, "modified": at, "name": self.word(),
                   "labels": ["isil"], **more}
            posted = self.centre.post(MEMBER, ROOM, [json.dumps(one).encode()])
            path = self.centre.collection(MEMBER, ROOM, "contributed") + f"objects/{one['id']}/"
            if posted["success_count"]:
                assert self.centre.ask("DELETE", path, MEMBER).status == 200
        for command in ({"kind": "register_person", "body": {"slug": self.word(), "name": self.word(), "office": MEMBER}},
                        {"kind": "register_destination", "body": {"slug": self.word(), "url": f"https://{self.word()}.example/"}},
                        {"kind": self.word(), "body": {}}, {"kind": "contribute", "body": {self.word(): 1}}):
            answer = self.centre.ask("POST", "/api/v1/commands", MEMBER, json.dumps(command).encode(),
                                     {"Content-Type": "application/json", "Idempotency-Key": self.word()}, person=True)
            assert answer.status < 500, answer.body

    def questions(self):
        """Paths, queries and headers with words in them, of those who may ask and those who may not."""
        for path in ("/{}", "/taxii2/{}/", "/taxii2/{}/collections/{}/objects/", "/api/v1/agreements/{}", "/api/v1/items/{}/why?viewer={}",
                     f"/taxii2/{ROOM}/collections/{{}}/", "/api/v1/parties?{}={}", "/taxii2/?match[id]={}", "/metrics/{}"):
            words = [self.word() for _ in range(path.count("{}"))]
            headers = {"User-Agent": self.word(), "X-Forwarded-For": self.word(), "Referer": self.word(), "Cookie": self.word(),
                       "Comity-At-Least": self.word()}
            for office in (READER, None):
                self.centre.ask("GET", path.format(*words), office, headers=headers)
            self.centre.ask("POST", path.format(*words), READER, self.word().encode(), {"Content-Type": self.word()})

    def strangers(self):
        """Users and tokens that are not there."""
        for kind in ("Basic ", "Bearer "):
            text = f"{self.word()}:{self.word()}"
            told = kind + (base64.b64encode(text.encode()).decode() if kind == "Basic " else text.replace(":", "."))
            assert self.centre.ask("GET", "/taxii2/", headers={"Authorization": told}).status == 401
        self.centre.ask("GET", "/api/v1/me", MEMBER, headers={"Comity-Office": self.word()})


@pytest.fixture(scope="module")
def used():
    return Used()


def places(used):
    return {"the access log": used.log, "the standard error": used.errors, **{f"/{name}": text for name, text in used.after.items()}}


def test_the_search_finds_what_is_there(used):
    search = canaries.Search(used.said)
    for form in (used.said[0], base64.b64encode(used.said[0].encode()).decode(), used.said[0].upper(), used.said[0].encode().hex()):
        assert search.found_in(f'{{"route":"/x/{form}/"}}'.encode()), form


def test_no_word_that_anybody_said_is_in_what_an_operator_looks_at(used):
    assert len(used.said) > 60 and used.log.count("\n") > 40
    search = canaries.Search(used.said)
    for place, text in places(used).items():
        assert search.found_in(text.encode()) == {}, place


def test_no_name_of_the_scenario_is_there_either(used):
    """Parties, offices, users, agreements, passwords, addresses: as words of their own."""
    names = set()
    for office, one in used.centre.access.items():
        names |= {office, *office.split("/"), one["party"], one["person"], one["client"], one["client_password"], one["person_password"]}
        names.add("Basic " + base64.b64encode(f"{one['client']}:{one['client_password']}".encode()).decode())
    names |= {ROOM, "baghdad-centre", "us.flight-safety-ru", "ru.il-staff", "isil"}
    words_of_the_program = {"operations", "operator"}  # none of them today; the host's own name is the program's default
    for place, text in places(used).items():
        if place == "the standard error":
            text = re.sub(r"^(serving|metrics) on .*$", "", text, flags=re.MULTILINE)
        if place == "the access log":  # the names of its members are words too, and `us` and `in` are parties
            text = "\n".join(str(value) for line in text.splitlines() for value in json.loads(line).values())
        if place == "/metrics":  # what its help says is the program's; values have to be words of the program, see below
            text = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        found = {name for name in names - words_of_the_program if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)}
        assert not found, (place, found)
    assert not re.search(r"\b127\.0\.0\.1\b", used.log + used.after["metrics"])


def test_each_line_of_the_log_is_made_of_numbers_and_words_of_the_program(used):
    requests, templates = set(), set()
    for line in used.log.splitlines():
        told = json.loads(line)
        assert list(told) == list(FIELDS), line
        for name, form in FIELDS.items():
            assert re.fullmatch(form, str(told[name])), (name, line)
        requests.add(told["request"])
        templates.add(told["route"])
    assert len(requests) == used.log.count("\n"), "an id of a request came twice"
    assert len(templates) < 40, templates


def test_health_is_one_word_and_labels_are_words_of_the_program(used):
    assert used.after["healthz"].strip() == "ok"
    labels = dict.fromkeys(re.findall(r'(\w+)="([^"]*)"', used.after["metrics"]))
    for name, value in labels:
        assert name in {"route", "class", "kind", "queue", "which", "of", "why", "le", "quantile"}, name
        assert name == "route" and re.fullmatch(FIELDS["route"], value) or re.fullmatch(r"[a-z0-9_.+Inf-]+", value), (name, value)


def test_no_figure_counts_records(used):
    """What was contributed, refused and deleted meanwhile moves figures of requests only: no count of records, offices, items,
    agreements or feeds is there, and sizes are in steps."""
    def values(text):
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if line and line[0] != "#"}

    before, after = values(used.before["metrics"]), values(used.after["metrics"])
    moved = {name.split("{")[0] for name in after if after[name] != before.get(name)}
    per_request = ("comity_http_", "comity_commit_seconds", "comity_back_off", "comity_queue_length", "comity_snapshot_age_seconds",
                   "comity_disk_free_bytes")
    assert {name for name in moved if not name.startswith(per_request)} == set()
    journal = [value for name, value in after.items() if name.startswith("comity_journal_bytes")]
    assert journal and all(value % (16 << 20) == 0 for value in journal)
