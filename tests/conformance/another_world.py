"""A second world that one office cannot tell from the first: everything that was not released to its party is exchanged.

Of what is hidden, values become other values (25-isolation G16: the rest of the plan is the same text), and some of it is
not there at all: whole agreements with all that happened under them, items, attempts to pass something on. Hidden commands
are dropped and not replaced by padding: no index leaves this centre yet, and one that did would be found here.
Whether the office may have the same in both is judged by the oracle, so a variation that was not hidden is never played.
"""
import json
import random

from canaries import ID, MOMENT, PLACE, SECRET, WORD, Mint, secrets_in
from ledger import Ledger, oracle, party_of
from worlds import text_hash

APART = 5_000  # secrets of the second world are so far from those of the first


class Sight:
    """What an office and the others of its party were ever allowed to know in a plan."""

    def __init__(self, office, offices):
        self.office, self.party = office, party_of(office)
        self.offices = [one for one in offices if party_of(one) == self.party]
        self.known, self.items, self.agreements, self.views = set(), set(), set(), []

    def look(self, ledger, step):
        for one in self.offices:
            self.known |= ledger.allowed(one)
            self.items |= {item["id"] for item, *_ in ledger.released_to(one)}
            self.known |= secrets_in(" ".join(self.items))  # an edition's id stays the same while the thing does
            self.agreements |= {name for name, number in ledger.numbers.items()
                                if ledger.takes_part(number, one) or ledger.knows_of(number, one)}
        if step["do"] == "consent" and step["as"] in self.offices:  # it says the hash of a text that it was shown elsewhere
            self.agreements.add(step["agreement"])
            self.known |= secrets_in(json.dumps(ledger.world["agreements"][ledger.numbers[step["agreement"]]]["text"]))
        view = self.view(ledger, self.office)
        if not self.views or view != self.views[-1]:  # also of what is deleted before anybody asks: that leaves duties
            self.views.append(view)
        self.ledger = ledger

    @staticmethod
    def view(ledger, office):
        names = {number: name for name, number in ledger.numbers.items()}
        return [(ledger.given[ledger.world["items"].index(item)]["n"], names[number], json.dumps(oracle.told(form)))
                for item, number, form in ledger.released_to(office)]

    def hidden_agreements(self):
        return set(self.ledger.numbers) - self.agreements

    def hidden_items(self):
        """Ids that say nothing to the party: not released to it, not its own, and in nothing that it has."""
        near = set(self.items)
        for item in self.ledger.world["items"]:
            if item["originator"] == self.party or item["id"] in self.items:
                near |= {item["id"]} | {one["id"] for one in item["references"]}
        return {item["id"] for item in self.ledger.world["items"]} - near


def sights(plan, offices):
    """{office: what its party was ever allowed to know}"""
    ledger, found = Ledger(plan), {office: Sight(office, plan["offices"]) for office in offices}
    for step in plan["steps"]:
        ledger.take(step)
        for sight in found.values():
            sight.look(ledger, step)
    return found


def office_to_deceive(plan):
    """The one that gets most while something is hidden from it."""
    found = sights(plan, plan["offices"])
    return max(plan["offices"], key=lambda office: (len(found[office].items) > 2, bool(found[office].hidden_agreements()),
                                                    len(found[office].hidden_items()), office))


def without(plan, sight, choose):
    """The plan without some of what is hidden."""
    numbers = {name: number for number, name in enumerate(sight.ledger.numbers)}
    gone = {name for name in sorted(sight.hidden_agreements()) if choose.random() < 0.6}
    gone_numbers = {numbers[name] for name in gone}
    lost = {id for id in sorted(sight.hidden_items()) if choose.random() < 0.4}
    lost |= {step["facts"]["id"] for step in plan["steps"] if step["do"] == "give" and step["agreement"] in gone
             and step["facts"]["id"] in sight.hidden_items()}

    def stays(step):
        source = step.get("source")
        if step.get("agreement") in gone or step.get("id") in lost or step.get("item") in lost:
            return False
        if step["do"] == "give" and step["facts"]["id"] in lost:
            return False
        if source and (source["id"] in lost or gone_numbers & set(source["through"])):
            return False
        attempt = source and step["expect"] != "accepted" and party_of(step["as"]) != sight.party
        return not (attempt and choose.random() < 0.5)
    steps, given = [], set()
    for step in filter(stays, plan["steps"]):
        if step["do"] == "give" and step["expect"] == "accepted":
            given.add((step["as"], step["facts"]["id"]))
        if step["do"] == "delete":
            if (step["as"], step["id"]) not in given:
                continue  # all that it gave of it is gone
            given.remove((step["as"], step["id"]))
        steps.append(step)
    return {**plan, "steps": steps}


def exchanged(plan, known, mint):
    """The plan with a new secret for each that is not known."""
    text = json.dumps(plan)
    for secret in sorted(secrets_in(text) - known):
        fresh = {WORD: mint.word, ID: mint.uuid, PLACE: lambda: mint.place(0)[2:],
                 MOMENT: lambda: f"{secret[:-6]}{mint.number():06d}"}  # what a grant may round to stays
        stem = next(stem for stem in fresh if secret.startswith(stem))
        text = text.replace(secret, fresh[stem]())
    changed = json.loads(text)
    hashes = {step["agreement"]: text_hash(step["text"]) for step in changed["steps"] if step["do"] == "draft"}
    for step in changed["steps"]:
        if "hash" in step:
            step["hash"] = hashes[step["agreement"]]
    return changed


def is_same_to(office, one, other):
    """The oracle's word on it. The names of hidden things in its answers are not told, and differ."""
    views = [sights(plan, [office])[office].views for plan in (one, other)]
    return SECRET.sub("?", json.dumps(views[0])) == SECRET.sub("?", json.dumps(views[1]))


def another_world(plan, office):
    """(the other plan, whether things are missing in it and not only other)"""
    choose = random.Random(plan["seed"])
    sight = sights(plan, [office])[office]
    for attempt in range(6):
        fewer = without(plan, sight, choose) if attempt < 5 else plan
        other = exchanged(fewer, sight.known, Mint(10_000 * (plan["seed"] % 90) + APART))
        if is_same_to(office, plan, other):
            return other, len(fewer["steps"]) < len(plan["steps"])
    raise AssertionError(f"seed {plan['seed']}: to exchange what {office} does not know changes what it has")
