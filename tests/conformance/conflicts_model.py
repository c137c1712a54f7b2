"""What each office must be told of conflicts, and what nobody may be, worked out anew at every moment from all that was filed.

Naive on purpose: no tables of neighbours, no order of changes. Everything that stands is compared with everything else under
every clause (40-deconfliction; 25-isolation G5, G9, G10, D3, D6, D10). What lasts is only what the pages say lasts: the count of
new geometries of an office under a clause and day, and which of its filings came after the count was used up.

The law (standing, in force or not) is taken as the centre says it: test_worlds.py is about that.
"""
from dataclasses import dataclass, field

import conflicts_ground as ground
from ledger import force, oracle, party_of

DAY_US = 86_400_000_000


def micros(text):
    return None if text is None else oracle.micros(text)


def millimetres(altitude, outward):
    """Metres or feet, rounded outward to whole millimetres: -1 downwards, 1 upwards."""
    if altitude is None:
        return None
    tenths = altitude["value"] * (10_000 if altitude["unit"] == "m" else 3_048)
    return tenths // 10 if outward < 0 else -(-tenths // 10)


def extent_of(filed):
    return ground.Extent(tuple(tuple(place) for place in filed["polygon"]), millimetres(filed.get("low"), -1),
                         millimetres(filed.get("high"), 1), micros(filed.get("from")), micros(filed.get("until")))


@dataclass
class Thing:
    office: str
    id: str
    filed: list  # extents as they were filed
    state: str = ""
    kind: str = ""  # of a site
    exercise: bool = False
    since: int = 0
    unanswered: set = field(default_factory=set)  # (agreement, clause) that gave no answer about it
    extents: list = None

    def __post_init__(self):
        self.extents = [extent_of(one) for one in self.filed]

    def span(self):
        return min(one.start for one in self.extents), max(one.end for one in self.extents)


@dataclass
class Meeting:
    """Of two things under a clause: what surely is told of it, and what is told at most."""
    least: frozenset
    most: frozenset
    sure: bool = True
    exact: bool = False

    def lives(self, now):
        return any(box[7] is None or box[7] > now for box in self.most)


@dataclass
class Item:
    """One open notice: what is told, and whether the model is sure of it."""
    agreement: str
    clause: str
    intent: str
    level: str
    contingent: bool
    boxes: frozenset
    other: tuple = ()  # (office, id) at `reference` and `details`
    site: str = ""
    sure: bool = True
    may_be_absent: bool = False
    also: frozenset = frozenset()  # boxes that may stand in their place
    met: tuple = ()  # (office, id) of all that it is about

    def content(self):
        return (self.agreement, self.clause, self.intent, self.level, self.contingent, self.boxes, self.other, self.site)

    def group(self):
        return self.agreement, self.clause, self.intent


class Agreement:
    def __init__(self, text):
        self.text, self.id = text, text["id"]
        self.standing = {entry["party"]: "party" for entry in text["participants"]}
        self.offices = [office for entry in text["participants"] for office in entry["offices"]]

    def runs(self, clause, one, other):
        law = {"text": self.text, "standing": {party: [[standing, 0, 0]] for party, standing in self.standing.items()}}
        return all(force.standing_lets_run(law, clause, party_of(office), None) for office in (one, other))

    def clauses(self, kind, about=None):
        return [one for one in self.text["clauses"] if one["type"] == kind and one.get("about") == about]

    def volumes(self):
        """(rule, clause, the clause whose grid and separation hold)"""
        grids = [one for one in self.clauses("deconflict") if one["grid"]]
        for clause in self.clauses("deconflict"):
            yield "intent", clause, clause
        for clause in self.clauses("notify", "site"):
            yield "site", clause, clause
        for clause in self.clauses("notify", "contingent"):
            terms = clause if clause.get("grid") else grids[0] if grids else None
            if terms:
                yield "contingent", clause, terms

    def covers(self, selector, office, other):
        """Whether a selector means the office, where `others` are the others than `other`."""
        return office in self.offices and (selector == "each" or (selector == "others" and party_of(office) != party_of(other))
                                           or office in selector)


