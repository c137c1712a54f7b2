"""Deconfliction under agreements beside a model of its own (40-deconfliction; 25-isolation G2 to G5, G9, G10 and part D).

Generated worlds (conflicts_worlds.py) go on in a real centre over real sockets; after each step every office is asked for all that it is
told, and a model that knows no tables and no order (conflicts_model.py) says what that must be, may be, and must not be. In the middle of
each world the centre is started anew. COMITY_SEED starts the seeds elsewhere; COMITY_LONG=1 has hundreds of them, and a world that fails
is made as short as it can be (shrink) and printed.

Then worlds that differ in what one office may not see, and each disagreement that was found, by name.
"""
import json
import os
from collections import Counter

import pytest

import play
from conflicts_play import Disagreement, answers_to, offices_of, play as play_world, shrink, without_hidden
from conflicts_worlds import plan_of, text_of
from conflicts_small import A, B, C, D, GRID, box, deconflict, fly, ident, line, sites, small, warned

FIRST, LONG = int(os.environ.get("COMITY_SEED", "1")), bool(os.environ.get("COMITY_LONG"))
SEEDS = list(range(FIRST, FIRST + (200 if LONG else 5)))
SEEN = Counter()


# --- Generated worlds ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", SEEDS)
def test_every_office_is_told_what_the_model_says(base, seed):
    plan = plan_of(seed, play.START)
    try:
        SEEN.update(play_world(base, plan))
    except Disagreement:
        if LONG:
            shrink(base, plan)
        raise


def test_these_worlds_were_about_something():
    if not SEEN["steps"]:
        pytest.skip("no world was played")
    print(dict(SEEN))
    for what in ("warning", "reference", "details", "site", "contingent"):
        assert SEEN["told at " + what] > 0, what
    assert SEEN["told"] > 20 * len(SEEDS), SEEN
    assert SEEN["doubtful"] * 10 < SEEN["told"], SEEN


# --- Worlds that differ in what one office may not see --------------------------------------------------------------------------
def another_pair(world):
    for number in range(3):
        fly(world, C, box(), state="Contingent" if number else "Accepted")
        fly(world, D, box())


def a_site_of_no_concern(world):
    world.must(C, "put_site", {"id": ident(90), "kind": "hospital", "name": "A place", "source": "somebody", "measured": "a map",
                               "reconfirm_by": "2026-04-01T00:00:00.000000Z", "extents": [{"polygon": box()["polygon"]}]})


def another_law_suspended(world):
    another_pair(world)
    world.act(D, "suspend", world.plan["agreements"][1])


def a_third_party_of_the_same_ground(world):
    """B meets somebody else too, under another text."""
    fly(world, C, box())
    fly(world, C, box(shift=5_000))


QUIET = {}  # by level: what A is told in a world with nothing hidden in it
HIDDEN = [another_pair, a_site_of_no_concern, another_law_suspended, a_third_party_of_the_same_ground]


def what_a_is_told(base, level, hidden):
    """All answers to A, byte for byte, while B comes near, moves, and leaves."""
    first = text_of("sa.first", [A, B], [deconflict([A], [B], level=level, budget=4), line()])
    second = text_of("qa.second", [C, D, B], [deconflict([C], [D, B]), sites([C], [D]), line()])
    world, answers = small(base, first, second), []
    try:
        def look():
            for path in ("intents", "sites", "conflicts", "notices", "notices?after=1", "duties", "records?limit=1000", "refusals", "me"):
                answers.append(world.ask(A, path).compared())
        mine = fly(world, A, box())
        look()
        its = fly(world, B, box(shift=20_000))
        look()
        hidden(world) if hidden else None
        world.pass_time(2_000_000)
        look()
        answers.append(world.say(A, "put_intent", {"id": ident(91), "state": "Accepted", "extents": [box()]}))
        answers.append(world.say(A, "delete_intent", {"id": ident(90), "at": "0" * 32}))
        told = warned(world, A)
        fly(world, B, box(shift=3_000_000), id=its)
        look()
        fly(world, A, box(shift=100), id=mine)
        world.pass_time(100_000_000)
        look()
    finally:
        world.served.close()
    assert told, "else nothing is compared"
    return answers


@pytest.mark.parametrize("level", ["warning", "details"])
@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda one: one.__name__)
def test_what_others_file_changes_no_answer(base, hidden, level):
    if level not in QUIET:
        QUIET[level] = what_a_is_told(base, level, None)
    quiet, busy = QUIET[level], what_a_is_told(base, level, hidden)
    moved = [n for n, (one, other) in enumerate(zip(quiet, busy)) if one != other]
    assert len(quiet) == len(busy) and not moved, [(quiet[n], busy[n]) for n in moved[:1]]


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_generated_worlds_without_what_is_hidden(base, seed):
    """All that one office is answered at every step, byte for byte."""
    plan = plan_of(seed, play.START)
    plan["steps"] = [step for step in plan["steps"] if step["do"] != "answer"]
    for office in sorted(plan["offices"], key=lambda one: (sum(one in offices_of(text) for text in plan["agreements"]) != 1, one))[:1]:
        fewer = without_hidden(plan, office)
        assert sum(step["do"] == "nothing" for step in fewer["steps"]) > 5
        (one, seen), (other, less) = (answers_to(base, each, office) for each in (plan, fewer))
        assert less["filed"] < seen["filed"] and len(one) == len(other)
        moved = [pair for pair in zip(one, other) if pair[0] != pair[1]]
        assert not moved, (office, moved[0])


