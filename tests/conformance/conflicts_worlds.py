"""Generated worlds of deconfliction: a seed makes agreements with clauses on volumes, and a list of what offices do under them.

A plan is plain JSON and every step stands for itself, so that a step can be taken out of a plan that fails (shrink, in
test_conflicts.py): a change of what is not there files it, an end of what is not there is passed over.
  offices, agreements   who acts; texts, in force before the first step
  steps                 {"do", "as", ...}: file, end, site, unsite, act, answer, clock, restart
Coordinates, altitudes and times are drawn to the last digit, so that one of them in an answer is a secret that got out.
"""
import random
import uuid

from generate import written  # of the oracle; ledger.py knows where it lies
from ledger import party_of

SECOND_US, MINUTE_US = 1_000_000, 60_000_000
POOL = ["sa/defence", "kw/defence", "qa/defence", "tr/general-staff", "cn/mfa", "in/mea", "kf/staff", "sa/navy", "tr/navy"]
STATES = ["Accepted", "Activated", "Nonconforming", "Contingent"]
WEST, SOUTH = 400_000_000, 350_000_000
FIELD = 3_000_000  # how far places are drawn from there
KINDS = ["hospital", "school", "water", "camp", "heritage", "shelter", "temporary_restriction", "other"]


class Generator:
    def __init__(self, seed, start, length):
        self.random = random.Random(seed)
        self.start, self.now, self.length = start, start, length
        self.plan = {"seed": seed, "start": start, "agreements": [], "steps": []}
        self.plan["offices"] = self.random.sample(POOL, 5)
        # In half of the worlds everything is close together; others lie in the other hemispheres.
        self.field = self.random.choice([FIELD // 16, FIELD // 8, FIELD // 4, FIELD])
        self.west, self.south = self.random.choice([(WEST, SOUTH)] * 4 + [(-WEST // 40, -SOUTH // 50), (-WEST, SOUTH + 200_000_000)])
        self.things, self.sites = {}, {}

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def pick(self, *choices):
        return self.random.choice(choices)

    # --- the law ---
    def make(self):
        for number in range(3):
            self.agreement(number)
        for number in range(self.length):
            self.step(number)
        return self.plan

    def agreement(self, number):
        members = self.random.sample(self.plan["offices"], self.pick(2, 2, 3))
        while len({party_of(office) for office in members}) < len(members):
            members = self.random.sample(self.plan["offices"], 2)
        sides = [members[:1], members[1:]]
        clauses = []
        if number < 2 or self.chance(40):
            clauses.append(self.deconflict("d0", sides))
        if self.chance(25) and clauses:
            clauses.append(self.deconflict("d1", sides[::-1]))
        if self.chance(50):
            clauses.append({**self.notify("n0", "intent"), "from": "each", "to": "others"})
        if self.chance(60):
            clauses.append(self.contingent(bool([one for one in clauses if one.get("grid")])))
        if self.chance(50) or not any(one["type"] == "deconflict" for one in clauses):
            clauses.append({**self.notify("s0", "site"), "from": sides[0], "to": sides[1], **self.terms(), "contact": "line"})
        clauses.append({"id": "line", "type": "contact", "text": "A line.", "ends": sides, "languages": ["en"],
                        "test_every": "PT12H", "overdue_after": "PT30M"})
        suspendable = [one["id"] for one in clauses if self.chance(15)]
        self.plan["agreements"].append(text_of(f"{party_of(members[0])}.world-{number}", members, clauses, suspendable,
                                               self.pick("all", "suspender")))

    def terms(self):
        cell = self.pick(1 << 16, 1 << 17, 1 << 18, 1 << 19)
        return {"separation": {"horizontal_m": self.pick(0, 0, 50, 501, cell // 100, cell // 40),
                               "vertical_m": self.pick(0, 101, 300), "time_s": self.pick(0, 61, 900)},
                "grid": {"cell_e7": cell, "altitude_m": self.pick(1, 128, 1024), "time_s": self.pick(1, 64, 1024, 4096)},
                "evaluations_per_day": self.pick(None, None, 2, 4, 8, 100)}

    def deconflict(self, name, sides):
        level = self.pick("warning", "warning", "reference", "details", ["warning", "details"], ["reference", "warning"])
        made = {"id": name, "type": "deconflict", "text": "Each is warned.", "between": sides, "area": self.area(),
                "window": self.window(), "states": self.pick(STATES, STATES, STATES[:2], STATES[1:]), "lead_time": "PT2H",
                "level": level, "contact": "line", **self.terms()}
        if level == "details" and self.chance(50):
            made["grid"] = None
        if isinstance(level, str) and self.chance(20):
            made["between"] = [sides[0] + sides[1]] * 2  # everybody and everybody
        if self.chance(20):
            made["humanitarian"] = True
        return made

    def area(self):
        """Around everything, or half of it."""
        east = self.west + (3 * FIELD if self.chance(60) else self.field // 2)
        west, south, north = self.west - 2 * FIELD, self.south - 2 * FIELD, self.south + 3 * FIELD
        return {"polygon": [[west, south], [east, south + 777], [east - 1234, north], [west, north]]}

    def window(self):
        if self.chance(75):
            return None
        return {"from": written(self.start + 3600 * SECOND_US), "until": written(self.start + 4 * 3600 * SECOND_US)}

    def notify(self, name, about):
        return {"id": name, "type": "notify", "text": "It is announced.", "about": about, "lead_time": "PT0S",
                "acknowledge_within": self.pick("PT5M", "PT15M"), "read_back": False, "escalate_every": "PT10M"}

    def contingent(self, has_grid):
        made = {**self.notify("c0", "contingent"), "from": "each", "to": "others", "humanitarian": self.chance(70)}
        if not has_grid or self.chance(30):
            made.update(self.terms(), contact="line")
        return made

    # --- what offices do ---
    def step(self, number):
        if number == self.length // 2:
            return self.do("restart")
        dice = self.random.randrange(100)
        if dice < 64:
            return self.file()
        if dice < 70:
            return self.end()
        if dice < 76:
            return self.site()
        if dice < 83:
            return self.act()
        if dice < 92:
            return self.do("answer", **{"as": self.random.choice(self.plan["offices"]), "how": self.pick(
                "acknowledge", "query_notice", "cannot_assure"), "nth": self.random.randrange(4)})
        by = self.pick(1, 5, 9, 30, 60, 200, 700) * MINUTE_US
        self.now += by
        return self.do("clock", by=by)

    def do(self, what, **step):
        self.plan["steps"].append({"n": len(self.plan["steps"]), "do": what, **step})

    def file(self):
        bound = [office for text in self.plan["agreements"] for entry in text["participants"] for office in entry["offices"]]
        office = self.random.choice(bound if self.chance(85) else self.plan["offices"])
        own = self.things.setdefault(office, [])
        again = own and self.chance(35)
        if again:
            step = dict(self.random.choice(own))
            kind = self.pick("state", "state", "moves", "moves", "same")
            if kind == "moves":
                step["extents"] = self.extents(True)
            if kind == "state":
                step["state"] = self.random.choice(STATES)
            own[:] = [one for one in own if one["id"] != step["id"]]
        else:
            step = {"id": self.uuid(), "state": "Accepted", "extents": self.extents(True),
                    "exercise": self.chance(10)}
        own.append(step)
        self.do("file", **{"as": office}, **step)

    def uuid(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def extents(self, bounded):
        return [self.extent(bounded) for _ in range(self.pick(1, 1, 1, 2, 3))]

    def extent(self, bounded):
        made = {"polygon": self.polygon()}
        low = self.random.randrange(0, 900)
        start = self.now + self.random.randrange(-3600, 2 * 3600) * SECOND_US + self.random.randrange(SECOND_US)
        start = max(start, self.now - 100 * SECOND_US + self.random.randrange(SECOND_US))
        span = self.pick(7, 30, 61, 240, 900) * MINUTE_US + self.random.randrange(SECOND_US)
        if bounded or self.chance(40):
            unit = self.pick("m", "m", "ft")
            made["low"] = {"value": low, "unit": unit, "reference": "W84"}
            made["high"] = {"value": low + self.pick(1, 200, 1_500), "unit": unit, "reference": "W84"}
        if bounded or self.chance(40):
            made["from"], made["until"] = written(start), written(start + span)
        return made

    def polygon(self):
        x, y = (self.west + self.random.randrange(self.field), self.south + self.random.randrange(self.field))
        wide, high = (self.random.randrange(2_000, 500_000) for _ in "xy")
        if self.chance(50):
            return [[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]]
        if self.chance(15):  # along the lines of every grid
            x, y = x >> 19 << 19, y >> 19 << 19
            return [[x, y], [x + (1 << 18), y], [x + (1 << 18), y + (1 << 18)], [x, y + (1 << 18)]]
        corner = [[x, y], [x + wide, y + self.random.randrange(high)], [x + self.random.randrange(wide), y + 2 * high]]
        if self.chance(30):
            corner.insert(3, [x + 1, y + high])
        return corner

    def end(self):
        offices = [office for office in self.plan["offices"] if self.things.get(office)]
        if offices:
            office = self.random.choice(offices)
            own = self.things[office]
            self.do("end", **{"as": office}, id=own.pop(self.random.randrange(len(own)))["id"])

    def site(self):
        office = self.random.choice([one["clauses"][-2]["from"][0] for one in self.plan["agreements"]
                                     if one["clauses"][-2]["id"] == "s0"] or self.plan["offices"])
        own = self.sites.setdefault(office, [])
        if own and self.chance(30):
            return self.do("unsite", **{"as": office}, id=own.pop())
        id = own[0] if own and self.chance(25) else self.uuid()
        if id not in own:
            own.append(id)
        return self.do("site", **{"as": office}, id=id, kind=self.random.choice(KINDS), extents=self.extents(False)[:2])

    def act(self):
        text = self.random.choice(self.plan["agreements"])
        offices = [one["offices"][0] for one in text["participants"]]
        kind = self.pick("suspend", "suspend", "resume", "resume", "resume", "withdraw" if self.chance(30) else "resume")
        self.do("act", **{"as": self.random.choice(offices)}, kind=kind, agreement=text["id"])


def text_of(name, members, clauses, non_suspendable=(), resume="suspender"):
    """An agreement between these offices, each of another party, hidden from everybody else."""
    return {"format": "comity-agreement/1", "id": name, "version": 1, "kind": "memorandum", "title": "Volumes", "binding": False,
            "text": "# Volumes\n", "visibility": {part: "parties" for part in ("existence", "text", "membership", "acts")},
            "depositary": "centre", "sponsors": [party_of(office) for office in members],
            "participants": [{"party": party_of(office), "offices": [office]} for office in members],
            "eligible": {"mode": "closed"}, "adoption": {"rule": "unanimity_strict"}, "consent_by": ["signature"],
            "entry_into_force": {"consents": "all"}, "late_joiner_delay": "P0D", "provisional_application": False,
            "retroactivity": {"mode": "none"}, "reservations": {"mode": "prohibited"}, "objection_window": "P0D",
            "amendment": {"rule": {"rule": "unanimity_strict"}, "effect": "all_when_adopted"},
            "suspension": {"by": "unilateral", "notice": "PT0S", "resume": resume, "non_suspendable": list(non_suspendable)},
            "withdrawal": {"allowed": True, "notice": "P30D", "incoming": "stops_at_notice"},
            "term": {"mode": "none"}, "min_parties": {"n": 2, "effect": "none"}, "survival": [], "clauses": clauses}


def plan_of(seed, start, length=60):
    return Generator(seed, start, length).make()
