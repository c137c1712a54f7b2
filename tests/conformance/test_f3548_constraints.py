"""F3548 door: constraints (rules C1 to C3)."""
import pytest

import dss_volumes as v
from dss import CONSTRAINTS, INTENTS, ONE, SUBSCRIPTIONS, new_id, told_of
from dss_shapes import ELSEWHERE

OVN = "o" * 44


def changed(client, reference, *extents, want=200, **more):
    told = client.put(CONSTRAINTS, reference["id"], client.constraint(*extents, **more), reference["ovn"], want)
    return told[ONE[CONSTRAINTS]] if want == 200 else told


def test_a_constraint_comes_changes_and_goes(alder, spot):
    """C1, C3, U11's like: 201, 200, 200, and what each of them says."""
    name = new_id()
    told = alder.put(CONSTRAINTS, name, alder.constraint(spot.volume(), uss_base_url="https://alder.example/a"))
    reference = told[ONE[CONSTRAINTS]]
    assert told["subscribers"] == []
    assert {**reference, "ovn": 0, "time_start": 0, "time_end": 0} == {
        "id": name, "manager": "alder", "uss_availability": "Unknown", "version": 1, "ovn": 0, "time_start": 0, "time_end": 0,
        "uss_base_url": "https://alder.example/a"}
    assert (v.moment_of(reference["time_start"]), v.moment_of(reference["time_end"])) == (spot.at(10), spot.at(20))
    assert alder.get(CONSTRAINTS, name) == reference
    after = changed(alder, reference, spot.volume(start=5, end=40), uss_base_url="https://alder.example/b")
    assert (after["version"], after["uss_base_url"]) == (2, "https://alder.example/b") and after["ovn"] != reference["ovn"]
    assert (v.moment_of(after["time_start"]), v.moment_of(after["time_end"])) == (spot.at(5), spot.at(40))
    assert alder.get(CONSTRAINTS, name) == after
    assert alder.delete(CONSTRAINTS, name, after["ovn"]) == {"constraint_reference": after, "subscribers": []}
    alder.get(CONSTRAINTS, name, want=404)


@pytest.mark.parametrize("bounds, status", [
    ({}, 201), ({"low": None}, 201), ({"high": None}, 201), ({"low": None, "high": None}, 201), ({"start": None}, 400),
    ({"end": None}, 400), ({"outline": {}}, 400), ({"start": -60, "end": -1}, 400), ({"start": -600, "end": 1}, 201),
    ({"start": 0, "end": 60 * 48}, 201)], ids=str)
def test_what_a_constraint_must_have(alder, spot, bounds, status):
    """C1: start, end, and a footprint; an end to come; altitudes if one likes."""
    alder.put(CONSTRAINTS, new_id(), alder.constraint(spot.volume(**bounds)), want=status)
    there = alder.restricted(v.Spot().volume())
    changed(alder, there, spot.volume(**bounds), want=200 if status == 201 else status)


@pytest.mark.parametrize("url", ["", "http://alder.example", "alder.example", "ftp://alder.example", None])
def test_base_urls(alder, spot, url):
    """C1: https."""
    body = alder.constraint(spot.volume(), uss_base_url=url)
    if url is None:
        del body["uss_base_url"]
    alder.put(CONSTRAINTS, new_id(), body, want=400)
    there = alder.restricted(spot.volume())
    alder.put(CONSTRAINTS, there["id"], body, there["ovn"], want=400)
    assert alder.query(CONSTRAINTS, spot.anytime()) == [there]


def test_the_order_of_reasons_for_a_put(alder, birch, spot):
    """C1, M3: 400; another's 403, whatever the OVN; a stale OVN 409, also of what is not there (other than for intents)."""
    reference = alder.restricted(spot.volume())
    for ovn in (None, OVN, reference["ovn"]):
        birch.put(CONSTRAINTS, reference["id"], birch.constraint(spot.volume(end=None)), ovn, want=400)
        birch.put(CONSTRAINTS, reference["id"], birch.constraint(spot.volume()), ovn, want=403)
    for ovn in (None, OVN):
        alder.put(CONSTRAINTS, reference["id"], alder.constraint(spot.volume()), ovn, want=409)
    alder.put(CONSTRAINTS, new_id(), alder.constraint(spot.volume()), OVN, want=409)
    assert alder.get(CONSTRAINTS, reference["id"]) == reference
    assert alder.found(CONSTRAINTS, spot.anytime()) == {reference["id"]}


def test_the_order_of_reasons_for_a_delete(alder, birch, spot):
    """C3: 400, 404, 403, 409."""
    reference = alder.restricted(spot.volume())
    alder.delete(CONSTRAINTS, "x", OVN, want=400)
    alder.delete(CONSTRAINTS, reference["id"], "", want=400)
    alder.delete(CONSTRAINTS, new_id(), "", want=400)
    birch.delete(CONSTRAINTS, new_id(), OVN, want=404)
    for ovn in (OVN, reference["ovn"]):
        birch.delete(CONSTRAINTS, reference["id"], ovn, want=403)
    alder.delete(CONSTRAINTS, reference["id"], OVN, want=409)
    assert alder.get(CONSTRAINTS, reference["id"]) == reference
    alder.delete(CONSTRAINTS, reference["id"], reference["ovn"])
    alder.delete(CONSTRAINTS, reference["id"], reference["ovn"], want=404)


