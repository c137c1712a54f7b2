"""F3548 door: subscriptions of intents and who is told of a change (rules U7, U10, D2, S5): the life of implicit ones, what a given
one must cover, the groups of `subscribers`, and indices that count by one."""
import pytest

import dss_volumes as v
from dss import INTENTS, NOBODY, ONE, SUBSCRIPTIONS, ids, new_id, told_of
from dss_shapes import NO_SUBSCRIPTION


def index(client, name):
    return client.get(SUBSCRIPTIONS, name)["notification_index"]


def leaning(client, name):
    """Which intents lean on a subscription."""
    names = client.get(SUBSCRIPTIONS, name).get("dependent_operational_intents", [])
    assert len(names) == len(set(names))
    return set(names)


# --- U7: a given one ---
def test_a_given_subscription_must_be_there_and_one_s_own(alder, birch, spot):
    """U7a: 400 and 403."""
    alder.put(INTENTS, new_id(), alder.intent(spot.volume(), subscription_id=NOBODY), want=400)
    foreign = birch.subscribed(spot.volume())["id"]
    alder.put(INTENTS, new_id(), alder.intent(spot.volume(), subscription_id=foreign), want=403)
    implicit = birch.filed(spot.volume(low=500, high=600), new_subscription=birch.implicit())["subscription_id"]
    alder.put(INTENTS, new_id(), alder.intent(spot.volume(), subscription_id=implicit), want=403)
    assert alder.query(INTENTS, spot.volume()) == [] and leaning(birch, foreign) == set()


@pytest.mark.parametrize("more, status", [
    ({}, 201), ({"start": 9}, 400), ({"end": 21}, 400), ({"start": 11, "end": 19}, 201), ({"low": 0, "high": 5000}, 201),
    ({"outline": (3, 50)}, 400), ({"outline": (0, 3000)}, 400), ({"outline": (0, 10)}, 201)], ids=str)
def test_a_given_subscription_must_cover_the_intent(alder, spot, more, status):
    """U7a: its time and its cells; altitudes are no matter of subscriptions. An explicit one stays as it is."""
    own = alder.subscribed(spot.volume())
    if "outline" in more:
        further, half = more["outline"]
        more = {"outline": spot.in_cell(further, 0, half)}
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume(**more), subscription_id=own["id"]), want=status)
    now = alder.get(SUBSCRIPTIONS, own["id"])
    if status == 201:
        reference = told[ONE[INTENTS]]
        assert reference["subscription_id"] == own["id"] and leaning(alder, own["id"]) == {reference["id"]}
        assert told_of(told) == {own["id"]: 1}
    assert {**now, "notification_index": 0, "dependent_operational_intents": []} == {**own, "dependent_operational_intents": []}


def test_an_id_in_capitals_names_a_subscription_too(alder, spot):
    """I1, U7a."""
    own = alder.subscribed(spot.volume())["id"]
    assert alder.filed(spot.volume(), subscription_id=own.upper())["subscription_id"] == own


def test_an_explicit_subscription_outlives_its_intents(alder, spot):
    """U7d, D2: only implicit ones go."""
    own = alder.subscribed(spot.volume())["id"]
    first = alder.filed(spot.volume(), subscription_id=own)
    second = alder.filed(spot.volume(low=500, high=600), subscription_id=own)
    assert leaning(alder, own) == {first["id"], second["id"]}
    alder.changed(first, spot.volume())
    assert leaning(alder, own) == {second["id"]}
    told = alder.delete(INTENTS, second["id"], second["ovn"])
    assert own in told_of(told)
    assert leaning(alder, own) == set() and alder.get(SUBSCRIPTIONS, own).get("implicit_subscription", False) is False


