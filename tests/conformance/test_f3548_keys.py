"""F3548 door: the key (rule U8): whose current OVNs a filing must name, what it is told of those it does not, and that a refused one
leaves no trace. And the two steps by which clients get in."""
import pytest

from dss import CONSTRAINTS, INTENTS, ONE, SUBSCRIPTIONS, missing, new_id, told_of
from dss_shapes import ELSEWHERE


def constraints_too(client):
    return {"new_subscription": client.implicit(notify_for_constraints=True)}


def test_two_steps_of_a_client(alder, birch, spot):
    """U8: an empty key, 409 with what is missing; then with its OVN, which its manager's own answer said, 201."""
    other = birch.filed(spot.volume())
    name, body = new_id(), alder.intent(spot.volume(low=150, high=250), new_subscription=alder.implicit())
    told = alder.put(INTENTS, name, body, want=409)
    assert told["missing_operational_intents"] == [{**other, "ovn": ELSEWHERE}] and "missing_constraints" not in told
    alder.get(INTENTS, name, want=404)
    reference = alder.put(INTENTS, name, {**body, "key": [other["ovn"]]})[ONE[INTENTS]]
    # And once more for the other side, whose next change meets what is there now.
    told = birch.changed(other, spot.volume(), want=409)
    assert told["missing_operational_intents"] == [{**reference, "ovn": ELSEWHERE}]
    before, other = other, birch.changed(other, spot.volume(), key=[reference["ovn"]])
    # An OVN is good until the next change.
    alder.changed(reference, spot.volume(low=150, high=250), key=[before["ovn"]], want=409)
    alder.changed(reference, spot.volume(low=150, high=250), key=[other["ovn"]])


def test_one_s_own_other_intents_count(alder, spot):
    """U8: and are told with their OVN."""
    first = alder.filed(spot.volume())
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume()), want=409)
    assert told["missing_operational_intents"] == [first]
    second = alder.filed(spot.volume(), key=[first["ovn"]])
    told = alder.changed(first, spot.volume(), want=409)
    assert told["missing_operational_intents"] == [second]


def test_an_intent_is_not_its_own_obstacle(alder, spot):
    """U8: its own OVN need not be in the key, and may; so may any others."""
    reference = alder.filed(spot.volume(), key=["nobody-knows-this-one", new_id(), "o" * 128])
    reference = alder.changed(reference, spot.volume())
    reference = alder.changed(reference, spot.volume(), key=[reference["ovn"], reference["ovn"], "another-one-that-is-none"])
    assert reference["version"] == 3


def test_all_that_is_missing_is_told_and_no_more(alder, birch, spot):
    """U8: those whose OVN is there are not listed, and those elsewhere are none of it."""
    inside = [birch.filed(spot.volume(low=100 * n, high=100 * n + 50)) for n in range(1, 6)]
    birch.filed(spot.volume(low=1000, high=1100))
    birch.filed(spot.volume(spot.in_cell(5)))
    birch.filed(spot.volume(start=100, end=110))
    wide = spot.volume(low=0, high=900)
    for known in range(5):
        told = alder.put(INTENTS, new_id(), alder.intent(wide, key=[one["ovn"] for one in inside[:known]]), want=409)
        assert missing(told) == {one["id"] for one in inside[known:]}
        assert all(one["ovn"] == ELSEWHERE for one in told["missing_operational_intents"])
    alder.filed(wide, key=[one["ovn"] for one in reversed(inside)])


@pytest.mark.parametrize("wrong", ["nearly", "case", "stale", "of another", "with a space"])
def test_a_key_holds_whole_and_current_ovns(alder, birch, spot, wrong):
    """U8."""
    first, aside = birch.filed(spot.volume()), birch.filed(spot.volume(low=500, high=600))
    other = birch.changed(first, spot.volume())
    last = "A" if other["ovn"][-1] != "A" else "B"
    text = {"nearly": other["ovn"][:-1] + last, "case": other["ovn"].swapcase(), "stale": first["ovn"], "of another": aside["ovn"],
            "with a space": other["ovn"] + " "}[wrong]
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume(), key=[text]), want=409)
    assert missing(told) == {other["id"]}


