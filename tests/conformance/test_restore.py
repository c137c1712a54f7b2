"""A restore, as it is done in earnest (25-isolation G15): a centre is backed up while it is served, goes on, is killed and lost;
what is made of the backup serves nobody until the party has presented what it took back and two officers have said what was
lost. And what an operator is told on the way."""
import base64
import http.client
import json
import os
import shutil
import subprocess
import time

import pytest

import centre as c
from test_frameworks import OwnCentre

STOLEN = ("ru/staff/stolen", "as long as it has to be")


def indicator(number):
    return json.dumps({"type": "indicator", "spec_version": "2.1", "id": f"indicator--00000000-0000-4000-8000-{number:012}",
                       "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z", "name": f"Number {number}",
                       "pattern": "[file:name = 'x']", "pattern_type": "stix", "valid_from": "2026-01-01T00:00:00Z"}).encode()


class Restored(OwnCentre):
    """The same with a folder of its own for what is signed, and a way to look at a directory."""

    def comity(self, *words, who=None, **more):
        os.environ["COMITY_ACTS"] = str(self.folder / f"acts-{who or 'nobody'}")
        return super().comity(*words, who=who, **more)

    def acts(self, who, kind):
        return sorted((self.folder / f"acts-{who}").glob(f"*-{kind}.json"))

    def stop(self):
        self.running.close()

    def start(self):
        """Serves, also where /healthz says that it is failing."""
        self.running = Serving(self.data)

    def status(self, who, path):
        return self.get(who, path).status

    def as_stolen(self, path):
        user, password = STOLEN
        connection = http.client.HTTPConnection("127.0.0.1", self.running.port, timeout=60)
        connection.request("GET", path, headers={
            "Accept": "application/json", "Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()})
        status = connection.getresponse().status
        connection.close()
        return status

    def checks(self, *options):
        done = self.comity("--json", "doctor", "--data", self.data, *options)
        return done.returncode, {one["check"]: one for one in json.loads(done.stdout)}


class Serving(c.Centre):
    def wait(self):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                self.ask("GET", "/healthz")
                return
            except OSError:
                assert self.process.poll() is None, (self.data / "serve.log").read_text()
                time.sleep(0.02)


@pytest.fixture
def own(tmp_path):
    if not c.PROGRAM.exists():
        pytest.skip(f"no {c.PROGRAM}")
    made = Restored(tmp_path)
    made.admit_parties()
    made.agree("ru.joint", "ru", "iq")
    yield made
    made.running.close()


def expect_nobody_is_served(own):
    """Not the machine that comes in again with the older state, and no party; a person is told what she needs to sign with."""
    for path in ("/taxii2/", "/api/v1/items?role=received", "/api/v1/agreements", "/api/v1/refusals", "/api/v1/parties"):
        assert own.status("ru", path) == 503, path
    for path in ("/api/v1/items?role=received", "/api/v1/me", "/api/v1/recoveries"):
        assert own.as_stolen(path) == 503, path
    assert json.loads(own.me("ru"))["party"]["last_seq"] > 0
    assert own.get("ru", "/api/v1/recoveries").json() == []
    assert own.checks()[0] == 5 and "nobody is served" in own.checks()[1]["served"]["what"]
    assert own.running.ask("GET", "/healthz").status == 503
    assert own.running.ask("POST", "/api/v1/token", "ru/staff").status == 503
    assert own.comity("clients", "add", "ru/staff", "another", "--right", "read", who="ru").returncode == 4
    assert own.comity("host", "limits", "drafts=5", who="anna").returncode == 4
    until = time.monotonic() + 5  # it looks once a second for what there is to say
    while "put back" not in (own.data / "serve.log").read_text() and time.monotonic() < until:
        time.sleep(0.1)
    assert "put back" in (own.data / "serve.log").read_text()


def test_the_drill(own, tmp_path):
    (tmp_path / "stolen.password").write_text(STOLEN[1] + "\n")
    (tmp_path / "stolen.password").chmod(0o600)
    own.made("clients", "add", "ru/staff", "stolen", "--right", "read", "--password-file", tmp_path / "stolen.password",
             who="ru")
    own.give("iq", "ru.joint", indicator(1))
    keys = tmp_path / "backups.pub"
    keys.write_text(own.made("backup-key", tmp_path / "backups.key"))

    # A backup of the centre that is served; then more is given, and a machine that was stolen is cut off.
    backup = tmp_path / "backup"
    told = json.loads(own.made("--json", "backup", "--data", own.data, backup, "--seal-to", keys))
    assert backup.stat().st_mode & 0o777 == 0o600 and told["records"] > 10
    assert own.checks()[1]["backup"]["found"] == "ok"
    own.give("iq", "ru.joint", indicator(2))
    assert own.as_stolen("/api/v1/items?role=received") == 200
    own.made("clients", "revoke", STOLEN[0], who="ru")
    assert own.as_stolen("/api/v1/items?role=received") == 401
    kept, = own.acts("ru", "revoke_client")
    assert json.loads(kept.read_text())["ruling"]["outcome"] == "accepted"

    # The machine dies and its disk with it, all but the file that says how far the log went.
    own.running.process.kill()
    own.running.process.wait()
    demo_keys = own.data / "demo-keys"
    shutil.copytree(demo_keys, tmp_path / "demo-keys")
    shutil.copy(own.data / "in-flight", tmp_path / "head")
    shutil.rmtree(own.data)

    assert own.comity("restore", backup, "--data", own.data).returncode == 2, "it is sealed"
    own.made("restore", backup, "--data", own.data, "--key", tmp_path / "backups.key", "--head", tmp_path / "head")
    assert own.comity("restore", backup, "--data", own.data, "--key", tmp_path / "backups.key").returncode == 2
    code, checks = own.checks()
    assert code == 1 and checks["head"]["found"] == "warn" and "restored" in checks["head"]["what"]
    shutil.copytree(tmp_path / "demo-keys", demo_keys)
    own.start()

    expect_nobody_is_served(own)

    # An officer sees what is known, proposes, and waits for the parties; one of them presents what it kept.
    found = json.loads(own.made("host", "show", who="anna"))["put_back"]
    assert found["from"] == told["records"] and found["known"] > found["from"] and found["cause"] == "restored"
    refused = own.comity("host", "restored", found["from"], found["from"], who="anna")
    assert refused.returncode == 0
    refused = own.comity("host", "countersign", json.loads(refused.stdout)["digest"], who="bert")
    assert refused.returncode == 1 and "other_size" in refused.stdout
    (tmp_path / "torn.json").write_text("{")
    presented = own.comity("present", tmp_path / "torn.json", kept, who="ru")
    assert presented.returncode == 2 and "accepted" in presented.stdout, "one that is torn stops no other"
    own.by_two("host", "restored", found["from"], found["known"])

    # It serves again, under a new origin; what was taken back stays so, and what was lost is lost.
    assert own.status("ru", "/api/v1/agreements") == 200
    assert json.loads(own.me("ru"))["centre"]["origin"] == "own.example/e1"
    assert own.as_stolen("/api/v1/items?role=received") == 401
    assert own.running.ask("GET", "/healthz").status == 200
    assert own.checks()[1]["served"]["found"] == "ok"
    base = own.running.collection("ru/staff", "ru.joint", "received")
    names = [one["id"] for one in own.get("ru", base + "objects/").json()["objects"]]
    assert len(names) == 1
    assert all(one["outcome"] == "accepted" for one in [json.loads(own.made("present", kept, who="ru"))]), "the same again"
    own.give("iq", "ru.joint", indicator(2))
    own.stop()
    assert own.comity("verify", "--data", own.data).returncode == 0
    assert own.comity("replay", "--data", own.data, "--decide").returncode == 0
    own.start()
    assert own.status("ru", "/api/v1/agreements") == 200


def test_a_backup_is_sealed_to_a_public_key_of_backups_and_to_nothing_else(own, tmp_path):
    """The private half, a party's key and 32 octets of anything: nobody could open what is sealed to them."""
    private, public, bare = (tmp_path / f"backups.{name}" for name in ("key", "pub", "bare"))
    public.write_text(own.made("backup-key", private))
    public.chmod(0o600)
    bare.write_text(public.read_text().split(":")[1])
    for wrong in (private, bare, tmp_path / "ru.pub"):
        refused = own.comity("backup", "--data", own.data, tmp_path / "b", "--seal-to", wrong)
        assert refused.returncode == 2 and not (tmp_path / "b").exists(), wrong
    own.made("backup", "--data", own.data, tmp_path / "b", "--seal-to", public)
    assert own.comity("restore", tmp_path / "b", "--data", tmp_path / "again", "--key", public).returncode == 2
    own.made("restore", tmp_path / "b", "--data", tmp_path / "again", "--key", private)


def test_a_copied_directory_serves_nobody(own, tmp_path):
    own.stop()
    shutil.move(own.data, tmp_path / "first")
    shutil.copytree(tmp_path / "first", own.data)
    assert own.checks()[0] == 5
    own.start()
    assert own.status("ru", "/api/v1/agreements") == 503
    found = json.loads(own.made("host", "show", who="anna"))["put_back"]
    assert found["cause"] == "copied"
    own.by_two("host", "restored", found["from"], found["from"])
    assert own.status("ru", "/api/v1/agreements") == 200


def test_what_doctor_says(own, tmp_path):
    subprocess.run(["chmod", "-R", "go=r", own.data / "demo-keys"], check=True)
    code, checks = own.checks()
    assert code == 5 and "demo-keys" in checks["modes"]["what"]
    subprocess.run(["chmod", "-R", "go=", own.data / "demo-keys"], check=True)
    code, checks = own.checks()
    assert code == 1, checks
    assert {name for name, one in checks.items() if one["found"] != "ok"} <= {"owner", "first passwords", "backup", "room"}
    assert checks["process"]["what"] == f"process {own.running.process.pid} serves from it"
    own.stop()
    assert own.checks()[1]["process"]["found"] == "warn"
    own.data.chmod(0o755)
    code, checks = own.checks()
    assert code == 5 and checks["modes"]["next"] == f"chmod 700 {own.data}"
    own.data.chmod(0o700)
    (own.data / "keys/prf").rename(tmp_path / "prf")
    assert own.checks()[1]["keys"]["found"] == "bad"
    (tmp_path / "prf").rename(own.data / "keys/prf")
    (own.data / "in-flight").rename(tmp_path / "in-flight")
    assert own.checks()[1]["head"]["found"] == "bad"
    (tmp_path / "in-flight").rename(own.data / "in-flight")
    assert own.checks()[1]["head"]["found"] == "ok"
    certificate = tmp_path / "chain.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", tmp_path / "key.pem", "-out",
                    certificate, "-days", "5", "-subj", "/CN=own.example"], check=True, capture_output=True)
    assert own.checks("--tls-cert", certificate)[1]["certificate"]["found"] == "warn"
    assert own.comity("doctor", "--data", tmp_path / "nowhere").returncode == 5


