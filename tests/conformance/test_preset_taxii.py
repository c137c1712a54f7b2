"""A centre of preset `taxii` in the place of another TAXII server: its paths, ids, users and cursors stay as they were."""
import base64
import http.client
import http.server
import json
import subprocess
import threading
import uuid

import pytest

import centre as c

PUBLIC, INBOX, SECRET = (str(uuid.UUID(int=n, version=4)) for n in (1, 2, 3))
NEW = str(uuid.UUID(int=4, version=4))
USERS = {"alice": "alice's own", "bob": "bob's own", "carol@example.org": "carol: with a colon"}


def indicator(n, **more):
    at = f"2024-01-01T00:00:{n % 60:02d}.000Z"
    return {"type": "indicator", "spec_version": "2.1", "id": f"indicator--{uuid.UUID(int=1000 + n, version=4)}",
            "created": at, "modified": at, "name": f"number {n}", "pattern": "[url:value = 'https://x.example/']",
            "pattern_type": "stix", "valid_from": at, **more}


def address(n):
    return {"type": "ipv4-addr", "id": f"ipv4-addr--{uuid.UUID(int=n, version=5)}", "value": f"198.51.100.{n}"}


def date(n):
    return f"2024-05-01T10:00:00.{n:06d}Z"


# Forty objects; of twenty each five have one date, as other servers give them.
SEEDS = ([{"date_added": date(100 * (n // 5)), "object": indicator(n)} for n in range(20)] +
         [{"date_added": date(1000 + n), "object": indicator(n)} for n in range(20, 39)] +
         [{"date_added": date(2000), "object": address(7)}])
LATER = "2024-02-01T00:00:00.000Z"


def description():
    return {
        "title": "Exchange of old", "description": "As it was.", "contact": "desk@example.org",
        "default": "/trustgroup1/",
        "users": [{"name": "alice", "password": USERS["alice"]}, {"name": "bob", "password": USERS["bob"]},
                  {"name": "carol@example.org", "password": USERS["carol@example.org"]}, {"name": "dave"}],
        "api_roots": [
            {"path": "/trustgroup1/", "title": "Trust group 1", "collections": [
                {"id": PUBLIC, "title": "Public", "alias": "public", "readers": "everyone", "writers": ["alice", "bob"],
                 "objects": "public.jsonl"},
                {"id": INBOX, "title": "Inbox", "description": "Write only.", "readers": [], "writers": "everyone"}]},
            {"path": "/taxii2/feeds/", "title": "Feeds", "description": "Of one reader.", "collections": [
                {"id": SECRET, "title": "Secret", "readers": ["alice"], "writers": ["alice"],
                 "objects": [{"date_added": date(1), "object": indicator(900)}]},
                # The id of another root's collection, with two versions of one object, the later one added first.
                {"id": PUBLIC, "title": "Same id", "readers": ["alice"], "writers": ["alice"],
                 "objects": [{"date_added": "2024-05-01T10:00:00Z", "object": indicator(7, modified=LATER, name="later")},
                             {"date_added": "2024-05-02T10:00:00.5Z", "object": indicator(7)}]}]}]}


def init(folder, described, *more, beside=None):
    """Exit code, what was said, and the data directory."""
    server = (beside or folder) / "server.json"
    server.write_text(json.dumps(described))
    lines = "".join(json.dumps(one) + "\n" for one in reversed(SEEDS))  # in whatever order
    (folder / "public.jsonl").write_text(lines)
    words = [c.PROGRAM, "init", "--data", folder / "centre", "--name", "Exchange", "--origin", "old.example/1",
             "--preset", "taxii", server, "--host-key", folder / "host.pub", *more]
    for who in ("host", "anna", "bert"):
        if not (folder / f"{who}.key").exists():
            made = subprocess.run([c.PROGRAM, "key", "new", folder / f"{who}.key"], capture_output=True, check=True)
            (folder / f"{who}.pub").write_bytes(made.stdout)
    words += ["--officer", f"anna={folder / 'anna.pub'}", "--officer", f"bert={folder / 'bert.pub'}"]
    done = subprocess.run(words, capture_output=True, timeout=120, text=True)
    return done.returncode, done.stdout + done.stderr, folder / "centre"


class Old(c.Centre):
    """Served, and asked as its users."""

    def __init__(self, data):
        (data / "demo-keys").mkdir(exist_ok=True)
        (data / "demo-keys/access.json").write_text("[]")
        super().__init__(data)

    def get(self, path, user="alice", method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        password = USERS.get(user) or (self.data / "first-passwords" / user).read_text().strip()
        fields = {"Accept": c.TAXII, "Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode(),
                  **({"Content-Type": c.TAXII} if body else {}), **headers}
        connection.request(method, path, body=json.dumps(body) if body else None, headers=fields)
        answer = c.Answer(connection.getresponse())
        connection.close()
        return answer

    def post(self, path, objects, user="alice"):
        return self.get(path, user, "POST", {"objects": objects})


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    code, said, data = init(tmp_path_factory.mktemp("preset"), description())
    assert code == 0, said
    assert "4 users, 4 collections, 43 objects accepted, 0 refused" in said
    running = Old(data)
    yield running
    running.close()


OBJECTS = f"/trustgroup1/collections/{PUBLIC}/objects/"
MANIFEST = f"/trustgroup1/collections/{PUBLIC}/manifest/"


def walk(old, path, how, limit=7, start=""):
    """All records of a list, by `next` or by the last date."""
    found, query = [], f"?limit={limit}" + (f"&added_after={start}" if start else "")
    extra = ""
    for _ in range(100):
        answer = old.get(path + query + extra)
        assert answer.status == 200, answer.body
        page = answer.json()
        found += page.get("objects", [])
        if not page.get("more"):
            return found
        if how == "next":
            extra = "&next=" + page["next"]
        else:
            query = f"?limit={limit}&added_after=" + answer.header("X-TAXII-Date-Added-Last")
    raise AssertionError("it does not end")


def test_discovery_and_roots_are_those_of_the_description(old):
    told = old.get("/taxii2/").json()
    assert told == {"title": "Exchange of old", "description": "As it was.", "contact": "desk@example.org",
                    "default": "/trustgroup1/", "api_roots": ["/trustgroup1/", "/taxii2/feeds/"]}
    assert old.get("/taxii2/", "bob").json()["api_roots"] == ["/trustgroup1/"]  # where he has a collection
    root = old.get("/trustgroup1/").json()
    assert (root["title"], root["versions"]) == ("Trust group 1", ["application/taxii+json;version=2.1"])
    assert old.get("/taxii2/feeds").json()["description"] == "Of one reader."  # R3: without the slash too
    for path in ("/taxii2/feeds/", f"/taxii2/feeds/collections/{SECRET}/", "/taxii2/all/", "/taxii2/nothing/"):
        assert old.get(path, "bob").status == 404, path
    no_one = http.client.HTTPConnection("127.0.0.1", old.port)
    no_one.request("GET", "/trustgroup1/", headers={"Accept": c.TAXII})
    answer = no_one.getresponse()
    assert answer.status == 401 and answer.getheader("Content-Type").startswith("application/taxii+json")


def test_collections_say_what_each_user_may(old):
    def rights(user):
        return {one["id"]: (one["can_read"], one["can_write"])
                for one in old.get("/trustgroup1/collections/", user).json()["collections"]}
    assert rights("alice") == {PUBLIC: (True, True), INBOX: (False, True)}
    assert rights("carol@example.org") == {PUBLIC: (True, False), INBOX: (False, True)}
    assert rights("dave") == rights("carol@example.org")  # whose password was made
    one = old.get("/trustgroup1/collections/public/").json()  # by its alias
    assert one == {"id": PUBLIC, "title": "Public", "alias": "public", "can_read": True, "can_write": True,
                   "media_types": ["application/stix+json;version=2.1"]}


def test_cursors_of_the_other_server_go_on(old):
    by_next, by_date = walk(old, MANIFEST, "next"), walk(old, MANIFEST, "date")
    assert by_next == by_date
    dates = [one["date_added"] for one in by_next]
    assert dates == sorted(set(dates)) and len(dates) == 40
    # Each date of the other server is the last of its group, so whoever had all of it is sent what came later and no more.
    for last in sorted({one["date_added"] for one in SEEDS}):
        expected = {one["object"]["id"] for one in SEEDS if one["date_added"] > last}
        assert {one["id"] for one in walk(old, MANIFEST, "next", start=last)} == expected
        assert last in dates
    versions = {one["id"]: one["version"] for one in by_next}
    assert versions[address(7)["id"]] == date(2000)  # what has no version has its date, as it had
    assert versions[indicator(3)["id"]] == "2024-01-01T00:00:03.000Z"


def test_objects_come_back_as_they_were(old):
    assert walk(old, OBJECTS, "next") == walk(old, OBJECTS, "date")
    got = {one["id"]: one for one in walk(old, OBJECTS, "next")}
    assert got == {one["object"]["id"]: one["object"] for one in SEEDS}


def test_writing_deleting_and_what_is_not_allowed(old):
    fresh = indicator(500)
    answer = old.post(OBJECTS, [fresh, fresh], "bob")
    assert answer.status == 202 and answer.json()["success_count"] == 2, answer.body
    status = answer.json()["id"]
    assert old.get(f"/trustgroup1/status/{status}/", "bob").status == 200
    assert old.get(f"/taxii2/feeds/status/{status}/").status == 404
    assert old.post(OBJECTS, [fresh], "carol@example.org").status == 403
    assert [one["id"] for one in old.get(OBJECTS + fresh["id"] + "/", "carol@example.org").json()["objects"]] == [fresh["id"]]
    assert walk(old, MANIFEST, "next")[-1]["id"] == fresh["id"]
    # R19: reading and writing together allow to delete, whoever of them gave it.
    assert old.get(OBJECTS + fresh["id"] + "/", "carol@example.org", "DELETE").status == 403
    assert old.get(OBJECTS + fresh["id"] + "/", "alice", "DELETE").status == 200
    assert old.get(OBJECTS + fresh["id"] + "/", "bob").status == 404
    inbox = f"/trustgroup1/collections/{INBOX}/objects/"
    assert old.post(inbox, [indicator(501)], "dave").json()["success_count"] == 1
    for method in ("GET", "DELETE"):
        assert old.get(inbox + indicator(501)["id"] + "/", "dave", method).status == 403
        assert old.get(inbox + indicator(999)["id"] + "/", "dave", method).status == 403  # there or not
    assert old.get(inbox, "alice").status == 403
    assert old.get(f"/trustgroup1/collections/{SECRET}/objects/", "alice").status == 404  # of the other root
    secret = f"/taxii2/feeds/collections/{SECRET}/objects/"
    for method in ("GET", "POST"):
        assert old.get(secret, "bob", method, {"objects": [indicator(502)]} if method == "POST" else None).status == 404


def test_what_came_over_is_found_by_id_and_deleted(old):
    base = f"/taxii2/feeds/collections/{PUBLIC}/"  # not the other root's
    id = indicator(7)["id"]
    assert [one["name"] for one in old.get(base + f"objects/{id}/").json()["objects"]] == ["later"]
    assert old.get(base + f"objects/{id}/versions/").json()["versions"] == [LATER, "2024-01-01T00:00:07.000Z"]
    for choice, names in (("first", ["number 7"]), ("last", ["later"]), ("all", ["later", "number 7"])):
        for query in (f"?match[version]={choice}", f"?match[version]={choice}&match[id]={id}"):
            assert [one["name"] for one in old.get(base + "objects/" + query).json()["objects"]] == names, query
    assert old.get(OBJECTS + f"?match[id]={id}").json()["objects"] == [indicator(7)]
    assert old.get(OBJECTS + address(7)["id"] + "/", "bob").json()["objects"] == [address(7)]
    assert old.get(base + f"objects/{id}/?match[version]={LATER}", "alice", "DELETE").status == 200
    assert [one["name"] for one in old.get(base + f"objects/{id}/").json()["objects"]] == ["number 7"]
    # What was deleted may be given anew with other content; the same again comes back.
    for name in ("mended", "later"):
        again = indicator(7, modified=LATER, name=name)
        assert old.post(base + "objects/", [again]).json()["success_count"] == 1
        assert old.get(base + f"objects/{id}/").json()["objects"] == [again]
        assert old.get(base + f"objects/{id}/", "alice", "DELETE").status == 200


def test_what_is_done_in_one_collection_is_not_felt_in_another(old):
    inbox = f"/trustgroup1/collections/{INBOX}/objects/"
    fresh = indicator(600)
    assert old.post(OBJECTS, [fresh]).json()["success_count"] == 1
    spoiled = [indicator(600, name="other"), indicator(600, modified=LATER, revoked=True), {**address(60), "value": "192.0.2.1"}]
    assert old.post(inbox, spoiled, "dave").json()["success_count"] == 3
    assert old.post(OBJECTS, [indicator(600, modified="2024-03-01T00:00:00.000Z"), fresh]).json()["success_count"] == 2
    for _ in range(2):
        assert old.post(OBJECTS, [address(60)]).json()["success_count"] == 1
    assert old.get(OBJECTS + f"?match[version]=all&match[id]={address(60)['id']}").json()["objects"] == [address(60)]
    versions = old.get(OBJECTS + fresh["id"] + "/versions/").json()["versions"]
    assert versions == [fresh["modified"], "2024-03-01T00:00:00.000Z"]
    for id in (fresh["id"], address(60)["id"]):
        assert old.get(OBJECTS + id + "/", "alice", "DELETE").status == 200


def test_keys_and_statuses_are_each_users_own(old):
    inbox = f"/trustgroup1/collections/{INBOX}/objects/"
    def post(user, n):
        return old.get(inbox, user, "POST", {"objects": [indicator(n)]}, **{"Idempotency-Key": "daily"}).json()
    first, other, again = post("dave", 700), post("bob", 701), post("dave", 700)
    assert first["success_count"] == other["success_count"] == again["success_count"] == 1
    assert first["id"] == again["id"] != other["id"]
    assert old.get(f"/trustgroup1/status/{other['id']}/", "bob").status == 200
    assert old.get(f"/trustgroup1/status/{other['id']}/", "dave").status == 404


def test_an_unfinished_centre_never_bears_the_name(tmp_path):
    (tmp_path / "centre").mkdir()  # an empty folder will do
    code, said, data = init(tmp_path, description())
    assert code == 0 and (data / "first-passwords/dave").exists(), said
    assert not (tmp_path / "centre.new").exists()
    code, said, _ = init(tmp_path, description())
    assert code == 2 and "not an empty folder" in said
    (tmp_path / "other").mkdir()
    (tmp_path / "other/centre.new").mkdir()
    code, said, data = init(tmp_path / "other", description())
    assert code == 2 and "cut off" in said and not data.exists()


def test_a_stream_goes_on_like_a_page(old):
    connection = http.client.HTTPConnection("127.0.0.1", old.port, timeout=20)
    login = base64.b64encode(f"bob:{USERS['bob']}".encode()).decode()
    connection.request("GET", OBJECTS + f"?added_after={date(1037)}",
                       headers={"Accept": "text/event-stream", "Authorization": "Basic " + login})
    stream = connection.getresponse()
    assert stream.status == 200
    text = b""
    while text.count(b"event: object") < 2:
        text += stream.read1(65536)
    assert indicator(38)["id"].encode() in text and address(7)["id"].encode() in text
    connection.close()


def test_users_have_the_taxii_door_and_no_other(old):
    for path in ("/api/v1/me", "/api/v1/items?role=contributed", "/api/v1/agreements", "/api/v1/records",
                 "/api/v1/parties", f"/api/v1/items/{indicator(900)['id']}"):
        for user in ("alice", "bob"):
            assert old.get(path, user, Accept="application/json").status == 403, path
    command = {"kind": "contribute", "body": {"agreement": f"operator.{SECRET}", "object": indicator(503)}}
    answer = old.get("/api/v1/commands", "bob", "POST", command, **{"Accept": "application/json"})
    assert answer.status in (403, 415)


def test_two_officers_open_a_collection(old):
    words = {"root": "/taxii2/feeds/", "id": NEW, "title": "Opened later", "readers": ["bob"], "writers": ["bob"]}
    folder = old.data.parent

    def as_officer(who, *command):
        password = (old.data / f"first-passwords/{who}@operator").read_text().strip()
        file = folder / f"{who}.toml"
        file.write_text(f'["operator/operations"]\nuser = "{who}@operator"\npassword = "{password}"\n')
        file.chmod(0o600)
        done = subprocess.run([c.PROGRAM, "--url", f"http://127.0.0.1:{old.port}", "--as", "operator/operations", "--json",
                               *command, "--key", folder / f"{who}.key"], capture_output=True, text=True, timeout=60,
                              env={"COMITY_CREDENTIALS": str(file), "PATH": "/usr/bin:/bin", "HOME": str(folder)})
        return done
    assert old.get("/taxii2/feeds/", "bob").status == 404
    proposed = as_officer("anna", "host", "open-collection", "/taxii2/feeds/", NEW, "--title", words["title"],
                          "--reader", "bob", "--writer", "bob")
    assert proposed.returncode == 0, proposed.stderr
    digest = json.loads(proposed.stdout)["digest"]
    assert old.get("/taxii2/feeds/", "bob").status == 404  # one officer is not enough
    signed = as_officer("bert", "host", "countersign", digest)
    assert signed.returncode == 0, signed.stderr
    assert [one["id"] for one in old.get("/taxii2/feeds/collections/", "bob").json()["collections"]] == [NEW]
    objects = f"/taxii2/feeds/collections/{NEW}/objects/"
    assert old.post(objects, [indicator(900)], "bob").json()["success_count"] == 1  # the secret one's, and tells him nothing
    assert [one["id"] for one in old.get(objects, "bob").json()["objects"]] == [indicator(900)["id"]]
    assert old.get(objects, "alice").status == 404


def test_a_wrong_description_is_told_whole_and_makes_nothing(tmp_path):
    wrong = description()
    wrong["users"].append({"name": "eve:il", "password": "x", "verifier": "y"})
    wrong["api_roots"][0]["path"] = "/api/v1/"
    wrong["api_roots"][1]["collections"][0].pop("readers")
    wrong["api_roots"][1]["collections"][0]["colour"] = "red"
    code, said, data = init(tmp_path, wrong)
    assert code == 2, said
    for pointer in ("/users/4/name", "/api_roots/0/path", "/api_roots/1/collections/0/readers",
                    "/api_roots/1/collections/0/colour"):
        assert "server.json" + pointer + ":" in said, said
    assert not data.exists()


def test_what_is_refused_stops_it_unless_it_may_be_left_out(tmp_path):
    flawed = description()
    flawed["api_roots"][1]["collections"][0]["objects"] += [
        {"date_added": date(2), "object": indicator(901, labels=[])},
        {"date_added": date(3), "object": indicator(902, modified="2023-01-01T00:00:00Z")},
        {"date_added": date(4), "object": {**indicator(900), "name": "another"}}]
    code, said, data = init(tmp_path, flawed)
    assert code != 0 and not data.exists(), said
    assert "43 objects accepted, 3 refused" in said and "other_content" in said, said
    code, said, data = init(tmp_path, flawed, "--permissive", "--leave-out")
    assert code == 0 and "45 objects accepted, 1 refused" in said, said
    served = Old(data)
    try:  # whoever receives what breaks a MUST is told so
        secret = f"/taxii2/feeds/collections/{SECRET}/"
        records = {one["id"]: one for one in served.get(secret + "manifest/").json()["objects"]}
        flaws = {indicator(n)["id"] for n in (901, 902)}
        assert {id for id, one in records.items() if one.get("x_comity_permissive")} == flaws
        assert set(served.get(secret + "objects/").json()["x_comity_permissive"]) == flaws
        assert "x_comity_permissive" not in served.get(OBJECTS).json()
    finally:
        served.close()


def test_a_server_that_runs_is_described_and_taken_over(old, tmp_path):
    (tmp_path / "password").write_text(USERS["alice"] + "\n")
    (tmp_path / "password").chmod(0o600)
    words = [c.PROGRAM, "describe", f"http://127.0.0.1:{old.port}/taxii2/", tmp_path / "moving", "--user", "alice",
             "--password-file", tmp_path / "password"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "2 API roots, 4 collections (1 not readable as this user)" in done.stdout
    assert subprocess.run(words, capture_output=True, timeout=60).returncode == 2  # nothing is overwritten
    described = json.loads((tmp_path / "moving/server.json").read_text())
    assert described["users"] == [] and described["default"] == "/trustgroup1/"
    described["users"] = [{"name": "alice", "password": USERS["alice"]}]
    for root in described["api_roots"]:
        for one in root["collections"]:
            assert one["readers"] == one["writers"] == []  # nothing is open that is not said to be
            one["readers"] = ["alice"]
    code, said, data = init(tmp_path, described, beside=tmp_path / "moving")
    assert code == 0, said
    taken = Old(data)
    try:
        assert walk(taken, MANIFEST, "next") == walk(old, MANIFEST, "next")
        assert walk(taken, OBJECTS, "next") == walk(old, OBJECTS, "next")
    finally:
        taken.close()


class Choosy(http.server.BaseHTTPRequestHandler):
    """A server that lets nobody in to one of its roots and to one of its collections, and breaks down in a third."""
    roots = ["/open/", "/shut/", "/hidden/"]
    answers = {
        "/taxii2/": {"title": "Choosy", "default": "/shut/", "api_roots": roots},
        "/open/": {"title": "Open"}, "/hidden/": 404, "/shut/": 403,
        "/open/collections/": {"collections": [{"id": id, "title": id, "can_read": True} for id in ("one", "two")]},
        "/open/collections/one/manifest/": 403,
        "/open/collections/two/manifest/": {"objects": [{"id": indicator(1)["id"], "version": indicator(1)["modified"],
                                                         "date_added": date(1)}]},
        "/open/collections/two/objects/": {"objects": [indicator(1)]}}

    def do_GET(self):
        answer = self.answers.get(self.path.split("?")[0], 404)
        body = json.dumps({"title": "no"} if isinstance(answer, int) else answer).encode()
        self.send_response(answer if isinstance(answer, int) else 200)
        self.send_header("Content-Type", "application/taxii+json;version=2.1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def test_what_is_refused_to_the_user_is_left_out_of_a_description_and_told(tmp_path):
    def described(folder, *words):
        return subprocess.run([c.PROGRAM, *words, "describe", f"http://127.0.0.1:{server.server_port}/taxii2/", tmp_path / folder],
                              capture_output=True, text=True, timeout=60)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Choosy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        done = described("moving")
        assert done.returncode == 1, done.stdout + done.stderr
        assert "1 API roots, 2 collections (1 not readable as this user), 1 objects, 0 missing" in done.stdout
        refused = {line.split()[0].split("/", 3)[3] for line in done.stdout.splitlines() if line.startswith("  http")}
        assert {path.split("?")[0] for path in refused} == {"shut/", "hidden/", "open/collections/one/manifest/"}
        server_json = json.loads((tmp_path / "moving/server.json").read_text())
        assert [root["path"] for root in server_json["api_roots"]] == ["/open/"] and "default" not in server_json
        assert [("objects" in one) for one in server_json["api_roots"][0]["collections"]] == [False, True]
        assert len(json.loads(described("again", "--json").stdout)["refused"]) == 3
        Choosy.answers["/open/collections/one/manifest/"] = 500
        done = described("broken")  # that is no refusal: what is there is not known
        assert done.returncode == 4 and not (tmp_path / "broken/server.json").exists(), done.stdout + done.stderr
    finally:
        server.shutdown()


def test_it_is_the_same_after_a_restart_and_when_decided_again(old):
    before = walk(old, MANIFEST, "next")
    old.process.terminate()
    old.process.wait(timeout=20)
    for command in (["replay", "--decide"], ["verify"]):
        done = subprocess.run([c.PROGRAM, *command, "--data", old.data], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
    again = Old(old.data)
    try:
        assert walk(again, MANIFEST, "next") == before
        assert walk(again, MANIFEST, "date") == before
    finally:
        again.process.terminate()
        again.process.wait(timeout=20)