def test_a_change_is_checked_where_it_leads(alder, birch, spot):
    """U8: the new extents count, not where the intent was."""
    there, here = birch.filed(spot.volume(spot.in_cell(3))), birch.filed(spot.volume())
    reference = alder.filed(spot.volume(), key=[here["ovn"]])
    assert missing(alder.changed(reference, spot.volume(spot.in_cell(3)), want=409)) == {there["id"]}
    reference = alder.changed(reference, spot.volume(spot.in_cell(3)), key=[there["ovn"]])
    assert missing(alder.changed(reference, spot.volume(spot.in_cell(3)), spot.volume(), want=409)) == {there["id"], here["id"]}
    alder.changed(reference, spot.volume(spot.in_cell(-3)))


@pytest.mark.parametrize("state, needed", [("Accepted", True), ("Activated", True), ("Nonconforming", False), ("Contingent", False)])
def test_for_which_states_a_key_is_needed(alder, birch, spot, state, needed):
    """U8: for whoever wants to be Accepted or Activated, whatever the other's state."""
    other = birch.filed(spot.volume(), new_subscription=birch.implicit())
    reference = alder.filed(spot.volume(low=500, high=600), new_subscription=alder.implicit())
    keep = {"subscription_id": reference["subscription_id"]}
    told = alder.changed(reference, spot.volume(low=100, high=600), state=state, want=409 if needed else 200, **keep)
    if needed:
        assert missing(told) == {other["id"]}
        reference = alder.changed(reference, spot.volume(low=100, high=600), state=state, key=[other["ovn"]], **keep)
    else:
        reference = told
    # And the other way round: what stands there in that state is an obstacle like any other.
    third = birch.put(INTENTS, new_id(), birch.intent(spot.volume(low=550, high=560)), want=409)
    assert missing(third) == {reference["id"]}
    birch.filed(spot.volume(low=550, high=560), key=[reference["ovn"]])


def test_accepted_intents_of_who_is_down_need_no_key(served, alder, spot):
    """U8, A3: but Activated and off-nominal ones do; and an end of Down brings it back."""
    uss = served.uss(f"uss-{new_id()[:8]}")
    kept = {}
    for number, state in enumerate(("Accepted", "Activated", "Nonconforming", "Contingent")):
        area = spot.volume(low=100 * number, high=100 * number + 50)
        reference = uss.filed(area, new_subscription=uss.implicit())
        kept[state] = uss.changed(reference, area, state=state, subscription_id=reference["subscription_id"])
    wide = spot.volume(low=0, high=1000)
    everything = {one["id"] for one in kept.values()}
    for mark, expected in (("Normal", everything), ("Down", everything - {kept["Accepted"]["id"]}), ("Unknown", everything)):
        alder.mark(uss.sub, mark)
        assert missing(alder.put(INTENTS, new_id(), alder.intent(wide), want=409)) == expected, mark
    alder.mark(uss.sub, "Down")
    alder.filed(wide, key=[one["ovn"] for state, one in kept.items() if state != "Accepted"])
    assert alder.found(INTENTS, wide) >= everything, "a query finds it as before"


def test_constraints_count_where_the_subscription_asks_for_them(alder, birch, spot):
    """U8: with notify_for_constraints on the attached subscription, new or given; by cells and time, at whatever altitude."""
    fence = birch.restricted(spot.volume(low=5000, high=6000))
    birch.restricted(spot.volume(start=100, end=110))
    birch.restricted(spot.volume(spot.in_cell(4)))
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume(), **constraints_too(alder)), want=409)
    assert told["missing_constraints"] == [{**fence, "ovn": ELSEWHERE}] and "missing_operational_intents" not in told
    alder.filed(spot.volume(), key=[fence["ovn"]], **constraints_too(alder))
    for name, flags, needed in (("given", (True, True), True), ("given without", (True, False), False)):
        own = alder.subscribed(spot.volume(low=None, high=None, start=0, end=60), *flags)["id"]
        body = alder.intent(spot.volume(low=2000, high=2100), subscription_id=own)
        told = alder.put(INTENTS, new_id(), body, want=409 if needed else 201)
        assert not needed or missing(told, "missing_constraints") == {fence["id"]}, name
    alder.filed(spot.volume(low=3000, high=3100), new_subscription=alder.implicit(notify_for_constraints=False))
    alder.filed(spot.volume(low=4000, high=4100))


