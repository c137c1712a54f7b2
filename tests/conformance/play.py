"""A generated world as it goes on in a real centre: the steps of a plan, each through one of the doors, on a held clock."""
import json
import subprocess
import tempfile
from pathlib import Path

import centre as c
from asking import Asker
from held_clock import HeldClock
from ledger import oracle, party_of
from worlds import HOMES, SECOND, text_hash

START = oracle.micros("2026-03-01T12:00:00.000000Z")
FIRST_SEQ = 1_000_000  # above what the scenario has used
BYSTANDER, NOTHING = "us/state", b"00000000-0000-4000-8000-000000000000"
RIGHTS = ["read", "contribute", "file", "acknowledge"]


class Base:
    """The scenario, with what every world begins with besides: loaded once, copied for each world."""

    def __init__(self):
        clock = HeldClock(START)
        self.data = c.load_scenario(clock.environment())
        access = json.loads((self.data / "demo-keys/access.json").read_text())
        served = Served(self.data, clock)
        for number, (party, office) in enumerate(sorted(SECOND.items())):
            access.append(self.second_office(served, number, HOMES[party], office))
        served.close()
        (self.data / "demo-keys/access.json").write_text(json.dumps(access))

    @staticmethod
    def second_office(served, number, first, office):
        slug = office.split("/")[1]
        served.command(first, {"kind": "register_office", **served.signed("register_office", first, number - 100, {"slug": slug})})
        known = served.access[first]
        roles = ["watch", "releasing", "signing", "audit", "admin"]
        served.command(first, {"kind": "set_roles", "body": {"person": known["person"], "office": office, "roles": roles}})
        served.command(first, {"kind": "register_client", "body": {"office": office, "slug": "client", "rights": RIGHTS,
                                                                   "password": known["client_password"]}})
        return {**known, "office": office, "client": office + "/client"}

    def world(self):
        """A copy of its own, served on a clock of its own."""
        return Served(c.copy_of(self.data, tempfile.mkdtemp(prefix="world-", dir=self.data.parent) + "/centre"), HeldClock(START))