def test_a_journal_of_a_newer_program_is_refused_by_all(own, tmp_path):
    """Nothing is changed, and each says what to do."""
    import sqlite3
    own.stop()
    journal = sqlite3.connect(own.data / "journal.sqlite")
    journal.execute("UPDATE meta SET value = value + 1 WHERE key = 'format'")
    journal.commit()
    journal.close()
    before = (own.data / "journal.sqlite").read_bytes()
    for words in (("serve", "--port", "0"), ("replay",), ("verify",), ("snapshot",), ("backup", tmp_path / "b")):
        done = own.comity(words[0], "--data", own.data, *words[1:])
        assert done.returncode == 2, (words, done.stderr)
        assert "Install the newer Comity" in done.stderr, (words, done.stderr)
    assert own.checks()[0] == 5 and "Install the newer Comity" in own.checks()[1]["journal"]["what"]
    assert not (tmp_path / "b").exists() and not (tmp_path / "b.new").exists()
    assert (own.data / "journal.sqlite").read_bytes() == before


def test_whatever_takes_away_is_kept_by_whichever_word_it_was_sent(own, tmp_path):
    key, issuer = tmp_path / "second.key", tmp_path / "login.pem"
    made = own.comity("key", "new", key)
    name = made.stderr.strip()
    own.made("keys", "add", key, who="ru")
    own.made("keys", "revoke", name, who="ru")
    subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", tmp_path / "login.key"],
                   check=True, capture_output=True)
    subprocess.run(["openssl", "pkey", "-in", tmp_path / "login.key", "-pubout", "-out", issuer], check=True, capture_output=True)
    own.made("issuers", "register", "login", "https://login.example/ru", "--keys", issuer, "--right", "read", who="ru")
    own.made("issuers", "revoke", "ru/login", who="ru")
    (tmp_path / "gone.password").write_text("as long as it has to be\n")
    (tmp_path / "gone.password").chmod(0o600)
    own.made("clients", "add", "ru/staff", "gone", "--right", "read", "--password-file", tmp_path / "gone.password", who="ru")
    own.made("command", own.file({"kind": "revoke_client", "body": {"client": "ru/staff/gone"}}), who="ru")
    for kind in ("rotate_key", "revoke_key", "revoke_issuer", "revoke_client"):
        kept, = own.acts("ru", kind)
        assert json.loads(kept.read_text())["ruling"]["outcome"] == "accepted", kind
    refused = own.comity("keys", "revoke", name, who="ru")
    assert refused.returncode == 1
    again = own.comity("present", own.acts("ru", "revoke_key")[-1], who="ru")
    assert again.returncode == 1 and "refused when it was sent first" in again.stderr
