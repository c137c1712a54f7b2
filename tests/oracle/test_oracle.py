"""The suite `oracle`: the release rule of the program against its oracle, and the laws of 20-release.

Worlds kept in cases/ come first, then random ones for about twenty seconds, or ten minutes with COMITY_LONG=1. A world
on which the two disagree is made small, written to build/oracle/ and shown with its seed: put it into cases/ under a
name that says what it is about. COMITY_SEED starts the random worlds elsewhere; COMITY_BUILD is another build folder.
"""
import copy
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import generate  # noqa: E402
import oracle  # noqa: E402
import shrink  # noqa: E402

ROOT = HERE.parent.parent
PROGRAM = ROOT / os.environ.get("COMITY_BUILD", "build/dev") / "suite_property"
SECONDS = 600 if os.environ.get("COMITY_LONG") else 12  # for the comparison; each law takes a tenth of it
FIRST_SEED = int(os.environ.get("COMITY_SEED", "1"))
CASES = sorted((HERE / "cases").glob("*.json"))


class Program:
    """The C++ at the other end of a pipe."""

    def __init__(self):
        self.start()

    def start(self):
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answers(self, world):
        self.process.stdin.write(json.dumps(world) + "\n")
        self.process.stdin.flush()
        expected = len(world["offices"]) * len(world["items"]) * len(world["agreements"])
        lines = [self.process.stdout.readline() for _ in range(expected)]
        if self.process.poll() is not None or (lines and not lines[-1]):
            self.process.wait()
            self.start()
            raise ValueError("the program cannot read this world")
        return [json.loads(line) for line in lines]

    def end(self):
        self.process.stdin.close()
        self.process.wait()


@pytest.fixture(scope="module", name="program")
def running_program():
    assert PROGRAM.exists(), "build it first: tools/build dev suite_property"
    program = Program()
    yield program
    program.end()


def places(world):
    return [(viewer, item, agreement) for viewer in world["offices"] for item in range(len(world["items"]))
            for agreement in range(len(world["agreements"]))]


def first_difference(program, world):
    for place, said, right in zip(places(world), program.answers(world), oracle.answers(world), strict=True):
        if said != right:
            return f"{place}:\n  the program {said}\n  the oracle  {right}"
    return None


def fail_small(program, world, seed, difference):
    """Ends the test with the smallest world on which `difference` still finds one."""
    def fails(candidate):
        try:
            return difference(candidate) is not None
        except ValueError:
            return False
    small = shrink.shrink(world, fails)
    kept = ROOT / "build" / "oracle" / f"seed-{seed}.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(small, indent=1) + "\n")
    pytest.fail(f"seed {seed}, made small in {kept.relative_to(ROOT)}: {difference(small)}\n{json.dumps(small)}",
                pytrace=False)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(program, path):
    assert first_difference(program, json.loads(path.read_text())) is None


def test_random_worlds(program):
    end = time.monotonic() + SECONDS
    seed, compared, given = FIRST_SEED, 0, 0
    while time.monotonic() < end:
        world = generate.generate(seed)
        found = first_difference(program, world)
        if found:
            fail_small(program, world, seed, lambda candidate: first_difference(program, candidate))
        answers = oracle.answers(world)
        compared, given = compared + len(answers), given + sum(answer["given"] for answer in answers)
        seed += 1
    print(f"{compared} answers of {seed - FIRST_SEED} worlds are the same; {given} of them give something")
    assert given > 100  # else the worlds test nothing


# --- The laws ----------------------------------------------------------------------------------------------------------
def view(answer, item):
    """What an answer gives: {property: (grid, step)}; None is nothing. References are not looked at: what a reference
    becomes may change either way with what else the viewer has. Nor is a grid on what the centre says itself: an edition's
    own times are not the item's, whether a list of fields names them or not (25-isolation A6)."""
    if not answer["given"]:
        return None
    gone = {*answer["prohibited"], *answer["cut"]}
    if answer["all"]:
        return {name: (0, 0) for name in item["properties"] if name not in gone}
    fields = {name: (grid, step) for name, grid, step in answer["fields"]}
    return {name: (0, 0) if name in oracle.BASE else fields[name] for name in item["properties"]
            if (name in fields or name in oracle.BASE) and name not in gone}


def enlarged(before, after):
    """The first property of which `after` has more than `before`, or "" if it has nothing more."""
    if after is None:
        return ""
    if before is None:
        return "the item"
    for name, precision in after.items():
        had = before.get(name)
        if had is None or any(now < then for now, then in zip(precision, had)):
            return name
    return ""


def views(program, world):
    """{(viewer, item, agreement): view}: items by (originator, id, version), agreements by their id."""
    found = {}
    for (viewer, number, agreement), answer in zip(places(world), program.answers(world)):
        item = world["items"][number]
        name = (viewer, (item["originator"], item["id"], item["version"]),
                world["agreements"][agreement]["text"]["id"])
        found[name] = view(answer, item)
    return found


def never_enlarges(program, change):
    """`change(world, choose)` alters the world or gives False; afterwards nobody has more than before."""
    end = time.monotonic() + SECONDS / 10
    seed, changed = FIRST_SEED, 0
    while time.monotonic() < end:
        world = generate.generate(seed)
        less = copy.deepcopy(world)
        if change(less, random.Random(seed)) is not False and less["agreements"]:
            changed += 1
            before, after = views(program, world), views(program, less)
            for name in after:
                more = enlarged(before.get(name), after[name])
                assert not more, f"seed {seed}: {name} has more: {more}"
        seed += 1
    assert changed > 20


def clauses_of(world, kind):
    return [(a, c) for a, agreement in enumerate(world["agreements"])
            for c, clause in enumerate(agreement["text"]["clauses"]) if clause["type"] == kind]


