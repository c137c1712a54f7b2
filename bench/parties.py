"""A centre with as many parties as a bench wants, and agreements among any of them. No scenario, no demo.

Made by the rules, over the doors: two officers admit each party, each party signs each agreement with its own key. All
machines and people have one password, hashed once with the centre's own costs; a first login still takes the centre its
58 ms, so four hundred parties take half a minute.
"""
import base64
import ctypes
import ctypes.util
import itertools
import json
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import centre as c
from load import Signer

ORIGIN, HOST, WORD = "bench.example/comity", "operator/operations", "one word for all"
LOGINS_AT_ONCE = 2  # as many as the centre checks at once
COMMANDS_AT_ONCE = 500


def canonical(value):
    """RFC 8785, of what holds ASCII and whole numbers only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def verifier():
    """argon2id with 64 MiB and two passes, by libsodium."""
    sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
    sodium.crypto_pwhash_str_alg.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulonglong, ctypes.c_ulonglong,
                                             ctypes.c_size_t, ctypes.c_int]
    text = ctypes.create_string_buffer(128)
    assert sodium.crypto_pwhash_str_alg(text, WORD.encode(), len(WORD), 2, 64 << 20, 2) == 0
    return text.value.decode()


class Key(Signer):
    def __init__(self, seed):
        super().__init__(seed)
        self.public = self.secret.raw[32:]
        self.name = "ed25519:" + sha256(self.public).hexdigest()[:16]


class World:
    """Parties p000, p001, …, each with one office, `desk`."""

    def __init__(self, parties):
        self.folder = Path(tempfile.mkdtemp(prefix="comity-bench-"))
        self.seqs, self.verifier, self.clients = itertools.count(1), verifier(), set()
        self.hosts = {name: self.host_key(name) for name in ("host", "anna", "bert")}
        data = self.folder / "centre"
        officers = [word for name in ("anna", "bert") for word in ("--officer", f"{name}={self.folder / name}.pub")]
        subprocess.run([c.PROGRAM, "init", "--data", data, "--name", "Bench", "--origin", ORIGIN, "--host-key",
                        self.folder / "host.pub", *officers], check=True, capture_output=True)
        (data / "demo-keys").mkdir()
        (data / "demo-keys/access.json").write_text("[]")  # Centre fills its table from there
        self.centre = c.Centre(data)
        self.keys = {f"p{n:03}": Key(sha256(b"bench %d" % n).digest()) for n in range(parties)}
        self.offices = [party + "/desk" for party in self.keys]
        for office in self.offices:
            self.centre.access[office] = {"person": "duty@" + office.split("/")[0], "person_password": WORD,
                                          "client": office + "/client", "client_password": WORD}
        self.as_host([self.admission(party, key) for party, key in self.keys.items()])

    def close(self):
        self.centre.close()
        subprocess.run(["rm", "-rf", self.folder], check=True)

    # --- acts ---
    def host_key(self, name):
        told = subprocess.run([c.PROGRAM, "key", "new", self.folder / f"{name}.key"], check=True, capture_output=True)
        (self.folder / f"{name}.pub").write_bytes(told.stdout)
        lines = (self.folder / f"{name}.key").read_text().splitlines()
        return Key(base64.b64decode(next(line for line in lines if not line.startswith("#"))))

    def signed(self, kind, office, founder, key, values, **more):
        until = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(time.time() + 86400))
        act = {"kind": kind, "centre": ORIGIN, "party": office.split("/")[0], "founding_key": founder.name, "office": office,
               "key": key.name, "seq": next(self.seqs), "not_after": until, **values}
        value = key.sign(b"comity-act/1\n" + canonical(act))
        return {"kind": kind, "act": act, "signatures": [{"key": key.name, "value": value}], **more}

    def send(self, office, commands):
        """Their rulings; all are accepted."""
        rulings = []
        for first in range(0, len(commands), COMMANDS_AT_ONCE):
            body = json.dumps(commands[first:first + COMMANDS_AT_ONCE])
            answer = self.centre.ask("POST", "/api/v1/commands", office, body, {"Content-Type": "application/json"}, person=True)
            assert answer.status == 200, (office, answer.status, answer.body[:500])
            rulings += answer.json()
        return rulings

    def as_host(self, proposals):
        """Proposed by one officer, countersigned by the other. A secret is in no act: it goes beside it."""
        acts = []
        for one in proposals:
            body = {name: value for name, value in one["body"].items() if name != "verifier"}
            acts.append(self.signed("propose_host_act", HOST, self.hosts["host"], self.hosts["anna"],
                                    {"proposed": {**one, "body": body}}, body=one))
        digests = [ruling["digest"] for ruling in self.as_officer("anna", acts)]
        self.as_officer("bert", [self.signed("countersign_host_act", HOST, self.hosts["host"], self.hosts["bert"],
                                             {"digest": digest}) for digest in digests])

    def as_officer(self, name, acts):
        word = (self.centre.data / f"first-passwords/{name}@operator").read_text().strip()
        self.centre.access[HOST] = {"person": f"{name}@operator", "person_password": word}
        return self.send(HOST, acts)

    def admission(self, party, key):
        return {"kind": "register_party", "body": {
            "slug": party, "name": party, "kind": "organisation", "key": base64.b64encode(key.public).decode(),
            "office": "desk", "admin": "duty", "verifier": self.verifier}}

    # --- what a bench asks for ---
    def machine(self, office):
        """The office can be asked over TAXII from now on."""
        if office not in self.clients:
            self.clients.add(office)
            self.send(office, [{"kind": "register_client", "body": {"office": office, "slug": "client", "verifier": self.verifier,
                                                                    "rights": ["read", "contribute"]}}])
        return office

    def agreement(self, name, offices):
        """In force among them: each gives all to all others, whatever its marking. Its id."""
        parties, text = [office.split("/")[0] for office in offices], self.text(name, offices)
        about = {"agreement": text["id"], "version": 1, "text_hash": sha256(canonical(text)).hexdigest()}

        def act(kind, party):
            return self.signed(kind, party + "/desk", self.keys[party], self.keys[party], about)
        self.send(offices[0], [{"kind": "draft_agreement", "body": {"text": text}}])
        with ThreadPoolExecutor(LOGINS_AT_ONCE) as pool:
            list(pool.map(lambda party: self.send(party + "/desk", [act("sponsor", party)]), parties))
            self.send(offices[0], [act("table_agreement", parties[0])])
            list(pool.map(lambda party: self.send(party + "/desk", [act("sign", party)]), parties))
        return text["id"]

    def text(self, name, offices):
        parties = [office.split("/")[0] for office in offices]
        participants = [{"party": party, "founding_key": self.keys[party].name} for party in parties]  # a text names 1,000 at most
        grant = {"id": "all", "type": "grant", "text": "Everything.", "from": "each", "to": "others",
                 "items": {"marking_max": "red", "unmarked": "allow"}, "fields": "all", "precision": {}, "attribution": "named",
                 "delay": "PT0S", "onward": "originator_consent", "recall": "none"}
        return {
            "format": "comity-agreement/1", "id": f"{parties[0]}.{name}", "version": 1, "kind": "convention", "title": name,
            "binding": False, "text": "# Everything\n", "depositary": "centre", "sponsors": parties,
            "visibility": {"existence": "parties", "text": "parties", "membership": "parties", "acts": "parties"},
            "participants": participants, "eligible": {"mode": "closed"}, "adoption": {"rule": "unanimity_strict"},
            "consent_by": ["signature"], "entry_into_force": {"consents": "all"}, "late_joiner_delay": "P0D",
            "provisional_application": False, "retroactivity": {"mode": "none"}, "reservations": {"mode": "prohibited"},
            "objection_window": "P0D", "amendment": {"rule": {"rule": "unanimity_strict"}, "effect": "all_when_adopted"},
            "suspension": {"by": "unilateral", "notice": "PT0S", "resume": "all", "non_suspendable": []},
            "withdrawal": {"allowed": True, "notice": "P30D", "incoming": "stops_at_notice"}, "term": {"mode": "none"},
            "min_parties": {"n": 2, "effect": "none"}, "survival": [], "clauses": [grant]}