def test_an_id_of_anothers_is_as_one_that_nobody_has(base):
    """25-isolation D9."""
    world = small(base, text_of("sa.first", [A, B], [deconflict([A], [B]), line()]))
    try:
        there = fly(world, A, box())
        ovn = world.get(A, "intents")[0]["ovn"]
        world.must(A, "put_site", {"id": ident(50), "kind": "school", "name": "A place", "source": "somebody", "measured": "a map",
                                   "reconfirm_by": "2026-04-01T00:00:00.000000Z", "extents": [{"polygon": box()["polygon"]}]})
        for office in (B, C):
            for hidden, absent in ((there, ident(70)), (ident(50), ident(71))):
                for kind, body in (("delete_intent", {"at": ovn}), ("withdraw_site", {"at": 1}), ("delete_intent", {"at": "0" * 32}),
                                   ("put_intent", {"at": ovn, "state": "Activated", "extents": [box()]})):
                    said = [world.say(office, kind, {"id": id, **body}) for id in (hidden, absent)]
                    assert said[0] == said[1] and said[0][0] == "refused", said
            for number in (1, 7):
                assert world.say(C, "acknowledge", {"notice": number})[1] == ["unknown_notice"]
            fly(world, office, box(), id=there)  # whoever it is, the name is free for it
            assert [one["id"] for one in world.get(office, "intents")] == [there]
        assert [one["version"] for one in world.get(A, "intents")] == [1]
    finally:
        world.served.close()


# --- Disagreements, by name -------------------------------------------------------------------------------------------------------
@pytest.fixture
def warning(base):
    """Two offices that warn each other, each with two questions a day."""
    world = small(base, text_of("sa.first", [A, B], [deconflict([A], [B], budget=2), line()]))
    yield world
    world.served.close()


def test_a_filing_is_told_what_it_disclosed(warning):
    """G10: "none disclosed to you", or, when the budget is spent, `unknown: call <contact>`."""
    rulings = [warning.must(A, "put_intent", {"id": ident(number), "state": "Accepted", "extents": [box()]}) for number in range(3)]
    assert "none" in json.dumps(rulings[0]) and "disclosed to you" in json.dumps(rulings[0])
    assert "unknown: call line" not in json.dumps(rulings[1])
    assert "unknown: call line" in json.dumps(rulings[2])


def test_a_spent_budget_is_answered_unknown(warning):
    """G10: neither yes nor no, but said."""
    for number in range(3):
        fly(warning, A, box(), id=ident(number))
    fly(warning, B, box())
    assert len(warned(warning, A)) == 2
    unknown = {one["id"]: one.get("unknown") for one in warning.get(A, "intents")}
    assert unknown[ident(0)] is None and unknown[ident(1)] is None
    assert [one["answer"] for one in unknown[ident(2)] or []] == ["unknown: call line"]


def test_a_spent_budget_suppresses_nobodys_warning(warning):
    mine = fly(warning, A, box())
    for number in range(4):
        fly(warning, B, box(shift=2_000_000 * (number + 1)))
    fly(warning, B, box())
    assert [one["intent"] for one in warned(warning, A)] == [mine]
    assert warned(warning, B) == []


def test_what_another_filed_elsewhere_shows_nowhere(base):
    """R1: B's filings far away release nothing to A, and are no matter of A's."""
    told = []
    for far in (0, 2):
        world = small(base, text_of("sa.first", [A, B], [deconflict([A], [B], budget=2), line()]))
        fly(world, A, box())
        for number in range(far):
            fly(world, B, box(shift=3_000_000 * (number + 1)))
        fly(world, B, box(), id=ident(9))
        told.append(world.get(A, "conflicts"))
        world.served.close()
    assert told[0] == told[1], told


def test_the_order_of_ones_own_is_nobody_elses_doing(base):
    """R1: what C files and ends shows in the order in which A's own are listed. Its sites are listed likewise."""
    listed = []
    for hidden in (False, True):
        world = small(base, text_of("sa.first", [A, B], [deconflict([A], [B]), line()]))
        its = fly(world, C, box(), id=ident(5)) if hidden else None
        fly(world, A, box(), id=ident(1))
        if hidden:
            world.must(C, "delete_intent", {"id": its, "at": world.get(C, "intents")[0]["ovn"]})
        fly(world, A, box(), id=ident(2))
        listed.append([one["id"] for one in world.get(A, "intents")])
        world.served.close()
    assert listed[0] == listed[1], listed