class Model:
    def __init__(self, plan):
        self.now = plan["start"]
        self.offices = plan["offices"]
        self.agreements = [Agreement(text) for text in plan["agreements"]]
        self.things = {}  # (office, id)
        self.counts = {}  # (office, agreement, clause): [since, number]
        self.meetings = {}
        self.law_since = {}  # of an agreement: when it was last changed

    # --- what happens ---
    def file(self, office, id, state, filed, exercise=False):
        before = self.things.get((office, id))
        thing = Thing(office, id, filed, state, exercise=exercise, since=self.now)
        self.things[(office, id)] = thing
        if before and before.extents == thing.extents:
            thing.unanswered = before.unanswered
        else:
            self.charge(thing)

    def change_law(self, name, standing):
        next(one for one in self.agreements if one.id == name).standing = standing
        self.law_since[name] = self.now

    def charge(self, thing):
        """Each new geometry counts once under each clause on whose side its office stands, whatever the answer, also where nobody is
        there to be asked about (G10)."""
        for agreement in self.agreements:
            for rule, clause, _ in agreement.volumes():
                budget, name = clause.get("evaluations_per_day"), (agreement.id, clause["id"])
                if rule == "contingent" or budget is None or not self.asks(agreement, rule, clause, thing.office):
                    continue
                count = self.counts.setdefault((thing.office, *name), [self.now, 0])
                if self.now - count[0] >= DAY_US:
                    count[:] = [self.now, 0]
                if count[1] >= budget:
                    thing.unanswered = thing.unanswered | {name}
                else:
                    count[1] += 1

    def asks(self, agreement, rule, clause, office):
        others = [one for one in agreement.offices if one != office]
        if rule == "intent":
            return any(self.level(clause, office, other) for other in others)
        return any(agreement.covers(clause["to"], office, other) for other in others)

    def put_site(self, office, id, kind, filed):
        self.things[(office, id)] = Thing(office, id, filed, kind=kind, since=self.now)

    def remove(self, office, id):
        del self.things[(office, id)]

    # --- clauses ---
    @staticmethod
    def level(clause, office, other):
        """What the office learns of the other, or None."""
        levels = clause["level"] if isinstance(clause["level"], list) else [clause["level"]] * 2
        for side in (0, 1):
            if office in clause["between"][side] and other in clause["between"][1 - side]:
                return levels[side]
        return None

    def meeting(self, rule, clause, terms, one, other):
        """Worked out once for what is filed as it is."""
        key = (rule, repr(clause), repr(terms), tuple(one.extents), tuple(other.extents))
        if key not in self.meetings:
            self.meetings[key] = work_out(rule, clause, terms, one, other)
        return self.meetings[key]

    # --- what is told ---
    def told(self, office):
        """All items that are open for the office now."""
        found = []
        for thing in list(self.things.values()):
            if thing.office == office and not thing.kind:
                for agreement in self.agreements:
                    found += self.told_under(agreement, thing)
        return found

    def told_under(self, agreement, own):
        found = []
        for rule, clause, terms in agreement.volumes():
            unanswered = (agreement.id, clause["id"]) in own.unanswered
            met = []
            for other in self.things.values():
                if unanswered and other.state != "Contingent":  # those are told whatever the budget (D6)
                    continue
                level = self.learns(agreement, rule, clause, own, other)
                meeting = level and self.meeting(rule, clause, terms, own, other)
                if level and meeting.lives(self.now):
                    met.append((level, other, meeting))
            found += self.items((agreement.id, clause["id"], own.id), met)
        return found

    def learns(self, agreement, rule, clause, own, other):
        if own.office == other.office or bool(other.kind) != (rule == "site") or not agreement.runs(clause, own.office, other.office):
            return None
        if rule == "intent":
            if own.exercise != other.exercise or not {own.state, other.state} <= set(clause["states"]):
                return None
            return self.level(clause, own.office, other.office)
        if rule == "site" and own.exercise:
            return None
        if not agreement.covers(clause["from"], other.office, own.office) or not agreement.covers(clause["to"], own.office, other.office):
            return None
        if rule == "contingent" and (other.state != "Contingent" or own.exercise != other.exercise):
            return None
        return "warning"

    def items(self, name, met):
        """At `warning` one about all that is met, of sites one about all of a kind; else one for each other."""
        made = [self.item(name, level, [(other, meeting)], other=(other.office, other.id))
                for level, other, meeting in met if level != "warning"]
        plain = [(other, meeting) for level, other, meeting in met if level == "warning"]
        for kind in sorted({other.kind for other, _ in plain}):
            made.append(self.item(name, "warning", [one for one in plain if one[0].kind == kind], site=kind))
        return made

    def item(self, name, level, met, **more):
        """One for all of these. Of what is over in one place and not in another all may be shown, or what is left of it, or what was
        left when somebody last moved: the pages do not say."""
        least = frozenset().union(*(meeting.least for _, meeting in met))
        exact = any(meeting.exact for _, meeting in met)
        ways = [least, [box for box in least if lives(box, self.now)],
                [box for other, meeting in met for box in meeting.least if lives(box, self.looked_at(name, other))]]
        shown = [frozenset() if exact else ground.merged(boxes) for boxes in ways]
        lost = any(self.may_be_lost(name, other) for other, _ in met)
        return Item(*name, level, any(other.state == "Contingent" for other, _ in met), shown[0],
                    sure=all(meeting.sure for _, meeting in met) and not lost,
                    may_be_absent=lost or not any(lives(box, self.now) for box in least), also=frozenset(shown),
                    met=tuple((other.office, other.id) for other, _ in met), **more)

    def own(self, name):
        return next(thing for thing in self.things.values() if thing.id == name[2] and not thing.kind)

    def looked_at(self, name, other):
        """When one of the two or the law was last changed."""
        return max(self.own(name).since, other.since, self.law_since.get(name[0], 0))

    def may_be_lost(self, name, other):
        """The law changed when one of the two was over but for the grid: test_a_change_of_law_does_not_show_when_another_has_ended."""
        ends = [thing.span()[1] for thing in (self.own(name), other) if not thing.kind]
        return min(ends) <= self.law_since.get(name[0], 0)

    # --- what nobody else may see ---
    def secrets(self, office):
        """Numbers, ids and times in what others filed, but for what the office is told at `reference` and `details`."""
        allowed, hidden = set(), set()
        for thing in self.things.values():
            (allowed if thing.office == office else hidden).update(numbers_of(thing), names_of(thing))
        for item in self.told(office):
            if item.other in self.things:
                other = self.things[item.other]
                allowed |= names_of(other) | (numbers_of(other) if item.level == "details" else set())
        return hidden - allowed


