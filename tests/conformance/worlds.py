"""Generated worlds: a seed makes a plan, the list of what offices do, with the answer that the rules promise to each.

A plan is plain JSON, so that secrets can be exchanged in it like words in a text (another_world, below):
  start, parties, offices   when it begins, and who acts
  steps                     {"do", "as", ...}: clock, register_office, draft, act, consent, give, delete, ask
  hidden                    the office that the second world is about, and what of the plan it cannot know
`expect` of a step is "accepted", or the reason of the refusal.
"""
import json
import random
from hashlib import sha256

from canaries import Mint
from ledger import BELONGING, Ledger, oracle, party_of
from generate import written  # of the oracle; ledger.py knows where it lies
from objects import LABEL, NAMES, TYPES, Maker, copy_of

# Parties of the scenario theatre-2015 that take no part in its agreements, with the office that each has there.
HOMES = {"sa": "sa/defence", "kw": "kw/defence", "qa": "qa/defence", "tr": "tr/general-staff", "cn": "cn/mfa",
         "in": "in/mea", "kf": "kf/staff"}
SECOND = {"sa": "sa/navy", "tr": "tr/navy"}  # registered before the worlds begin
SECOND_US = 1_000_000
A_MOMENT = 300_000  # after a deadline: less than what a door takes for being late
GIVES = 20