def test_an_empty_ovn_in_the_path_of_a_put(alder, spot):
    """T1, C3: is none."""
    reference = alder.restricted(spot.volume())
    alder.put(CONSTRAINTS, reference["id"], alder.constraint(spot.volume()), "", want=400)
    assert alder.get(CONSTRAINTS, reference["id"]) == reference


def test_get_and_query(served, alder, birch, spot):
    """C3: as for intents; whoever has a scope may read, past ones stay, always a list."""
    path = f"/dss/v1/{CONSTRAINTS}/query"
    for body in ({}, {"area_of_interest": None}, {"area_of_interest": {}}, None):
        alder.call("POST", path, body, 400)
    assert alder.query(CONSTRAINTS, spot.anytime()) == []
    mine, theirs = alder.restricted(spot.volume()), birch.restricted(spot.volume(start=30, end=40))
    reader = served.uss("stranger", "cp")
    assert reader.get(CONSTRAINTS, mine["id"]) == {**mine, "ovn": ELSEWHERE}
    assert reader.found(CONSTRAINTS, spot.anytime()) == {mine["id"], theirs["id"]}
    assert [one["ovn"] for one in reader.query(CONSTRAINTS, spot.anytime())] == [ELSEWHERE] * 2
    assert alder.query(CONSTRAINTS, spot.volume()) == [mine]
    assert alder.found(CONSTRAINTS, spot.volume(start=-100, end=35)) == {mine["id"], theirs["id"]}
    assert alder.query(CONSTRAINTS, spot.volume(start=-100, end=-50)) == []


def test_constraints_need_no_key(alder, birch, spot):
    """C2: they lie upon each other and upon intents, of whomever."""
    birch.filed(spot.volume())
    for client in (alder, birch, alder):
        client.restricted(spot.volume())
    assert len(alder.query(CONSTRAINTS, spot.anytime())) == 3


def test_who_is_told(alder, birch, spot):
    """C2: who asked for constraints, by cells and time; grouped, and by one."""
    told_ones = {birch.subscribed(area, False, True)["id"] for area in (
        spot.volume(), spot.volume(low=8000, high=9000), spot.volume(start=20, end=30), spot.volume(start=1, end=10))}
    told_ones.add(alder.subscribed(spot.volume(), True, True)["id"])
    others = {birch.subscribed(spot.volume(), True, False)["id"], birch.subscribed(spot.volume(spot.in_cell(4)), False, True)["id"],
              birch.subscribed(spot.volume(start=21, end=30), False, True)["id"]}
    told = alder.put(CONSTRAINTS, new_id(), alder.constraint(spot.volume()))
    assert told_of(told) == {name: 1 for name in told_ones}
    groups = {one["uss_base_url"]: len(one["subscriptions"]) for one in told["subscribers"]}
    assert groups == {birch.url: 4, alder.url: 1}
    reference = told[ONE[CONSTRAINTS]]
    told = alder.delete(CONSTRAINTS, reference["id"], reference["ovn"])
    assert told_of(told) == {name: 2 for name in told_ones}
    assert all(birch.get(SUBSCRIPTIONS, name)["notification_index"] == 0 for name in others)


def test_a_move_is_told_at_both_ends(alder, birch, spot):
    """C2: cells of before and after, and the time that holds both."""
    west, east = (birch.subscribed(spot.volume(spot.in_cell(cell)), False, True)["id"] for cell in (-3, 3))
    between = birch.subscribed(spot.volume(spot.in_cell(-3), start=30, end=31), False, True)["id"]
    reference = alder.restricted(spot.volume(spot.in_cell(-3)))
    told = alder.put(CONSTRAINTS, reference["id"], alder.constraint(spot.volume(spot.in_cell(3), start=50, end=60)), reference["ovn"])
    assert told_of(told) == {west: 2, east: 1, between: 1}


def test_an_implicit_subscription_is_told_if_it_asked(alder, birch, spot):
    """C2, U7b."""
    yes = birch.filed(spot.volume(), new_subscription=birch.implicit(notify_for_constraints=True))["subscription_id"]
    birch.filed(spot.volume(low=500, high=600), new_subscription=birch.implicit())
    told = alder.put(CONSTRAINTS, new_id(), alder.constraint(spot.volume()))
    assert set(told_of(told)) == {yes}


def test_a_refusal_tells_nobody(alder, birch, spot):
    """C2."""
    name = birch.subscribed(spot.volume(), False, True)["id"]
    reference = birch.restricted(spot.volume())
    alder.put(CONSTRAINTS, reference["id"], alder.constraint(spot.volume()), reference["ovn"], want=403)
    birch.put(CONSTRAINTS, reference["id"], birch.constraint(spot.volume()), OVN, want=409)
    birch.delete(CONSTRAINTS, reference["id"], OVN, want=409)
    birch.put(INTENTS, new_id(), birch.intent(spot.volume()))
    assert birch.get(SUBSCRIPTIONS, name)["notification_index"] == 1


def test_who_is_down_may_still_restrict(served, spot):
    """The 412 of U5 is a matter of intents: the text has none here."""
    uss = served.uss(f"uss-{new_id()[:8]}")
    uss.mark(uss.sub, "Down")
    reference = uss.restricted(spot.volume())
    assert reference["uss_availability"] == "Unknown"  # I9
    reference = changed(uss, reference, spot.volume())
    uss.delete(CONSTRAINTS, reference["id"], reference["ovn"])