def test_a_prohibition_more_never_enlarges_a_view(program):
    def add(world, choose):
        agreement = choose.choice(world["agreements"])
        prohibition = {"id": "forbidden", "type": "prohibit", "text": "", "from": "each",
                       "to": choose.choice(["each", "others"]), "items": {},
                       "scope": choose.choice(["this_agreement", "between_participants"]),
                       "fields": choose.choice(["all", {"only": choose.sample(generate.NAMES, 5)}])}
        agreement["text"]["clauses"].append(prohibition)
        agreement["clauses"].append([generate.START, None])
    never_enlarges(program, add)


def test_a_grant_less_never_enlarges_a_view(program):
    """The same law says that a grant more never shrinks one."""
    def remove(world, choose):
        grants = clauses_of(world, "grant")
        return shrink.without_clause(world, *choose.choice(grants)) if grants else False
    never_enlarges(program, remove)


def test_a_party_less_never_enlarges_a_view(program):
    """It is gone from all texts at once: a prohibition between it and others is gone together with what it forbade."""
    def remove(world, choose):
        party = choose.choice(world["parties"])
        for number in reversed(range(len(world["agreements"]))):
            text = world["agreements"][number]["text"]
            name = text["id"]
            shrink.without_participant(world, number, party)
            if text["participants"] and not name.startswith(party + "."):
                text["id"], text["sponsors"] = name, [name.split(".")[0]]
            if not text["participants"] or name.startswith(party + "."):
                return False
        return True
    never_enlarges(program, remove)


def test_an_agreement_without_prohibitions_less_never_enlarges_a_view(program):
    def remove(world, choose):
        free = [a for a in range(len(world["agreements"])) if a not in {a for a, _ in clauses_of(world, "prohibit")}]
        if not free:
            return False
        # Its text stays, emptied: what was released through it is still known to have been.
        agreement = world["agreements"][choose.choice(free)]
        agreement["text"].update({"clauses": [], "survival": []})
        agreement["text"]["suspension"]["non_suspendable"] = []
        agreement["clauses"] = []
        return True
    never_enlarges(program, remove)


def same_views(program, change):
    """`change(world, choose)` gives (a world, a function that turns its names into those of the first)."""
    end = time.monotonic() + SECONDS / 10
    seed = FIRST_SEED
    while time.monotonic() < end:
        world = generate.generate(seed)
        other, back = change(copy.deepcopy(world), random.Random(seed))
        before = dict(zip(places(world), program.answers(world)))
        for place, answer in zip(places(other), program.answers(other)):
            answer.pop("clause", None)
            right = dict(before[back(place)])
            right.pop("clause", None)
            assert answer == right, f"seed {seed}, {place}: {answer} and before {right}"
        seed += 1
    assert seed - FIRST_SEED > 20


def test_order_and_duplicates_of_clauses_never_matter(program):
    def shuffle(world, choose):
        for agreement in world["agreements"]:
            text = agreement["text"]
            order = list(range(len(text["clauses"])))
            order += choose.sample(order, choose.randint(0, len(order)))
            choose.shuffle(order)
            clauses, runs, seen = [], [], set()
            for number in order:
                clause = copy.deepcopy(text["clauses"][number])
                if number in seen:  # a duplicate has an id of its own, which stands where the first one's does
                    for ids in (text["survival"], text["suspension"]["non_suspendable"]):
                        if clause["id"] in ids:
                            ids.append(clause["id"] + "-again")
                    ended = agreement["ended_prohibitions"]  # seed 509: what ends one ends its like
                    ended += [[clause["id"] + "-again", *sides] for name, *sides in ended if name == clause["id"]]
                    clause["id"] += "-again"
                seen.add(number)
                clauses.append(clause)
                runs.append(agreement["clauses"][number])
            text["clauses"] = clauses
            agreement["clauses"] = runs
        return world, lambda place: place
    same_views(program, shuffle)


def test_renaming_parties_permutes_the_answers(program):
    def rename(world, choose):
        parties = world["parties"]
        new = dict(zip(parties, choose.sample(parties, len(parties))))
        old = {slug: party for party, slug in new.items()}
        # Slugs are two letters each, so that one pass over the text renames every party, office and agreement.
        text = json.dumps(world)
        for party, slug in new.items():
            for ending in ('"', "/", "."):
                text = text.replace(f'"{party}{ending}', f'"<{slug}>{ending}')
        renamed = json.loads(text.replace('"<', '"').replace('>"', '"').replace(">/", "/").replace(">.", "."))
        for names in (renamed["parties"], renamed["offices"]):
            choose.shuffle(names)
        return renamed, lambda place: (old[place[0][:2]] + place[0][2:], *place[1:])
    same_views(program, rename)


def test_a_suspended_agreement_is_as_an_absent_one(program):
    """Unless it has prohibitions, humanitarian or non-suspendable clauses."""
    end = time.monotonic() + SECONDS / 10
    seed, seen = FIRST_SEED, 0
    while time.monotonic() < end:
        world = generate.generate(seed)
        for a, agreement in enumerate(world["agreements"]):
            clauses = agreement["text"]["clauses"]
            agreement["text"]["suspension"]["non_suspendable"] = []
            agreement["history"][-1][0] = "suspended"
            if any(clause["type"] == "prohibit" or clause.get("humanitarian") for clause in clauses):
                continue
            for (viewer, item, number), answer in zip(places(world), program.answers(world)):
                if number == a and not oracle.is_own(world["items"][item], viewer):
                    assert not answer["given"], f"seed {seed}: {viewer} has item {item} under agreement {a}"
                    seen += 1
        seed += 1
    assert seen > 100