def test_an_implicit_subscription_is_stretched(alder, spot):
    """U7a: in time and cells, whenever an intent of it does not fit; its version changes, its index goes on."""
    first = alder.filed(spot.volume(), new_subscription=alder.implicit())
    name = first["subscription_id"]
    before = alder.get(SUBSCRIPTIONS, name)
    second = alder.filed(spot.volume(spot.in_cell(3), start=5, end=40), subscription_id=name)
    after = alder.get(SUBSCRIPTIONS, name)
    assert after["version"] != before["version"] and after.get("implicit_subscription") is True
    assert (v.moment_of(after["time_start"]), v.moment_of(after["time_end"])) == (spot.at(5), spot.at(40))
    assert leaning(alder, name) == {first["id"], second["id"]}
    assert (before["notification_index"], after["notification_index"]) == (1, 2)
    assert alder.found(SUBSCRIPTIONS, spot.volume(spot.in_cell(3))) == {name} == alder.found(SUBSCRIPTIONS, spot.volume())
    first = alder.changed(first, spot.volume(spot.in_cell(-3), end=50), subscription_id=name)
    after = alder.get(SUBSCRIPTIONS, name)
    assert v.moment_of(after["time_end"]) == spot.at(50) and leaning(alder, name) == {first["id"], second["id"]}
    for cell in (0, 3, -3):
        assert alder.found(SUBSCRIPTIONS, spot.volume(spot.in_cell(cell))) == {name}


# --- U7: a new one ---
@pytest.mark.parametrize("constraints", [None, False, True])
def test_a_new_subscription(alder, spot, constraints):
    """U7b: a name of its own, the intent's extents, the URL and the flag that were asked for. U10: it is told of its own intent."""
    asked = {"uss_base_url": "https://alder.example/watch", **({} if constraints is None else {"notify_for_constraints": constraints})}
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume(), spot.volume(spot.in_cell(2), start=30, end=40), new_subscription=asked))
    reference = told[ONE[INTENTS]]
    name = reference["subscription_id"]
    states = [{"subscription_id": name, "notification_index": 1}]
    assert told["subscribers"] == [{"uss_base_url": asked["uss_base_url"], "subscriptions": states}]
    one = alder.get(SUBSCRIPTIONS, name)
    assert one["implicit_subscription"] is True and one["notify_for_operational_intents"] is True
    assert one.get("notify_for_constraints", False) is bool(constraints) and one["uss_base_url"] == asked["uss_base_url"]
    assert one["dependent_operational_intents"] == [reference["id"]] and one["notification_index"] == 1
    assert (one["time_start"], one["time_end"]) == (reference["time_start"], reference["time_end"])
    for cell, found in ((0, {name}), (2, {name}), (1, set())):
        assert alder.found(SUBSCRIPTIONS, spot.volume(spot.in_cell(cell))) == found


def test_a_new_subscription_knows_no_24_hours(alder, spot):
    """U7b: and its start may be past."""
    reference = alder.filed(spot.volume(start=-120, end=30 * 60), new_subscription=alder.implicit())
    one = alder.get(SUBSCRIPTIONS, reference["subscription_id"])
    assert (v.moment_of(one["time_start"]), v.moment_of(one["time_end"])) == (spot.at(-120), spot.at(30 * 60))


def test_a_new_subscription_is_always_new(alder, spot):
    """U7b, U7d: each request makes one, and the one before goes."""
    reference, seen = alder.filed(spot.volume(), new_subscription=alder.implicit()), set()
    for _ in range(3):
        seen.add(reference["subscription_id"])
        reference = alder.changed(reference, spot.volume(), new_subscription=alder.implicit())
        assert reference["subscription_id"] not in seen
        for old in seen:
            alder.get(SUBSCRIPTIONS, old, want=404)
        assert alder.found(SUBSCRIPTIONS, spot.volume()) == {reference["subscription_id"]}


