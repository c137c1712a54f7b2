"""What each office may have in a generated world, by the oracle of the release rule and not by the program.

Takes the steps of a plan (worlds.py) one after another, as if each ended as the plan expects, and keeps the world in the
form that tests/oracle/oracle.py judges. From that: which secrets may be in what an office is sent now, and what must be.
"""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
import in_force as force  # noqa: E402
import oracle  # noqa: E402
from canaries import secrets_in  # noqa: E402

party_of = oracle.party_of
BELONGING = {"party", "suspended", "withdrawing", "suspended_withdrawing"}


def lies_below(path, selector):
    return path == selector or path.startswith(selector + ".")


class Ledger:
    def __init__(self, plan):
        self.world = {"now": plan["start"], "parties": plan["parties"], "offices": plan["offices"],
                      "agreements": [], "items": []}
        self.index = 0
        self.numbers = {}  # of agreements, by the name they have in the plan
        self.drafters, self.signed = [], []
        self.suspended = []  # of each agreement {party: {who agrees that it ends: whether including the gap}}
        self.leaves_at = []  # and {party: when its withdrawal takes effect}
        self.unlisted = {}  # of each party: the secrets in the names of its unlisted offices
        self.given = []  # of each item: the step that gave it first
        self.sent = {office: set() for office in plan["offices"]}
        self.now_released = None  # what releases() found, until something happens
        self.had_names = {office: set() for office in plan["offices"]}  # ids and versions that an office was ever told

    # --- what happens ---
    def take(self, step):
        self.index += 1
        sender = step.get("as")
        if sender:
            self.sent[sender] |= secrets_in(json.dumps(step))
        getattr(self, "take_" + step["do"])(step)
        self.now_released = None

    def take_ask(self, step):
        pass

    take_consent = take_ask

    def take_register_office(self, step):
        for office in self.world["offices"]:
            if party_of(office) == party_of(step["as"]):
                self.sent[office] |= secrets_in(step["slug"])  # a party knows its own offices
        self.unlisted.setdefault(party_of(step["as"]), set()).update(secrets_in(step["slug"]))

    def take_clock(self, step):
        self.world["now"] += step["by"]
        for number in range(len(self.world["agreements"])):
            self.begin_clauses(number)
            for party, time in self.leaves_at[number].items():
                if time <= self.world["now"] and self.standing(number, party) != "former":
                    self.stand(number, party, "former")
        self.settle()

    def take_draft(self, step):
        text = step["text"]
        self.numbers[step["agreement"]] = len(self.world["agreements"])
        self.drafters.append(step["as"])
        self.signed.append(set())
        standing = {entry["party"]: [["negotiating", self.world["now"], self.index]] for entry in text["participants"]}
        self.world["agreements"].append({"text": text, "history": [["draft", self.world["now"], self.index]], "standing": standing,
                                         "clauses": [[None, None] for _ in text["clauses"]], "filled": []})
        self.suspended.append({})
        self.leaves_at.append({})

    def take_act(self, step):
        number = self.numbers[step["agreement"]]
        agreement = self.world["agreements"][number]
        if step["kind"] == "table_agreement":
            agreement["history"].append(["open", self.world["now"], self.index])
        if step["kind"] == "sign":
            self.take_signature(number, party_of(step["as"]))
        if step["kind"] in ("suspend", "resume", "withdraw", "take_back_withdrawal"):
            getattr(self, "take_" + step["kind"])(number, party_of(step["as"]), step)
            self.settle()

    # --- leaving (10-agreements): every suspension of these texts is one party's own and takes effect at once ---
    def take_suspend(self, number, party, _):
        self.suspended[number][party] = {}
        self.look_at(number, party)

    def take_resume(self, number, party, step):
        everybody = self.world["agreements"][number]["text"]["suspension"]["resume"] == "all"
        for suspended, agreed in self.suspended[number].items():
            if everybody or suspended == party:
                agreed[party] = agreed.get(party, False) or step["gap"]
        self.end_suspensions(number)

    def end_suspensions(self, number):
        """Those to whose end everybody has agreed who must."""
        agreement = self.world["agreements"][number]
        everybody = agreement["text"]["suspension"]["resume"] == "all"
        for suspended, agreed in list(self.suspended[number].items()):
            if not agreed or not set(agreed) >= (self.parties_of(number) if everybody else {suspended}):
                continue
            run = list(agreement["standing"][suspended])
            while len(run) > 1 and "suspended" in run[-2][0]:
                run.pop()
            agreement["filled"] += [[giver, suspended, *run[-1][1:], self.world["now"], self.index]
                                    for giver, gap in agreed.items() if gap]
            del self.suspended[number][suspended]
            self.look_at(number, suspended)

    def take_withdraw(self, number, party, _):
        notice = oracle.duration(self.world["agreements"][number]["text"]["withdrawal"]["notice"])
        self.leaves_at[number][party] = self.world["now"] + notice
        self.look_at(number, party)

    def take_take_back_withdrawal(self, number, party, _):
        del self.leaves_at[number][party]
        self.look_at(number, party)

    def look_at(self, number, party):
        held, leaving = party in self.suspended[number], party in self.leaves_at[number]
        self.stand(number, party, {(True, True): "suspended_withdrawing", (True, False): "suspended",
                                   (False, True): "withdrawing", (False, False): "party"}[held, leaving])

    def stand(self, number, party, standing):
        self.world["agreements"][number]["standing"][party].append([standing, self.world["now"], self.index])
        if standing == "former":
            self.suspended[number].pop(party, None)
            self.end_suspensions(number)

    def standing(self, number, party):
        return self.world["agreements"][number]["standing"][party][-1][0]

    def take_signature(self, number, party):
        agreement, now = self.world["agreements"][number], self.world["now"]
        self.signed[number].add(party)
        wanted = agreement["text"]["entry_into_force"]["consents"]
        wanted = len(agreement["standing"]) if wanted == "all" else wanted
        if self.state(number) == "in_force":
            joining = {party}
        elif len(self.signed[number]) >= wanted:
            agreement["history"].append(["in_force", now, self.index])
            joining = self.signed[number]
        else:
            return
        for one in joining:
            agreement["standing"][one].append(["party", now, self.index])
        self.begin_clauses(number)
        self.settle()

    def begin_clauses(self, number):
        agreement, now = self.world["agreements"][number], self.world["now"]
        if self.state(number) != "in_force":
            return
        for clause, runs in zip(agreement["text"]["clauses"], agreement["clauses"]):
            date = clause.get("applies_from", {}).get("date")
            if runs[0] is None and (date is None or oracle.micros(date) <= now):
                runs[0] = now

    def take_give(self, step):
        if step["expect"] != "accepted":
            return
        facts = step["facts"]
        names = [self.name_of(one) for one in self.world["items"]]
        name = self.name_of(facts)
        if name not in names:
            self.world["items"].append({**facts, "office": step["as"], "contributions": [], "had": []})
            self.given.append(step)
            names.append(name)
        contributions = self.world["items"][names.index(name)]["contributions"]
        named = [one["to_offices"] for one in contributions if not one["deleted"]
                 and (one["agreement"], one["office"]) == (self.numbers[step["agreement"]], step["as"])
                 and not self.gap_is_over(one)]
        to = sorted(set(step["to"]).difference(*named)) if named else step["to"]
        if named and not to:
            return  # once more, and nothing new
        contributions.append(
            {"agreement": self.numbers[step["agreement"]], "office": step["as"], "index": self.index,
             "time": self.world["now"], "onward": facts["originator"] != party_of(step["as"]), "deleted": False,
             "further": bool(named), "to_offices": to})
        self.settle()

    def gap_is_over(self, contribution):
        """What a gap kept from somebody is given to whom it is contributed anew for after it."""
        agreement, giver = self.world["agreements"][contribution["agreement"]], party_of(contribution["office"])

        def in_gap(clause, taker, index):
            return force.gap(agreement, clause, giver, taker, index)
        return any(in_gap(clause, taker, contribution["index"]) and not in_gap(clause, taker, self.index)
                   for taker in agreement["standing"] if taker != giver
                   for clause in agreement["text"]["clauses"] if clause["type"] == "grant")

    @staticmethod
    def name_of(item):
        """An observable has no version of its own: other bytes are its next one (R35)."""
        return item["originator"], item["id"], item["version"] or item["bytes"]

    def take_delete(self, step):
        for item in self.world["items"]:
            for one in item["contributions"]:
                if item["id"] == step["id"] and one["office"] == step["as"] and not one["onward"]:
                    one["deleted"] = True
            for had in item["had"]:
                form = oracle.disclose(self.world, had["office"], item, had["agreement"]) if item["id"] == step["id"] else ()
                if form is None or form and had["whole"] and not oracle.is_whole(form):
                    had["ended"] = True
        self.settle()

    def settle(self):
        """Notes what becomes visible. What completes a reference may make another item visible, so until nothing does."""
        again = True
        while again:
            again = False
            self.now_released = None
            for office, item, number, form in self.releases():
                had = self.had(item, office, number)
                whole = oracle.is_whole(form)
                if had is None:
                    item["had"].append({"office": office, "agreement": number, "index": self.index,
                                        "time": self.world["now"], "whole": whole})
                elif had.pop("ended", False) or whole and not had["whole"]:
                    had["whole"] = whole
                else:
                    continue
                again = True
            again = again or self.close_rings()
        for office, item, _, form in self.releases():
            if oracle.is_whole(form):
                self.had_names[office] |= secrets_in(item["id"] + " " + item["version"])

    def close_rings(self):
        """What each refers to the other, and nothing else withholds, arrives together: all of it is supposed to be there, and
        what is not given even so is taken out, until the rest holds. Whether there was anything."""
        supposed = []
        for item in self.world["items"]:
            for number in {one["agreement"] for one in item["contributions"] if not one["deleted"]}:
                for office in self.world["offices"]:
                    if not self.takes_part(number, office) or oracle.is_own(item, office) or self.had(item, office, number):
                        continue
                    form = oracle.but_references(self.world, office, item, number)
                    if form is not None and oracle.disclose(self.world, office, item, number) is None:
                        entry = {"office": office, "agreement": number, "index": float("inf"), "time": self.world["now"],
                                 "whole": oracle.is_whole(form)}
                        supposed.append((item, entry))
                        item["had"].append(entry)
        changed = True
        while changed:
            changed = False
            for item, entry in list(supposed):
                form = oracle.disclose(self.world, entry["office"], item, entry["agreement"])
                if form is None:
                    item["had"].remove(entry)
                    supposed.remove((item, entry))
                    changed = True
                elif entry["whole"] and not oracle.is_whole(form):
                    entry["whole"], changed = False, True
        for _, entry in supposed:
            entry["index"] = self.index
        return bool(supposed)

    # --- what follows from it ---
    def state(self, number):
        return self.world["agreements"][number]["history"][-1][0]

    @staticmethod
    def had(item, office, number):
        return next((one for one in item["had"] if (one["office"], one["agreement"]) == (office, number)), None)

    def parties_of(self, number):
        return {party for party, spans in self.world["agreements"][number]["standing"].items()
                if spans[-1][0] in BELONGING}

    def takes_part(self, number, office):
        return oracle.takes_part(self.world["agreements"][number]["text"], office)

    def may_give(self, number, office):
        return (self.state(number) == "in_force" and self.takes_part(number, office)
                and party_of(office) in self.parties_of(number))

    def releases(self):
        """[(office, item, agreement, form)] of everything that an office may have now and did not contribute itself."""
        if self.now_released is None:
            self.now_released = list(self.find_releases())
        return self.now_released

    def find_releases(self):
        for item in self.world["items"]:
            for number in {one["agreement"] for one in item["contributions"] if not one["deleted"]}:
                for office in self.world["offices"]:
                    if self.takes_part(number, office) and not oracle.is_own(item, office):
                        form = oracle.disclose(self.world, office, item, number)
                        if form is not None:
                            yield office, item, number, form

    def released_to(self, office):
        """Also what it had from another office before it contributed it itself."""
        own = [(item, one["agreement"], oracle.whole()) for item in self.world["items"] if oracle.is_own(item, office)
               for one in item["had"] if one["office"] == office and oracle.contributions_under(item, one["agreement"])]
        return own + [(item, number, form) for viewer, item, number, form in self.releases() if viewer == office]

    def shown(self, item, form):
        """The secrets that an edition has in it."""
        step = self.given[self.world["items"].index(item)]
        if oracle.is_whole(form):
            return secrets_in(step["object"])
        names, found = set(oracle.given_names(item, form)), set()
        for secret, kind, name, path in step["secrets"]:
            if name not in names or any(lies_below(path, selector) for selector in form["cut"]):
                continue
            grid, span = form["fields"].get(name, (0, 0))
            lost = {"own": True, "place": grid, "moment": span, "creator": form["attribution"] == "centre",
                    "reference": any(secret in id for id in form["dropped"] | form["renamed"])}
            if not lost.get(kind):
                found.add(secret)
        return found

    def knows_of(self, number, office):
        """The secrets in a text that the office may be told now."""
        agreement = self.world["agreements"][number]
        text, draft = agreement["text"], self.state(number) == "draft"
        takes_part = self.takes_part(number, office)
        name, title, everything = secrets_in(text["id"]), secrets_in(text["title"]), secrets_in(json.dumps(text))
        if office == self.drafters[number] or takes_part and (not draft or party_of(office) in text["sponsors"]):
            return everything
        if takes_part:
            return name | title
        if draft or text["visibility"]["existence"] != "public":
            return set()
        return everything if text["visibility"]["text"] == "public" else name

    def offices_shown(self, number, office):
        """Where a party takes part as a whole and both have consented, its unlisted offices show too (10-agreements)."""
        agreement = self.world["agreements"][number]
        consented = self.parties_of(number) | set(self.signed[number])
        if not self.takes_part(number, office) or party_of(office) not in consented:
            return set()
        return {secret for one in agreement["text"]["participants"] if not one.get("offices") and one["party"] in consented
                for secret in self.unlisted.get(one["party"], ())}

    def allowed(self, office):
        """Every secret that may stand in what this office is sent now."""
        allowed = self.sent[office] | self.had_names[office]
        for number in range(len(self.world["agreements"])):
            allowed |= self.knows_of(number, office) | self.offices_shown(number, office)
        for item, _, form in self.released_to(office):
            allowed |= self.shown(item, form)
        return allowed
