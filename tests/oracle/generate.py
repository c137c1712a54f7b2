"""Random worlds for the comparison of the release rule with its oracle.

A world is JSON:
  now                microseconds, as all times here; None is never
  parties, offices   names; an office is `party/slug`
  minted             {id: party}: the identities that the centre gave
  frameworks         [the index at which it ended, or None]
  published          what was loaded of them: framework, id, version, bytes, marking_kind, index
  agreements         text (15-forms 2), history [[state, since, index]], standing {party: [[standing, since, index]]},
                     clauses [[applies since, applies until]], and where they are there: ended_by_leaving,
                     ended_prohibitions [[clause, party, party]], filled [[giver, whose suspension or None, from,
                     its index, until, its index]]
  items              originator, office, type, id, version, bytes (equal numbers are equal bytes), labels, markings,
                     granular, location [lng_e7, lat_e7], valid_from, valid_until, properties, references, creator,
                     marking_kind, leaves {property: [{id, selectors, half, partners}]}: all that stands in it, which
                     selectors take it away, and what on a grid does: that it is half a place, or a selector that takes
                     the other half; contributions and had: what was contributed and released, each with its log index
Times stand on a short ladder and ids come from small pools, so that what is equal only sometimes is equal often.
"""
import random
from datetime import datetime, timedelta, timezone

from oracle import lacks_required, party_of, takes_part
from stix import BASE, MARKING, TLP

MINUTE = 60_000_000
START = 1_700_000_040_000_000
STEPS = 12
IDS = 2  # of each type
RECORDS_A_STEP = 8
LABELS = ["isil", "source", "medical"]
UNKNOWN_MARKING = MARKING + "00000000-0000-4000-8000-0000000000ff"

# type: properties it always has, properties it may have, references {property: (kind, most)}
TYPES = {
    "indicator": (["pattern", "pattern_type", "valid_from"], ["name", "description", "valid_until"], {}),
    "identity": (["name"], ["description", "sectors"], {}),
    "location": ([], ["name", "region", "country", "description"], {}),
    "report": (["name", "published"], ["description"], {"object_refs": ("in_must_list", 3)}),
    "note": (["content"], ["abstract"], {"object_refs": ("in_must_list", 2)}),
    "relationship": (["relationship_type"], ["description"],
                     {"source_ref": ("required", 1), "target_ref": ("required", 1)}),
    "sighting": ([], ["count", "description"],
                 {"sighting_of_ref": ("required", 1), "where_sighted_refs": ("in_list", 2)}),
    "network-traffic": (["protocols"], ["src_port"], {"dst_ref": ("optional", 1), "src_ref": ("optional", 1),
                                            "extensions": ("nested", 2)}),
    "file": (["hashes"], ["name", "size"], {"parent_directory_ref": ("optional", 1)}),
    "malware-analysis": (["product"], ["result"], {"analysis_sco_refs": ("in_list", 2)}),
    "campaign": (["name"], ["description", "first_seen"], {}),
    "x-convoy": ([], ["x_route", "x_cargo"], {"x_route_ref": ("optional", 1)}),
    "marking-definition": (["definition_type", "definition"], ["name"], {}),
}
PARTS = {"hashes": ["deeper"], "protocols": ["[0]", "[1]"], "definition": ["deeper"]}  # besides lists of references
OBSERVABLES = {"network-traffic", "file"}
NAMES = sorted({name for always, may, references in TYPES.values() for name in [*always, *may, *references]}
               | {"labels", "created_by_ref", "latitude", "longitude", "created", "external_references"})


def stix_id(kind, number):
    return f"{kind}--00000000-0000-4000-8000-0000000000{number:02x}"


