"""Small worlds of deconfliction by hand: a few offices, a text or two, volumes that meet if they are not moved away."""
import uuid

import play
from conflicts_play import Play
from conflicts_worlds import MINUTE_US, STATES
from generate import written  # of the oracle; ledger.py knows where it lies

A, B, C, D = "sa/defence", "kw/defence", "qa/defence", "cn/mfa"
GRID = {"cell_e7": 65536, "altitude_m": 128, "time_s": 64}
AREA = [[380_000_000, 330_000_000], [440_000_000, 330_000_000], [440_000_000, 390_000_000], [380_000_000, 390_000_000]]
SEPARATION = {"horizontal_m": 500, "vertical_m": 100, "time_s": 60}


def ident(number):
    return str(uuid.UUID(int=number << 80 | 0xABC, version=4))


def deconflict(one, other, level="warning", budget=None, grid=GRID, **more):
    return {"id": "d0", "type": "deconflict", "text": "Each is warned.", "between": [one, other], "area": {"polygon": AREA},
            "window": None, "states": STATES, "separation": SEPARATION, "lead_time": "PT2H", "level": level, "contact": "line",
            "grid": grid, "evaluations_per_day": budget, **more}


def sites(one, other, budget=None):
    return {"id": "s0", "type": "notify", "text": "It is announced.", "about": "site", "from": one, "to": other, "lead_time": "PT0S",
            "acknowledge_within": "PT5M", "read_back": False, "escalate_every": "PT10M", "separation": SEPARATION, "grid": GRID,
            "evaluations_per_day": budget, "contact": "line"}


def line(one=(), other=()):
    """Without ends, between the first office of the text and the others."""
    return {"id": "line", "type": "contact", "text": "A line.", "ends": [list(one), list(other)], "languages": ["en"], "test_every": "PT12H",
            "overdue_after": "PT30M"}


def small(base, *texts):
    """The texts in force, nothing filed."""
    for text in texts:
        offices = [office for entry in text["participants"] for office in entry["offices"]]
        if text["clauses"][-1]["ends"] == [[], []]:
            text["clauses"][-1]["ends"] = [offices[:1], offices[1:]]
    served = base.world()
    served.facts = base.__dict__.setdefault("facts_of_offices", {})
    return Play(served, {"seed": "small", "start": play.START, "offices": [A, B, C, D], "agreements": list(texts), "steps": []})


def box(shift=0, size=100_000, minutes=30):
    """In half an hour, for half an hour; `shift` is to the east, in 1e-7 degree."""
    x, y = 400_000_123 + shift, 350_000_321
    return {"polygon": [[x, y], [x + size, y], [x + size, y + 100_000], [x, y + 100_000]],
            "low": {"value": 1_003, "unit": "m", "reference": "W84"}, "high": {"value": 1_109, "unit": "m", "reference": "W84"},
            "from": written(play.START + 30 * MINUTE_US), "until": written(play.START + (30 + minutes) * MINUTE_US)}


def fly(world, office, extent, id=None, state="Accepted"):
    """Files it, or changes what is there; its id."""
    world.number += 1
    id = id or ident(1000 + world.number)
    own = next((one for one in world.get(office, "intents") if one["id"] == id), None)
    world.must(office, "put_intent", {"id": id, "state": state if own else "Accepted", "extents": [extent],
                                      **({"at": own["ovn"]} if own else {})})
    if not own and state != "Accepted":
        fly(world, office, extent, id, state)
    return id


def warned(world, office):
    return world.get(office, "conflicts")