def text_hash(text):
    """SHA-256 of RFC 8785; these texts hold ASCII and whole numbers only."""
    return sha256(json.dumps(text, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def whole_places(names):
    """Both coordinates or none, since half a place is no place; sorted."""
    place = {"latitude", "longitude"}
    return sorted({*names, *place} if place & set(names) else set(names))


class Generator:
    def __init__(self, seed, start):
        self.random = random.Random(seed)
        self.mint = Mint(10_000 * (seed % 90))
        self.maker = Maker(self.random, self.mint)
        parties = self.random.sample(sorted(SECOND), self.random.choice([1, 2])) + \
            self.random.sample(sorted(set(HOMES) - set(SECOND)), 3)
        offices = [HOMES[party] for party in parties] + [SECOND[party] for party in parties if party in SECOND]
        self.plan = {"seed": seed, "start": start, "parties": parties, "offices": offices, "steps": []}
        self.ledger = Ledger(self.plan)
        self.free, self.late = set(), {}  # agreements that let all pass on; who has yet to sign
        self.signers = {}  # of each agreement {party: office}

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def some(self, pool, least, most):
        pool = list(pool)
        return self.random.sample(pool, min(len(pool), self.random.randint(least, most)))

    def do(self, what, **step):
        step = {"n": len(self.plan["steps"]), "do": what, "expect": "accepted", **step}
        self.plan["steps"].append(step)
        self.ledger.take(step)

    def make(self):
        for number in range(self.random.choice([3, 4, 4])):
            self.agreement(f"a{number}")
        for number in range(GIVES):
            self.time_passes()
            self.give()
            if self.chance(40):
                self.pass_on()
            if self.chance(12):
                self.delete()
            if self.chance(25):
                self.leave()
            if self.chance(25) and self.late:
                name = self.random.choice(sorted(self.late))
                self.sign(name, self.late.pop(name))
            if number == GIVES // 2:
                self.do("ask")
        self.time_passes(by=400)
        self.do("ask")
        return self.plan

    # --- time ---
    def time_passes(self, by=None):
        """From one moment at which something happens by itself to the next, and no centre is late for any of them."""
        end = self.ledger.world["now"] + (by or self.random.choice([1, 7, 61, 130])) * SECOND_US
        for due in sorted(set(self.deadlines())):
            now = self.ledger.world["now"]
            if now < due <= end:
                self.do("clock", by=due + A_MOMENT - now)
        self.do("clock", by=max(A_MOMENT, end - self.ledger.world["now"]))

    def deadlines(self):
        for leaving in self.ledger.leaves_at:
            yield from leaving.values()
        for agreement in self.ledger.world["agreements"]:
            for clause in agreement["text"]["clauses"]:
                if "applies_from" in clause:
                    yield oracle.micros(clause["applies_from"]["date"])
        for item in self.ledger.world["items"]:
            for one in item["contributions"]:
                for clause in self.ledger.world["agreements"][one["agreement"]]["text"]["clauses"]:
                    yield one["time"] + oracle.duration(clause.get("delay", "P0D"))

    # --- the law ---
    def participants(self, parties, extra):
        entries = []
        for party in parties:
            own = [office for office in self.plan["offices"] if party_of(office) == party]
            entry = {"party": party}
            if self.chance(65) or party in extra:
                entry["offices"] = self.some(own, 1, 2) + extra.get(party, [])
            entries.append(entry)
        return entries

    def agreement(self, name):
        parties = self.some(self.plan["parties"], 2, 3 if self.chance(60) else 4)
        extra = {}
        if self.chance(40):  # an office that only those may know who share an agreement with it
            slug = self.mint.word()
            self.do("register_office", **{"as": HOMES[parties[0]], "slug": slug})
            extra = {parties[0]: [f"{parties[0]}/{slug}"]}
        text = self.text(parties, self.participants(parties, extra))
        signers = {party: next(office for office in self.plan["offices"]
                               if party_of(office) == party and oracle.takes_part(text, office)) for party in parties}
        drafter = signers[parties[0]]
        self.signers[name] = signers
        self.do("draft", **{"as": drafter, "agreement": name, "text": text})
        if name == "a3" and self.chance(50):
            return  # stays a draft
        about = {"agreement": name, "hash": text_hash(text), "id": text["id"]}
        for office in signers.values():
            self.do("act", kind="sponsor", **{"as": office}, **about)
        self.do("act", kind="table_agreement", **{"as": drafter}, **about)
        if all(clause.get("onward") == "free" for clause in text["clauses"] if clause["type"] == "grant"):
            self.free.add(name)
        wanted = text["entry_into_force"]["consents"]
        for number, office in enumerate(signers.values()):
            if wanted != "all" and number >= wanted:
                self.late[name] = office
            else:
                self.sign(name, office)

    def leave(self):
        """For a while or for good, or back; never so many at once that nothing is left to give."""
        choices = []
        away = sum(len(one) for one in self.ledger.suspended) + sum(len(one) for one in self.ledger.leaves_at)
        for name, signers in self.signers.items():
            number = self.ledger.numbers[name]
            text = self.ledger.world["agreements"][number]["text"]
            if self.ledger.state(number) != "in_force":
                continue
            for party, office in signers.items():
                standing = self.ledger.standing(number, party)
                everybody = text["suspension"]["resume"] == "all"
                waiting = [one for one, agreed in self.ledger.suspended[number].items()
                           if party not in agreed and (everybody or one == party)]
                if standing in ("party", "withdrawing") and away < 2:
                    choices.append(("suspend", office, name))
                if standing in ("party", "suspended") and away < 2:
                    choices.append(("withdraw", office, name))
                if "withdrawing" in standing:
                    choices.append(("take_back_withdrawal", office, name))
                if waiting and standing in BELONGING:
                    choices += [("resume", office, name)] * 3
        if choices:
            kind, office, name = self.random.choice(choices)
            text = self.ledger.world["agreements"][self.ledger.numbers[name]]["text"]
            self.do("act", kind=kind, gap=kind == "resume" and self.chance(40), **{"as": office}, agreement=name,
                    hash=text_hash(text), id=text["id"])

    def sign(self, name, office):
        text = self.ledger.world["agreements"][self.ledger.numbers[name]]["text"]
        self.do("act", kind="sign", **{"as": office, "agreement": name, "hash": text_hash(text), "id": text["id"]})

    def text(self, parties, participants):
        visible = self.random.choice([("parties", "parties")] * 4 + [("public", "parties"), ("public", "public")])
        onward = "free" if self.chance(25) else "originator_consent"
        offices = [office for office in self.plan["offices"] if oracle.takes_part({"participants": participants}, office)]
        clauses = [self.grant(onward, "each", "others", self.chance(45))]
        for _ in range(self.random.choice([0, 1, 1, 2])):
            clauses.append(self.grant(onward, self.random.choice(["each", parties[:1]]),
                                      self.some(offices, 1, 2), self.chance(20)))
        if self.chance(50):
            clauses.append(self.prohibition(offices))
        return {
            "format": "comity-agreement/1", "id": f"{parties[0]}.{self.mint.word()}", "version": 1,
            "kind": self.random.choice(["memorandum", "bilateral", "convention"]), "title": self.mint.word(),
            "binding": False, "text": f"# {self.mint.word()}\n",
            "visibility": {"existence": visible[0], "text": visible[1], "membership": "parties", "acts": "parties"},
            "depositary": "centre", "sponsors": parties, "participants": participants,
            "eligible": {"mode": "closed"}, "adoption": {"rule": "unanimity_strict"}, "consent_by": ["signature"],
            "entry_into_force": {"consents": len(parties) - 1 if len(parties) > 2 and self.chance(40) else "all"},
            "late_joiner_delay": "P0D", "provisional_application": False,
            "retroactivity": {"mode": self.random.choice(["none", "none", "all"])},
            "reservations": {"mode": "prohibited"}, "objection_window": "P0D",
            "amendment": {"rule": {"rule": "unanimity_strict"}, "effect": "all_when_adopted"},
            "suspension": {"by": "unilateral", "notice": "PT0S", "resume": self.random.choice(["all", "suspender"]),
                           "non_suspendable": [clause["id"] for clause in clauses if self.chance(10)]},
            "withdrawal": {"allowed": True, "notice": self.random.choice(["PT100S", "P30D"]),
                           "incoming": self.random.choice(["stops_at_notice"] * 3 + ["reciprocal_until_effect"])},
            "term": {"mode": "none"}, "min_parties": {"n": 2, "effect": "none"}, "survival": [], "clauses": clauses}

    def grant(self, onward, giver, taker, everything):
        clause = {"id": self.mint.word(), "type": "grant", "text": self.mint.word(), "humanitarian": self.chance(10), "from": giver, "to": taker,
                  "items": {}, "fields": "all", "precision": {}, "attribution": "named",
                  "delay": self.random.choice(["PT0S", "PT0S", "PT0S", "PT90S"]), "onward": onward, "recall": "none"}
        if self.chance(30):
            clause["items"]["labels_any"] = [LABEL]
        if self.chance(30):
            clause["items"].update(marking_max=self.random.choice(["green", "amber", "red"]),
                                   unmarked=self.random.choice(["allow", "allow", "deny"]))
        if self.chance(15):
            later = self.ledger.world["now"] + 200 * SECOND_US
            clause["applies_from"] = {"date": written(later)}
        if not everything:
            self.narrow(clause)
        return clause

    def narrow(self, clause):
        names = [name for kind in self.some(TYPES, 3, 6) for name in TYPES[kind][0]] + self.some(NAMES, 1, 8)
        clause["fields"] = {"only": whole_places(names)}
        if self.chance(50):
            clause["precision"]["location"] = {"grid_m": self.random.choice([1024, 8192])}
        if self.chance(50):
            clause["precision"]["time"] = {"round_s": self.random.choice([64, 4096])}
        if self.chance(50):
            clause["attribution"] = "centre"

    def prohibition(self, offices):
        items = self.random.choice([{"types": [self.random.choice(sorted(TYPES))]}, {"labels_all": ["nobody-says-this"]}, {}])
        fields = {"only": whole_places(self.some(NAMES, 1, 3))} if not items or self.chance(60) else "all"
        return {"id": self.mint.word(), "type": "prohibit", "text": self.mint.word(),
                "scope": self.random.choice(["this_agreement", "between_participants"]), "from": "each",
                "to": self.random.choice(["others", self.some(offices, 1, 1)]), "items": items, "fields": fields}

    # --- the items ---
    def open_roots(self, office):
        return [name for name, number in self.ledger.numbers.items() if self.ledger.may_give(number, office)]

    def give(self):
        offices = [one for one in self.plan["offices"] if self.open_roots(one)]
        if not offices:
            return None  # all have left
        office = self.random.choice(offices)
        name = self.random.choice(self.open_roots(office))
        own = [step for step in self.ledger.given if step["facts"]["originator"] == party_of(office)]
        again = [step for step in own if all(self.may_name(office, name, one["id"]) for one in step["facts"]["references"])]
        if again and self.chance(20):  # once more, elsewhere
            return self.send(office, name, self.random.choice(again))
        kind, id, after = self.random.choice(sorted(TYPES)), None, ""
        if own and self.chance(15):  # a later version
            last = max((step["facts"] for step in own), key=lambda facts: facts["version"])
            kind, id, after = last["type"], last["id"], last["version"]
        elif self.chance(15):  # by chance, an id that another party gave too
            id = self.guessed_id(party_of(office), kind)
        made = self.maker.make(office, kind, self.references(office, name), id if kind != "file" or not after else None, after)
        self.send(office, name, made)

    def guessed_id(self, party, kind):
        ids = [item["id"] for item in self.ledger.world["items"]
               if item["type"] == kind and not oracle.party_has_id(self.ledger.world, party, item["id"], float("inf"))
               and not any(self.reaches_unlisted(party, one["agreement"]) for one in item["contributions"])]
        return self.random.choice(ids) if ids else None

    def reaches_unlisted(self, party, number):
        """Offices of the party that the ledger does not follow take part: what they have, the party has."""
        participants = self.ledger.world["agreements"][number]["text"]["participants"]
        return party in self.ledger.unlisted and {"party": party} in participants

    def references(self, office, name):
        """Ids that the office can name under the agreement without passing anything on."""
        party, number = party_of(office), self.ledger.numbers[name]
        ids = [self.mint.id("campaign")]
        for item in self.ledger.world["items"]:
            if not self.is_shared(item["id"]) and (item["originator"] == party or self.hads(office, item["id"]) == {number}):
                ids.append(item["id"])
        return self.some(sorted(set(ids)), 1, 3)

    def may_name(self, office, name, id):
        """It has nothing of that id from another party through another agreement."""
        return not self.hads(office, id) - {self.ledger.numbers[name]}

    def hads(self, office, id):
        """The agreements through which the office's party had what another calls so."""
        party = party_of(office)
        return {one["agreement"] for item in self.ledger.world["items"] for one in item["had"]
                if item["id"] == id and item["originator"] != party and party_of(one["office"]) == party}

    def is_shared(self, id):
        return len({item["originator"] for item in self.ledger.world["items"] if item["id"] == id}) > 1

    def send(self, office, name, made, expect="accepted", source=None):
        takers = [one for one in self.plan["offices"] if one != office and self.ledger.takes_part(self.ledger.numbers[name], one)]
        made = {key: made[key] for key in ("object", "facts", "secrets")}
        text = self.ledger.world["agreements"][self.ledger.numbers[name]]["text"]
        self.do("give", **{"as": office, "agreement": name, "id_of_agreement": text["id"], "to": self.some(takers, 0, 2), "expect": expect, "source": source,
                           "door": self.random.choice(["taxii", "native", "command"])}, **made)

    def pass_on(self):
        """What a party holds through one agreement goes into another by consent, by a clause that lets all on, or not at all."""
        cases = []
        for item, step in zip(self.ledger.world["items"], self.ledger.given):
            for office in self.plan["offices"]:
                held = [one for one in item["had"] if party_of(one["office"]) == party_of(office)]
                if held and item["originator"] != party_of(office) and not self.is_shared(item["id"]):
                    cases += [(item, step, office, name, held) for name in self.open_roots(office)
                              if self.ledger.numbers[name] not in {one["agreement"] for one in held}]
        if not cases:
            return
        item, step, office, name, held = self.random.choice(cases)
        if any(one["agreement"] == self.ledger.numbers[name] and party_of(one["office"]) == party_of(office)
               for other in self.ledger.world["items"] if other["id"] == item["id"] for one in other["contributions"]):
            return  # it is there already
        numbers = {self.ledger.numbers[one] for one in self.free}
        source = {"id": item["id"], "through": sorted({one["agreement"] for one in held})}
        if any(one["agreement"] in numbers for one in held):
            if self.is_plain(item) and all(one["agreement"] in numbers and one["whole"] for one in held):
                self.send(office, name, step, source=source)
            return
        how = self.random.choice(["bytes", "copy", "reference", "consent"])
        if how == "reference" and self.ledger.numbers[name] in self.hads(office, item["id"]):
            return  # another version came through this one, so the id is known here
        if how == "copy":
            self.send(office, name, copy_of(step, self.mint), "third_party_rule", source)
        elif how == "reference":
            self.send(office, name, self.maker.make(office, "report", [item["id"]]), "third_party_rule", source)
        elif how == "bytes":
            self.send(office, name, step, "third_party_rule", source)
        elif self.is_plain(item) and all(one["whole"] for one in held):
            text = self.ledger.world["agreements"][self.ledger.numbers[name]]["text"]
            self.do("consent", **{"as": item["office"], "item": item["id"], "version": item["version"],
                                  "releaser": party_of(office), "agreement": name, "hash": text_hash(text)}, source=source)
            self.send(office, name, step, source=source)

    def is_plain(self, item):
        """It is still there, and nothing in it but itself could be held through an agreement."""
        if any(one["deleted"] for one in item["contributions"]):
            return False
        known = {one["id"] for one in self.ledger.world["items"]} - {item["id"]}
        return not known & {one["id"] for one in item["references"]}

    def delete(self):
        own = [item for item in self.ledger.world["items"] if any(not one["deleted"] for one in item["contributions"])]
        if own:
            item = self.random.choice(own)
            givers = sorted({one["office"] for one in item["contributions"] if not one["deleted"] and not one["onward"]})
            if givers:
                self.do("delete", **{"as": self.random.choice(givers), "id": item["id"], "door": "native"})


def plan_of(seed, start):
    return Generator(seed, start).make()