class Served:
    def __init__(self, data, clock):
        self.data, self.clock = Path(data), clock
        self.centre = c.Centre(data, clock.environment())
        self.access = self.centre.access
        self.askers = {}
        self.facts, self.hashes = {}, {}  # of offices; of texts as planned, those of texts as drafted

    def asker(self, office):
        if office not in self.askers:
            self.askers[office] = Asker(self.centre.port, self.access[office])
        return self.askers[office]

    def close(self):
        for asker in self.askers.values():
            asker.end()
        self.centre.close()

    # --- acts ---
    def me(self, office):
        if office not in self.facts:
            said = self.centre.ask("GET", "/api/v1/me", office, person=True).json()
            self.facts[office] = {"centre": said["centre"]["origin"], "party": said["party"]["party"], "office": office,
                                  "founding_key": said["party"]["founding_key"]}
        return self.facts[office]

    def signed(self, kind, office, number, members):
        """The act, signed by the program without a network, as any signer's would."""
        act = {"kind": kind, **self.me(office), "seq": FIRST_SEQ + number, "not_after": "2026-03-05T00:00:00.000000Z", **members}
        path = self.data / "act.json"
        path.write_text(json.dumps(act))
        key = self.data / f"demo-keys/{party_of(office)}.key"
        done = subprocess.run([c.PROGRAM, "sign", path, "--key", key], capture_output=True, check=True)
        return json.loads(done.stdout)

    def command(self, office, document):
        answer = self.asker(office).ask("POST", "/api/v1/commands", json.dumps(document, ensure_ascii=False).encode())
        assert answer.status in (200, 422), (answer.status, answer.body)
        return answer.json()

    # --- steps ---
    def take(self, number, step):
        """What became of it: "accepted", or the reason of the refusal."""
        if step["do"] == "clock":
            self.clock.set(self.clock.now + step["by"])
            self.wake()
            return "accepted"
        return getattr(self, "take_" + step["do"])(number, step)

    def wake(self):
        """The centre sleeps until its next deadline by a clock that runs, which the held one overtakes: a command of an
        office that has no part in any of this makes it look again."""
        told = self.asker(BYSTANDER).ask("POST", "/api/v1/commands", b'{"kind":"delete_item","body":{"id":"tool--%s"}}' % NOTHING)
        assert told.status == 422, (told.status, told.body)

    def take_register_office(self, number, step):
        members = {"slug": step["slug"], "listing": "unlisted"}
        return self.ruled(step, {"kind": "register_office", **self.signed("register_office", step["as"], number, members)})

    def take_draft(self, number, step):
        """With the founding keys, which a plan cannot know: they are this centre's (25-isolation G8)."""
        participants = [{**one, "founding_key": self.founding_key(one["party"])} for one in step["text"]["participants"]]
        text = {**step["text"], "participants": participants}
        self.hashes[text_hash(step["text"])] = text_hash(text)
        return self.ruled(step, {"kind": "draft_agreement", "body": {"text": text}})

    def founding_key(self, party):
        return self.me(next(office for office in self.access if party_of(office) == party))["founding_key"]

    def take_act(self, number, step):
        about = {"agreement": step["id"], "version": 1, "text_hash": self.hashes[step["hash"]]}
        if step.get("gap"):
            about["gap"] = "included"
        return self.ruled(step, {"kind": step["kind"], **self.signed(step["kind"], step["as"], number, about)})

    def take_consent(self, number, step):
        members = {"item": step["item"], "item_version": step["version"], "releaser": step["releaser"],
                   "text_hash": self.hashes[step["hash"]]}
        return self.ruled(step, {"kind": "consent_onward", **self.signed("consent_onward", step["as"], number, members)})

    def take_delete(self, number, step):
        answer = self.asker(step["as"]).ask("DELETE", f"/api/v1/items/{step['id']}", who="client")
        return self.outcome(answer.json())

    def take_give(self, number, step):
        name, key = step["id_of_agreement"], f"give-{number}"
        asker, text, to = self.asker(step["as"]), step["object"], json.dumps(step["to"])
        if step["door"] == "command":
            body = f'{{"kind":"contribute","body":{{"agreement":"{name}","to_offices":{to},"object":{text}}}}}'
            return self.outcome(asker.ask("POST", "/api/v1/commands", body.encode(), Idempotency_Key=key).json())
        if step["door"] == "native":
            body = f'{{"objects":[{text}],"to_offices":{to}}}'.encode()
            answer = asker.ask("POST", f"/api/v1/agreements/{name}/items", body, who="client", Idempotency_Key=key)
            assert answer.status in (200, 422), (answer.status, answer.body)
            told = answer.json()["objects"][0]
            return self.outcome(told["ruling"]) if "ruling" in told else json.dumps(told)
        return self.post(asker, name, f'{{"objects":[{text}],"x_comity_to_offices":{to}}}'.encode(), key)

    def post(self, asker, name, envelope, key):
        """Over TAXII; the status is asked for again, as a client does."""
        collections = asker.get(f"/taxii2/{name}/collections/", who="client").json()["collections"]
        path = next(one["id"] for one in collections if one.get("alias") == "contributed")
        answer = asker.ask("POST", f"/taxii2/{name}/collections/{path}/objects/", envelope, who="client", Idempotency_Key=key)
        assert answer.status == 202, (answer.status, answer.body)
        told = asker.get(f"/taxii2/{name}/status/{answer.json()['id']}/", who="client").json()
        if told["success_count"] == 1:
            return "accepted"
        return json.dumps(told.get("failures"))

    def ruled(self, step, document):
        return self.outcome(self.command(step["as"], document))

    @staticmethod
    def outcome(ruling):
        if ruling.get("outcome") == "accepted":
            return "accepted"
        return json.dumps(ruling.get("reasons", ruling))