def test_of_two_sites_both_kinds_are_told(base):
    """D10: the notice names kind and a snapped cell."""
    world = small(base, text_of("sa.first", [A, B], [sites([A], [B]), line()]))
    try:
        fly(world, B, box(size=1_000_000))
        for number, kind in enumerate(["hospital", "water"]):
            world.must(A, "put_site", {"id": ident(number), "kind": kind, "name": "A place", "source": "somebody", "measured": "a map",
                                       "reconfirm_by": "2026-04-01T00:00:00.000000Z",
                                       "extents": [{"polygon": box(shift=800_000 * number)["polygon"]}]})
        assert {one["site"] for one in world.get(B, "conflicts")} == {"hospital", "water"}
    finally:
        world.served.close()


@pytest.mark.parametrize("level, how", [
    pytest.param("warning", "moves", id="warning"),
    pytest.param("reference", "moves", id="reference"),
    pytest.param("details", "same", id="details")])
def test_a_change_that_shows_nothing_is_told_to_nobody(base, level, how):
    """G3: a derived value changes if and only if what that viewer is shown changes; D3: no tempo of the hidden plan."""
    world = small(base, text_of("sa.first", [A, B], [deconflict([A], [B], level=level), line()]))
    try:
        fly(world, A, box())
        its = fly(world, B, box())
        before = world.get(A, "notices")
        fly(world, B, box(shift=7 if how == "moves" else 0), id=its)
        assert world.get(A, "notices") == before
    finally:
        world.served.close()


def test_contingent_cannot_be_undone(warning):
    """D6: it may only end."""
    mine = fly(warning, A, box())
    fly(warning, A, box(), id=mine, state="Contingent")
    own = warning.get(A, "intents")[0]
    said = warning.say(A, "put_intent", {"id": mine, "at": own["ovn"], "state": "Accepted", "extents": [box()]})
    assert said[0] == "refused" and warning.get(A, "intents")[0]["state"] == "Contingent"


def test_one_in_distress_is_told_whatever_the_budget(warning):
    """D6, 40-deconfliction: a contingent intent notifies everyone whose volume it touches at once, whatever the budget."""
    for number in range(3):
        mine = fly(warning, A, box(shift=(2 - number) * 2_000_000))
    its = fly(warning, B, box())
    fly(warning, B, box(), id=its, state="Contingent")
    assert [one["intent"] for one in warned(warning, A)] == [mine]


def test_what_one_in_distress_learns_stays_within_its_budget(warning):
    """D6: else whoever is in distress could sweep for what is there."""
    for number in range(2):
        fly(warning, A, box(shift=(2 - number) * 2_000_000))
    its = fly(warning, B, box())
    for number in range(3):
        fly(warning, B, box(shift=number * 2_000_000), id=its, state="Contingent")
        assert len(warned(warning, B)) == (number == 1)


def test_what_is_filed_while_suspended_counts_when_it_is_answered(warning):
    """Else who suspends its own part could ask for nothing what it likes (G10)."""
    text = warning.plan["agreements"][0]
    for number in range(5):
        fly(warning, B, box(shift=number * 2_000_000))
    warning.act(A, "suspend", text)
    warning.pass_time(1_000_000)
    for number in range(5):
        fly(warning, A, box(shift=number * 2_000_000))
    warning.act(A, "resume", text)
    warning.pass_time(1_000_000)
    assert len(warned(warning, A)) == 2


def test_what_was_filed_before_the_law_counts_when_it_is_answered(base):
    world = small(base)
    try:
        for number in range(5):
            fly(world, A, box(shift=number * 2_000_000))
            fly(world, B, box(shift=number * 2_000_000))
        text = text_of("sa.first", [A, B], [deconflict([A], [B], budget=2), line([A], [B])])
        world.enact(text)
        world.pass_time(1_000_000)
        assert len(warned(world, A)) == 2
    finally:
        world.served.close()


@pytest.mark.parametrize("who", [A, B])
def test_a_change_of_law_does_not_show_when_another_has_ended(base, who):
    """G10: what is told is a function of snapped volumes, and that C stands aside is nothing between A and B."""
    clause = deconflict([A], [B, C], grid={**GRID, "time_s": 4096})
    world = small(base, text_of("sa.first", [A, B, C], [clause, line()]))
    try:
        fly(world, A, box(minutes=120 if who == B else 31))
        fly(world, B, box(minutes=31 if who == B else 120))
        for _ in range(7):
            world.pass_time(9 * 60_000_000)
        before = [warned(world, office) for office in (A, B)]
        assert before[0] and before[1]
        world.act(C, "suspend", world.plan["agreements"][0])
        world.pass_time(1_000_000)
        assert [warned(world, office) for office in (A, B)] == before
    finally:
        world.served.close()