def written(time):
    moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=time)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def time_of(index):
    return START + index // RECORDS_A_STEP * MINUTE


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.world = {}
        self.hiding = self.chance(25)  # clauses name the centre, objects refer to identities, and these are published

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def some(self, pool, least, most):
        pool = list(pool)
        return self.random.sample(pool, min(len(pool), self.random.randint(least, most)))

    def step(self, first=0, last=STEPS):
        return START + self.random.randint(first, last) * MINUTE

    # --- the law ---
    def make(self):
        parties = ["aa", "bb", "cc", "dd", "ee", "ff"][:self.random.choice([2, 2, 3, 3, 4, 6])]
        offices = [f"{party}/{slug}" for party in parties
                   for slug in ["staff", "mfa", "line"][:self.random.choice([1, 1, 2, 3])]]
        self.world = {"now": self.step(STEPS - 4, STEPS + 3), "parties": parties, "offices": offices,
                      "minted": {stix_id("identity", 0): self.random.choice(parties)} if self.chance(30) else {}, "agreements": [], "items": []}
        for number in range(self.random.choice([1, 1, 2, 3, 4])):
            self.world["agreements"].append(self.agreement(number))
        items = [self.item() for _ in range(self.random.randint(3, 9))]
        names = [(item["originator"], item["id"], item["version"]) for item in items]
        items = [item for n, item in enumerate(items) if names.index(names[n]) == n]
        items.sort(key=lambda item: min(c["index"] for c in item["contributions"]))
        self.world["items"] = items
        self.publish()
        return self.world

    def publish(self):
        last = STEPS * RECORDS_A_STEP
        self.world["frameworks"] = [None if self.chance(70) else self.random.randint(1, last) for _ in range(2)]
        self.world["published"] = []
        for _ in range(self.random.choice([2, 5] if self.hiding else [0, 0, 2, 5])):
            kind = "identity" if self.hiding and self.chance(50) else self.random.choice([*TYPES, "marking-definition"])
            id, framework = stix_id(kind, self.random.randrange(IDS)), self.random.randrange(2)
            if id in self.world["minted"]:
                continue  # what the centre gave is not loaded
            copied = self.some([item for item in self.world["items"] if item["id"] == id], 0, 1)
            self.world["published"].append(
                {"framework": framework, "id": id, "marking_kind": self.marking_kind(kind),
                 "version": copied[0]["version"] if copied else "" if kind in OBSERVABLES else written(self.step(0, 1)),
                 "bytes": copied[0]["bytes"] if copied else self.random.randrange(3),
                 "index": self.random.randrange(self.world["frameworks"][framework] or last)})
        self.world["published"].sort(key=lambda one: one["index"])

    def marking_kind(self, kind):
        if kind != "marking-definition":
            return "not_a_marking"
        return "statement" if self.chance(75) else "other"

    def participants(self):
        entries = []
        for party in self.some(self.world["parties"], self.random.choice([2, 3, 6]), 6):
            entry = {"party": party}
            if self.chance(45):
                own = [office for office in self.world["offices"] if party_of(office) == party]
                entry["offices"] = self.some(own, self.random.choice([1, 3]), 3)
            entries.append(entry)
        return entries

    def agreement(self, number):
        participants = self.participants()
        clauses = [self.clause(n, participants) for n in range(self.random.randint(1, 5))]
        ids = [clause["id"] for clause in clauses]
        sponsor = participants[0]["party"]
        text = {
            "format": "comity-agreement/1", "id": f"{sponsor}.text-{number}", "version": 1, "kind": "memorandum",
            "title": "Generated", "binding": False, "text": "",
            "visibility": dict.fromkeys(["existence", "text", "membership", "acts"], "parties"),
            "depositary": "centre", "sponsors": [sponsor], "participants": participants,
            "eligible": {"mode": "closed"}, "adoption": {"rule": "unanimity_strict"}, "consent_by": ["signature"],
            "entry_into_force": {"consents": "all"}, "late_joiner_delay": "P0D", "provisional_application": True,
            "retroactivity": {"mode": "all" if self.chance(30) else "none"},
            "reservations": {"mode": "prohibited"}, "objection_window": "P0D",
            "amendment": {"rule": {"rule": "unanimity_strict"}, "effect": "all_when_adopted"},
            "suspension": {"by": "unilateral", "notice": "PT0S", "resume": "all",
                           "non_suspendable": self.some(ids, 0, 2) if self.chance(30) else []},
            "withdrawal": {"allowed": True, "notice": "P1D", "incoming": self.random.choice(
                ["stops_at_notice", "reciprocal_until_effect"])},
            "term": {"mode": "none"}, "min_parties": {"n": 2, "effect": "none"},
            "survival": self.some(ids, 0, 2) if self.chance(30) else [], "clauses": clauses}
        parties = [entry["party"] for entry in participants]
        agreement = {"text": text, "history": self.history(),
                     "standing": {party: self.standing() for party in parties},
                     "clauses": [[self.step(0, 6) if self.chance(95) else None,
                                  self.step() if self.chance(5) else None] for _ in clauses]}
        self.leave(agreement, parties, [clause["id"] for clause in clauses if clause["type"] == "prohibit"])
        return agreement

    def leave(self, agreement, parties, prohibitions):
        """What suspension and withdrawal leave behind: gaps that are filled, prohibitions that outlive or have ended."""
        agreement["ended_by_leaving"] = self.chance(50)
        agreement["filled"] = []
        for giver in parties:
            if self.chance(30):
                since, until = sorted(self.random.randrange(STEPS * RECORDS_A_STEP) for _ in range(2))
                part = self.random.choice([*parties, None])
                agreement["filled"].append([giver, part, time_of(since), since, time_of(until), until])
        agreement["ended_prohibitions"] = [
            [clause, *sorted(self.random.sample(parties, 2))] for clause in prohibitions
            if len(parties) > 1 and self.chance(20)]

    def history(self):
        path = ["draft", "open", "in_force"]
        if self.chance(8):
            path = path[:self.random.randint(1, 2)]
        elif self.chance(25):
            path += self.random.choice([["suspended"], ["suspended", "in_force"], ["suspended", "in_force"],
                                        ["terminated"], ["suspended", "terminated"]])
        return self.spans(path)

    def standing(self):
        path = ["negotiating", "contracting", "party"]
        if self.chance(8):
            path = path[:self.random.randint(1, 2)]
        elif self.chance(10):
            path = self.random.choice([["negotiating", "provisional"], ["provisional", "party"]])
        if path[-1] != "contracting" and self.chance(20):
            path += self.random.choice([["suspended"], ["suspended", "party"], ["withdrawing"],
                                        ["withdrawing", "party"], ["withdrawing", "former"], ["expelled"],
                                        ["suspended", "suspended_withdrawing"],
                                        ["withdrawing", "suspended_withdrawing", "suspended", "party"]])
        return self.spans(path)

    def spans(self, path):
        early = sorted(self.step(0, self.random.choice([1, 1, 4])) for _ in path[:3])
        late = sorted(self.step(2, STEPS) for _ in path[3:])
        times = early + [max(time, early[-1]) for time in late]
        indices = sorted((time - START) // MINUTE * RECORDS_A_STEP + self.random.randrange(RECORDS_A_STEP)
                         for time in times)
        return [[what, START + index // RECORDS_A_STEP * MINUTE, index] for what, index in zip(path, indices)]

    def clause(self, number, participants):
        kind = self.random.choices(["grant", "prohibit", "text"], [82, 15, 3])[0]
        clause = {"id": f"clause-{number}", "type": kind, "text": ""}
        if self.chance(15):
            clause["humanitarian"] = True
        if kind == "text":
            return clause
        text = {"participants": participants}
        covered = [office for office in self.world["offices"] if takes_part(text, office)]
        clause["from"] = self.selector(covered, participants, ["each"] * 9 + ["others"])
        clause["to"] = self.selector(covered, participants, ["each", "others"])
        clause["items"] = self.filter(tight=kind == "prohibit")
        clause["fields"] = "all" if self.chance(15 if kind == "prohibit" or self.hiding else 60) else {"only": self.some(NAMES, 1, 6)}
        if kind == "prohibit":
            clause["scope"] = self.random.choice(["this_agreement", "between_participants"])
            return clause
        clause.update({"precision": {}, "attribution": "named", "delay": self.random.choice(
            ["PT0S", "PT0S", "PT0S", "PT0S", "PT1M", "PT5M"]), "onward": "none", "recall": "none"})
        if clause["fields"] != "all":
            self.coarsen(clause)
        return clause

    def coarsen(self, clause):
        always, may, references = TYPES[self.random.choice(list(TYPES))]
        if self.chance(75):  # all of one type, or nearly
            clause["fields"]["only"] = sorted({*always, *references, *self.some(may, 0, 3), *self.some(NAMES, 0, 8)})
            if self.chance(15):
                clause["fields"]["only"] = NAMES
        if self.chance(30):
            clause["precision"]["location"] = {"grid_m": self.random.choice([1024, 8192])}
        if self.chance(30):
            clause["precision"]["time"] = {"round_s": self.random.choice([64, 4096])}
        if self.chance(95 if self.hiding else 35):
            clause["attribution"] = "centre"

    def selector(self, covered, participants, either):
        if self.chance(70):
            return self.random.choice(either)
        return self.some(sorted({*covered, *(entry["party"] for entry in participants)}), 0, 6)

    def filter(self, tight):
        items = {}
        more = 15 if tight else 0
        if self.chance(12 + 2 * more):
            items["types"] = self.some(TYPES, 4, 10)
        if self.chance(6 + more):
            items["labels_any"] = self.some(LABELS, 1, 2)
        if self.chance(3):
            items["labels_all"] = self.some(LABELS, 1, 2)
        if self.chance(15):
            items["marking_max"] = self.random.choice(["clear", "green", "amber", "amber_strict", "red"])
        if self.chance(10):
            items["unmarked"] = self.random.choice(["allow", "deny"])
        if self.chance(10):
            items["statement_markings"] = "allow"
        if self.chance(12):
            items["other_markings"] = self.some([UNKNOWN_MARKING, stix_id("marking-definition", 0)], 0, 2)
        if self.chance(7):
            items["area"] = {"polygon": self.polygon()}
        if self.chance(5):
            first = self.step(0, 5)
            items["valid_within"] = {"from": written(first), "until": written(self.step(5, STEPS))}
        if self.chance(3):
            items["object_ids"] = [stix_id(kind, self.random.randrange(IDS)) for kind in self.some(TYPES, 4, 9)]
        return items

    def polygon(self):
        x, y = self.coordinate(1), self.coordinate(1)
        shapes = [[[0, 0], [2, 0], [2, 2], [0, 2]], [[0, 0], [3, 0], [0, 3]], [[0, 0], [3, 1], [1, 3]],
                  [[0, 0], [3, 0], [3, 1], [1, 1], [1, 3], [0, 3]], [[0, 0], [2, 1], [4, 0], [4, 3], [0, 3]]]
        shape = [[x + 10_000_000 * dx, y + 10_000_000 * dy] for dx, dy in self.random.choice(shapes)]
        if self.chance(10):
            shape = [[-1_800_000_000, -900_000_000], [1_800_000_000, -900_000_000], [1_800_000_000, 900_000_000]]
        return shape[::-1] if self.chance(50) else shape

    def coordinate(self, most):
        return 10_000_000 * self.random.randint(0, most)

    # --- the holdings ---
    def item(self):
        kind = self.random.choice([*TYPES, "location", "report", *["identity", "sighting"] * (2 * self.hiding)])
        office = self.random.choice(self.world["offices"])
        always, may, references = TYPES[kind]
        item = {"originator": party_of(office), "office": office, "type": kind,
                "id": stix_id(kind, self.random.randrange(IDS)), "bytes": self.random.randrange(3),
                "version": "" if kind in OBSERVABLES else written(self.step(0, 1)), "labels": [], "markings": [],
                "granular": [], "location": None, "valid_from": None, "valid_until": None, "references": [],
                "creator": "", "marking_kind": self.marking_kind(kind),
                "properties": {"type", "spec_version", "id", *always, *self.some(may, 0, 3)}}
        if kind not in OBSERVABLES:
            item["properties"] |= {"created", "modified"}
        self.places_and_times(item)
        self.refer(item, references)
        self.mark(item)
        item["leaves"] = self.leaves(item)
        if self.chance(50):
            item["labels"] = self.some(LABELS, 1, 2)
            item["properties"].add("labels")
        item["properties"] = sorted(item["properties"])
        item["contributions"] = self.contributions(item)
        item["had"] = self.had(item)
        return item

    def places_and_times(self, item):
        if item["type"] == "location" and (self.chance(70) or not item["properties"] & {"region", "country"}):
            item["properties"] |= {"latitude", "longitude"}
            item["location"] = [self.coordinate(4), self.coordinate(4)]
        if item["type"] == "indicator":
            item["valid_from"] = self.step(3, 6)
        if "valid_until" in item["properties"]:
            item["valid_until"] = self.step(6, STEPS)

    def refer(self, item, references):
        for name, (kind, most) in references.items():
            if kind in ("optional", "in_list", "nested") and self.chance(40) and self.complete_without(item, name):
                continue
            item["properties"].add(name)
            for _ in range(self.random.randint(1, most)):
                near = self.hiding and self.chance(50)
                self.add_reference(item, name, kind, "identity" if near else self.random.choice([*TYPES, "identity", "location"]))
        for reference in item["references"]:  # what the type cannot do without, now that all are there
            if reference["property"] in references and not self.complete_without(item, reference["property"]):
                kind = reference["kind"]
                reference["kind"] = {"optional": "required", "in_list": "in_must_list"}.get(kind, kind)
        if item["type"] not in OBSERVABLES and self.chance(45):
            item["properties"].add("created_by_ref")
            self.add_reference(item, "created_by_ref", "creator", "identity")
            item["creator"] = item["references"][-1]["id"] if item["references"] else ""
        if "description" in item["properties"] and self.chance(30):
            self.add_reference(item, "description", "in_text", self.random.choice(["indicator", "identity"]))

    @staticmethod
    def complete_without(item, name):
        return not lacks_required(item, item["properties"] - {name})

    def add_reference(self, item, name, kind, target):
        id = stix_id(target, self.random.randrange(IDS))
        if id != item["id"]:
            item["references"].append({"id": id, "kind": kind, "property": name})

    def marking(self):
        if self.chance(45):
            return self.random.choice(sorted(TLP))
        return UNKNOWN_MARKING if self.chance(15) else stix_id("marking-definition", self.random.randrange(IDS))

    def mark(self, item):
        if self.chance(35):
            item["markings"] = sorted({self.marking() for _ in range(self.random.choice([1, 1, 2]))})
            item["properties"].add("object_marking_refs")
        if self.chance(25):
            item["properties"].add("granular_markings")
            for _ in range(self.random.choice([1, 1, 2])):
                names = self.some(sorted(item["properties"] - set(BASE)), 1, 2)
                selectors = [name + self.random.choice(["", "", ".[0]", ".[1]", ".deeper"]) for name in names]
                if self.chance(25):
                    selectors += [name + ".[0]" for name in sorted(item["properties"]) if name.endswith("_refs")]
                if self.chance(2):
                    selectors.append(self.random.choice(["type", "spec_version"]))
                item["granular"].append({"marking": self.marking(), "selectors": sorted(set(selectors))})

    def leaves(self, item):
        selectors = sorted({selector for granular in item["granular"] for selector in granular["selectors"]})
        made = {}
        for name in sorted(item["properties"]):
            ids = [r["id"] for r in item["references"] if r["property"] == name and r["kind"] != "in_text"]
            parts = [(f"{name}.[{n}]", id) for n, id in enumerate(ids)] if name.endswith("_refs") else \
                [(f"{name}.{part}", "") for part in PARTS.get(name, [])]
            found = [{"id": id, "selectors": [s for s in selectors if part == s or part.startswith(s + ".")],
                      "half": False, "partners": []} for part, id in parts]
            if name in PARTS and self.chance(30):
                self.place(found, f"{name}.deeper", selectors)
            if found and all(any(leaf.values()) for leaf in found):
                made[name] = found
        return made

    def place(self, leaves, other, selectors):
        """One coordinate and perhaps the other, which is `other`."""
        for leaf in leaves:
            leaf["half"] = self.chance(60)
            leaf["partners"] = [] if leaf["half"] else [s for s in selectors if s == other]

    def contributions(self, item):
        """The first is the originator's own: nobody passes on what was never contributed."""
        made = []
        numbers = list(range(len(self.world["agreements"])))
        chosen = self.some(numbers, 1, self.random.choice([2, 4]))
        if self.chance(25):  # under one more than once, by several offices
            chosen += self.random.choices(chosen, k=2)
        for number in chosen:
            text = self.world["agreements"][number]["text"]
            office, onward = item["office"], False
            if made and self.chance(15):
                office = self.random.choice(self.world["offices"])
                onward = party_of(office) != item["originator"]
            elif made and self.chance(30):
                office = self.random.choice([o for o in self.world["offices"] if party_of(o) == item["originator"]])
            if not takes_part(text, office) and self.chance(85):
                continue
            again = any((one["agreement"], one["office"]) == (number, office) and not one["deleted"] for one in made)
            first = made[-1]["index"] + 1 if made else 2 * RECORDS_A_STEP
            index = self.random.randrange(first, max(first + 1, (STEPS - 2) * RECORDS_A_STEP))
            made.append({"agreement": number, "office": office, **self.record(index), "onward": onward,
                         "further": again, "deleted": self.chance(4), "to_offices": sorted(self.some(self.world["offices"], 0, 3))})
        if not made:
            made.append({"agreement": numbers[-1], "office": item["office"], **self.record(20), "onward": False,
                         "deleted": False, "to_offices": []})
        return made

    def record(self, index):
        return {"index": index, "time": START + index // RECORDS_A_STEP * MINUTE}

    def had(self, item):
        had = []
        for contribution in item["contributions"]:
            text = self.world["agreements"][contribution["agreement"]]["text"]
            for office in self.world["offices"]:
                if office in (item["office"], contribution["office"]) or not takes_part(text, office):
                    continue
                if any((one["office"], one["agreement"]) == (office, contribution["agreement"]) for one in had):
                    continue
                if self.chance(45):
                    index = contribution["index"] + self.random.choice([0, 0, 1, 5, 20])
                    had.append({"office": office, "agreement": contribution["agreement"], **self.record(index),
                                "whole": self.chance(65)})
        for before, contribution in zip(item["contributions"], item["contributions"][1:]):
            if contribution["onward"]:  # whoever passes it on had it
                had = [one for one in had if (one["office"], one["agreement"])
                       != (contribution["office"], before["agreement"])]
                had.append({"office": contribution["office"], "agreement": before["agreement"],
                            **self.record(contribution["index"] - 1), "whole": True})
        return sorted(had, key=lambda one: one["index"])


def generate(seed):
    return Generator(seed).make()