def test_both_lists_at_once(alder, birch, spot):
    """U8: one's own constraint is told with its OVN."""
    fence, other = alder.restricted(spot.volume()), birch.filed(spot.volume())
    body = alder.intent(spot.volume(), **constraints_too(alder))
    told = alder.put(INTENTS, new_id(), body, want=409)
    assert told["missing_constraints"] == [fence] and told["missing_operational_intents"] == [{**other, "ovn": ELSEWHERE}]
    told = alder.put(INTENTS, new_id(), {**body, "key": [fence["ovn"]]}, want=409)
    assert "missing_constraints" not in told and missing(told) == {other["id"]}
    told = alder.put(INTENTS, new_id(), {**body, "key": [other["ovn"]]}, want=409)
    assert "missing_operational_intents" not in told and missing(told, "missing_constraints") == {fence["id"]}
    alder.put(INTENTS, new_id(), {**body, "key": [other["ovn"], fence["ovn"]]})


def test_a_change_with_constraints(alder, birch, spot):
    """U8: at an update too, and not for off-nominal states."""
    reference = alder.filed(spot.volume(), **constraints_too(alder))
    keep = {"subscription_id": reference["subscription_id"]}
    fence = birch.restricted(spot.volume())
    told = alder.changed(reference, spot.volume(), state="Activated", want=409, **keep)
    assert missing(told, "missing_constraints") == {fence["id"]}
    reference = alder.changed(reference, spot.volume(), state="Contingent", **keep)
    reference = alder.changed(reference, spot.volume(), state="Activated", key=[fence["ovn"]], **keep)
    fence = birch.put(CONSTRAINTS, fence["id"], birch.constraint(spot.volume()), fence["ovn"])[ONE[CONSTRAINTS]]
    alder.changed(reference, spot.volume(), state="Activated", want=409, **keep)
    birch.delete(CONSTRAINTS, fence["id"], fence["ovn"])
    alder.changed(reference, spot.volume(), state="Activated", **keep)


def test_a_refused_key_leaves_no_trace(alder, birch, spot):
    """U8: no intent, no implicit subscription, no index moved, no version."""
    other = birch.filed(spot.volume())
    watcher = birch.subscribed(spot.volume(), True, True)
    for _ in range(3):
        alder.put(INTENTS, new_id(), alder.intent(spot.volume(), new_subscription=alder.implicit()), want=409)
    assert alder.query(SUBSCRIPTIONS, spot.anytime()) == []
    assert birch.get(SUBSCRIPTIONS, watcher["id"]) == watcher
    assert alder.found(INTENTS, spot.anytime()) == {other["id"]}
    reference = alder.filed(spot.volume(low=500, high=600), new_subscription=alder.implicit())
    implicit = alder.get(SUBSCRIPTIONS, reference["subscription_id"])
    for more in ({"new_subscription": alder.implicit()}, {"subscription_id": implicit["id"]}, {}):  # U7: makes, stretches, leaves
        told = alder.changed(reference, spot.volume(low=100, high=600, end=40), want=409, **more)
        assert missing(told) == {other["id"]}
        assert alder.get(SUBSCRIPTIONS, implicit["id"]) == implicit
        assert alder.get(INTENTS, reference["id"]) == reference
    assert alder.found(SUBSCRIPTIONS, spot.anytime()) == {implicit["id"]}
    told = birch.put(INTENTS, new_id(), birch.intent(spot.volume(low=800, high=900)))
    assert told_of(told) == {watcher["id"]: 2, implicit["id"]: 2}


def test_what_was_deleted_is_no_obstacle(alder, birch, spot):
    """U8, D2."""
    other = birch.filed(spot.volume())
    alder.put(INTENTS, new_id(), alder.intent(spot.volume()), want=409)
    birch.delete(INTENTS, other["id"], other["ovn"])
    alder.filed(spot.volume())


def test_a_hundred_in_one_cell(alder, birch, spot):
    """U8, X1: layers of ten metres with a metre between them are no conflict, and one that crosses all needs all."""
    layers = [alder.filed(spot.volume(low=10 * n, high=10 * n + 9)) for n in range(100)]
    told = birch.put(INTENTS, new_id(), birch.intent(spot.volume(low=0, high=1000)), want=409)
    assert missing(told) == {one["id"] for one in layers}
    told = birch.put(INTENTS, new_id(), birch.intent(spot.volume(low=405, high=425), key=[layers[41]["ovn"]]), want=409)
    assert missing(told) == {layers[40]["id"], layers[42]["id"]}
    birch.filed(spot.volume(low=0, high=1000), key=[one["ovn"] for one in layers])