def test_an_implicit_subscription_goes_with_its_last_intent(alder, spot):
    """U7d, D2: by an update or a delete."""
    first = alder.filed(spot.volume(), new_subscription=alder.implicit())
    name = first["subscription_id"]
    second = alder.filed(spot.volume(low=500, high=600), subscription_id=name)
    third = alder.filed(spot.volume(low=700, high=800), subscription_id=name)
    own = alder.subscribed(spot.volume())["id"]
    alder.changed(first, spot.volume(), subscription_id=own)
    assert leaning(alder, name) == {second["id"], third["id"]} and leaning(alder, own) == {first["id"]}
    alder.changed(second, spot.volume(low=500, high=600))  # U7c: leans on none
    assert leaning(alder, name) == {third["id"]}
    told = alder.delete(INTENTS, third["id"], third["ovn"])
    assert {name, own} == set(told_of(told)), "D2: it is told once more, and then it is gone"
    alder.get(SUBSCRIPTIONS, name, want=404)
    assert index(alder, own) == told_of(told)[own]


def test_leaving_an_implicit_subscription_ends_it(alder, spot):
    """U7c, U7d: an Accepted intent may lean on none."""
    first = alder.filed(spot.volume(), new_subscription=alder.implicit())
    changed = alder.changed(first, spot.volume())
    assert changed["subscription_id"] == NO_SUBSCRIPTION
    alder.get(SUBSCRIPTIONS, first["subscription_id"], want=404)
    assert alder.query(SUBSCRIPTIONS, spot.volume()) == []


def test_keeping_an_implicit_subscription(alder, spot):
    """U7d: it is the same one, so it stays."""
    first = alder.filed(spot.volume(), new_subscription=alder.implicit())
    for state in ("Activated", "Nonconforming", "Contingent", "Accepted"):
        first = alder.changed(first, spot.volume(), state=state, subscription_id=first["subscription_id"])
    assert index(alder, first["subscription_id"]) == 5


def test_an_edit_makes_an_implicit_subscription_explicit(alder, spot):
    """S5: and then it outlives its intent."""
    first = alder.filed(spot.volume(), new_subscription=alder.implicit())
    before = alder.get(SUBSCRIPTIONS, first["subscription_id"])
    told = alder.put(SUBSCRIPTIONS, before["id"], alder.subscription(spot.volume()), before["version"])["subscription"]
    assert told.get("implicit_subscription", False) is False and told["notification_index"] == before["notification_index"]
    assert told["dependent_operational_intents"] == [first["id"]] and told["version"] != before["version"]
    alder.put(INTENTS, first["id"], alder.intent(spot.volume(end=60), subscription_id=before["id"]), first["ovn"], want=400)
    alder.delete(INTENTS, first["id"], first["ovn"])
    assert leaning(alder, before["id"]) == set()


# --- U10 ---
def test_subscribers_are_grouped_by_url(served, alder, birch, spot):
    """U10: one entry for each URL, whoever's the subscriptions are, with the index after this change; one's own too."""
    own = alder.subscribed(spot.volume())["id"]
    two = {birch.subscribed(spot.volume())["id"] for _ in range(2)}
    elsewhere = birch.subscribed(spot.volume(), uss_base_url="https://birch.example/other")["id"]
    shared = served.uss("cedar").subscribed(spot.volume(), uss_base_url=birch.url)["id"]
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume()))
    groups = {one["uss_base_url"]: ids([{"id": state["subscription_id"]} for state in one["subscriptions"]]) for one in told["subscribers"]}
    assert groups == {alder.url: {own}, birch.url: two | {shared}, "https://birch.example/other": {elsewhere}}
    assert set(told_of(told).values()) == {1}


def test_an_index_counts_by_one(alder, birch, spot):
    """U10: for a create, a change, a delete; and what is read is what was told."""
    name = birch.subscribed(spot.volume())["id"]
    assert index(birch, name) == 0
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume()))
    for expected in range(1, 6):
        assert told_of(told) == {name: expected} and index(birch, name) == expected
        reference = told[ONE[INTENTS]]
        told = alder.put(INTENTS, reference["id"], alder.intent(spot.volume()), reference["ovn"])
    reference = told[ONE[INTENTS]]
    assert told_of(alder.delete(INTENTS, reference["id"], reference["ovn"])) == {name: 7}
    assert index(birch, name) == 7