def lives(box, now):
    return box[7] is None or box[7] > now


def names_of(thing):
    times = [time for one in thing.filed for time in (one.get("from"), one.get("until")) if time]
    return {thing.id, *times}


def numbers_of(thing):
    return {str(number) for one in thing.filed for place in one["polygon"] for number in place if number % (1 << 16)}


def work_out(rule, clause, terms, one, other):
    separation = ground.Separation(*(terms["separation"][name] * scale for name, scale in (
        ("horizontal_m", 1_000), ("vertical_m", 1_000), ("time_s", 1_000_000))))
    area = window = None
    if rule == "intent":
        area = tuple(tuple(place) for place in clause["area"]["polygon"])
        window = clause["window"] and (micros(clause["window"]["from"]), micros(clause["window"]["until"]))
    if terms["grid"] is None:
        return exactly(separation, area, window, one, other)
    grid = ground.Grid(terms["grid"]["cell_e7"], terms["grid"]["altitude_m"] * 1_000, terms["grid"]["time_s"] * 1_000_000)
    found = [set(), set()]
    for a in one.extents:
        for b in other.extents:
            pairs = zip(ground.snapped(a, separation, grid), ground.snapped(b, separation, grid))
            for boxes, (snapped, its) in zip(found, pairs):
                box = ground.shared(snapped, its, grid, area, window)
                if box:
                    boxes.add(box)
    least, most = (frozenset(boxes) for boxes in found)
    return Meeting(least, most, least == most)


def exactly(separation, area, window, one, other):
    """Without a grid nothing is told of where; the box is only of time: when it surely still holds, when it may."""
    least, most = set(), set()
    for a in one.extents:
        for b in other.extents:
            must, may = ground.near(a, b, separation)
            if area and may:
                whole = all(ground.inside(area, *place) for place in a.ring + b.ring)
                must, may = must and whole, may and (whole or any(ground.inside(area, *place) for place in a.ring + b.ring))
            if window and may:
                start, end = max(a.start, b.start, window[0]), min(a.end, b.end, window[1])
                must, may = must and start < end, may and min(a.start, b.start) - separation.time < window[1] \
                    and max(a.end, b.end) + separation.time > window[0]
            # Two that meet only by the separation in time meet until the later one ends.
            if must:
                least.add((0,) * 7 + (min(a.end, b.end),))
            if may:
                most.add((0,) * 7 + (max(a.end, b.end) + separation.time,))
    return Meeting(frozenset(least), frozenset(most), bool(least) == bool(most), True)