def test_what_changes_nothing_counts_nothing(alder, birch, spot):
    """U10: refusals, questions, constraints."""
    name = birch.subscribed(spot.volume())["id"]
    reference = alder.filed(spot.volume())
    alder.changed({**reference, "ovn": "o" * 44}, spot.volume(), want=409)
    alder.changed(reference, spot.volume(start=None), want=400)
    alder.delete(INTENTS, reference["id"], "o" * 44, want=409)
    birch.delete(INTENTS, reference["id"], reference["ovn"], want=403)
    alder.query(INTENTS, spot.anytime())
    alder.restricted(spot.volume())
    birch.query(SUBSCRIPTIONS, spot.anytime())
    assert index(birch, name) == 1


def test_who_is_told(alder, birch, spot):
    """U10: who asked for intents, shares a cell, and shares time, ends included; no other."""
    told_ones = {birch.subscribed(area)["id"] for area in (
        spot.volume(), spot.volume(low=8000, high=9000), spot.volume(start=20, end=30), spot.volume(start=1, end=10),
        spot.volume(v.circle(spot.lat, spot.lng, 5000)), spot.volume(start=None, end=None))}
    told_ones.add(birch.subscribed(spot.volume(), True, True)["id"])
    others = {birch.subscribed(spot.volume(), False, True)["id"], birch.subscribed(spot.volume(spot.in_cell(4)))["id"],
              birch.subscribed(spot.volume(start=21, end=30))["id"], birch.subscribed(spot.volume(start=1, end=9))["id"]}
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume()))
    assert set(told_of(told)) == told_ones
    assert all(index(birch, name) == 0 for name in others) and all(index(birch, name) == 1 for name in told_ones)


def test_a_move_is_told_at_both_ends(alder, birch, spot):
    """U10: the cells of before and after, and the time that holds both."""
    west, east = birch.subscribed(spot.volume(spot.in_cell(-3)))["id"], birch.subscribed(spot.volume(spot.in_cell(3)))["id"]
    between = birch.subscribed(spot.volume(spot.in_cell(-3), start=30, end=31))["id"]
    cells_between = birch.subscribed(spot.volume(spot.in_cell(0), start=None))["id"]
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume(spot.in_cell(-3))))
    assert told_of(told) == {west: 1}
    reference = told[ONE[INTENTS]]
    told = alder.put(INTENTS, reference["id"], alder.intent(spot.volume(spot.in_cell(3), start=50, end=60)), reference["ovn"])
    assert told_of(told) == {west: 2, east: 1, between: 1}
    reference = told[ONE[INTENTS]]
    told = alder.delete(INTENTS, reference["id"], reference["ovn"])
    assert told_of(told) == {}, "D2: where and when it was last"
    assert index(birch, cells_between) == 0


def test_an_intent_that_nobody_watches(alder, spot):
    """U10: `[]`, and it is there."""
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume()))
    assert told["subscribers"] == []
    reference = told[ONE[INTENTS]]
    assert alder.delete(INTENTS, reference["id"], reference["ovn"])["subscribers"] == []


def test_a_subscription_that_is_gone_is_told_nothing(alder, birch, spot):
    """S7, U10."""
    one = birch.subscribed(spot.volume())
    birch.delete(SUBSCRIPTIONS, one["id"], one["version"])
    assert alder.put(INTENTS, new_id(), alder.intent(spot.volume()))["subscribers"] == []


def test_implicit_subscriptions_of_others_are_told(alder, birch, spot):
    """U10, U7b: as any other."""
    first = birch.filed(spot.volume(low=500, high=600), new_subscription=birch.implicit())
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume(), new_subscription=alder.implicit()))
    own = told[ONE[INTENTS]]["subscription_id"]
    assert told_of(told) == {first["subscription_id"]: 2, own: 1}
    birch.get(SUBSCRIPTIONS, own, want=403)
