"""F3548 door: subscriptions that USSs make themselves (rules S1 to S10)."""
import time
from datetime import timedelta

import pytest

import dss_volumes as v
from dss import CONSTRAINTS, INTENTS, ONE, SUBSCRIPTIONS, new_id
from dss_shapes import ELSEWHERE

HOURS = 60


def edited(client, one, extents, intents=True, constraints=False, want=200, **more):
    told = client.put(SUBSCRIPTIONS, one["id"], client.subscription(extents, intents, constraints, **more), one["version"], want)
    return told["subscription"] if want == 200 else told


def times(one):
    return v.moment_of(one["time_start"]), v.moment_of(one["time_end"])


def test_a_subscription_comes_changes_and_goes(alder, spot):
    """Endpoints 12 to 15: 200 each, a create too."""
    name = new_id()
    told = alder.put(SUBSCRIPTIONS, name, alder.subscription(spot.volume(), True, True, uss_base_url="https://alder.example/a"))
    one = told["subscription"]
    assert told[INTENTS] == [] and told[CONSTRAINTS] == []
    assert one["id"] == name and one["notification_index"] == 0 and one["uss_base_url"] == "https://alder.example/a"
    assert one["notify_for_operational_intents"] is True and one["notify_for_constraints"] is True
    assert one.get("implicit_subscription", False) is False and one.get("dependent_operational_intents", []) == []
    assert times(one) == (spot.at(10), spot.at(20))
    assert alder.get(SUBSCRIPTIONS, name) == one
    after = edited(alder, one, spot.volume(start=5, end=40), False, True, uss_base_url="https://alder.example/b")
    assert after["version"] != one["version"] and after["uss_base_url"] == "https://alder.example/b"
    assert after.get("notify_for_operational_intents", False) is False and after["notify_for_constraints"] is True
    assert times(after) == (spot.at(5), spot.at(40)) and alder.get(SUBSCRIPTIONS, name) == after
    assert alder.delete(SUBSCRIPTIONS, name, after["version"]) == {"subscription": after}
    alder.get(SUBSCRIPTIONS, name, want=404)


# --- S1, S2 ---
@pytest.mark.parametrize("url", ["", "http://alder.example", "alder.example", "ftp://alder.example", None])
def test_base_urls(alder, spot, url):
    """S1: https."""
    body = alder.subscription(spot.volume(), uss_base_url=url)
    if url is None:
        del body["uss_base_url"]
    alder.put(SUBSCRIPTIONS, new_id(), body, want=400)
    one = alder.subscribed(spot.volume())
    alder.put(SUBSCRIPTIONS, one["id"], body, one["version"], want=400)
    assert alder.get(SUBSCRIPTIONS, one["id"]) == one


def test_it_is_told_of_something(alder, spot):
    """S1: neither flag is 400."""
    for flags in ({"notify_for_operational_intents": False, "notify_for_constraints": False}, {}, {"notify_for_constraints": False}):
        body = {"extents": spot.volume(), "uss_base_url": alder.url, **flags}
        alder.put(SUBSCRIPTIONS, new_id(), body, want=400)
    alder.put(SUBSCRIPTIONS, new_id(), {"extents": spot.volume(), "uss_base_url": alder.url, "notify_for_constraints": True})
    one = alder.subscribed(spot.volume())
    edited(alder, one, spot.volume(), False, False, want=400)


@pytest.mark.parametrize("start, end, status", [
    (-4, 20, 200), (-6, 20, 400), (-600, 20, 400), (20, 10, 400), (10, 10 + 24 * HOURS, 200), (10, 11 + 24 * HOURS, 400),
    (10, 240 * HOURS, 400), (-6, None, 400), (-4, None, 200), (240 * HOURS, 250 * HOURS, 200), (20, 20, 400)])
def test_windows(alder, spot, start, end, status):
    """S1: it starts at most five minutes ago, ends after that, and lasts 24 hours at most; however far from now."""
    told = alder.put(SUBSCRIPTIONS, new_id(), alder.subscription(spot.volume(start=start, end=end)), want=status)
    if status == 200 and end is not None:
        assert times(told["subscription"]) == (spot.at(start), spot.at(end))
    edited(alder, alder.subscribed(v.Spot().volume()), spot.volume(start=start, end=end), want=status if end is not None else
           400 if start == -6 else 200)


def test_times_that_are_not_said(alder, spot):
    """S2: from now, for 24 hours."""
    before = v.now() - timedelta(seconds=2)
    both = times(alder.subscribed(spot.anytime()))
    end = times(alder.subscribed(spot.volume(start=None, end=30)))
    start = times(alder.subscribed(spot.volume(start=30, end=None)))
    after = v.now() + timedelta(seconds=2)
    assert before <= both[0] <= after and both[1] - both[0] == timedelta(hours=24)
    assert before <= end[0] <= after and end[1] == spot.at(30)
    assert start == (spot.at(30), spot.at(30) + timedelta(hours=24))
    alder.put(SUBSCRIPTIONS, new_id(), alder.subscription(spot.volume(start=None, end=26 * HOURS)), want=400)


def test_times_that_an_edit_does_not_say(alder, spot):
    """S2: are those of before."""
    one = alder.subscribed(spot.volume())
    assert times(one := edited(alder, one, spot.anytime())) == (spot.at(10), spot.at(20))
    assert times(one := edited(alder, one, spot.volume(start=None, end=40))) == (spot.at(10), spot.at(40))
    assert times(one := edited(alder, one, spot.volume(start=15, end=None))) == (spot.at(15), spot.at(40))
    edited(alder, one, spot.volume(start=None, end=5), want=400)
    edited(alder, one, spot.volume(start=50, end=None), want=400)
    assert alder.get(SUBSCRIPTIONS, one["id"]) == one


# --- S3, S5 ---
def test_the_order_of_reasons_for_a_put(alder, birch, spot):
    """S3, M3: 400; there already 409; not there 400; another version 409; then whose it is, 403."""
    one = alder.subscribed(spot.volume())
    for client in (alder, birch):
        client.put(SUBSCRIPTIONS, one["id"], client.subscription(spot.volume(), False, False), want=400)
        client.put(SUBSCRIPTIONS, one["id"], client.subscription(spot.volume()), want=409)
        client.put(SUBSCRIPTIONS, one["id"], client.subscription(spot.volume()), "another-version", want=409)
        client.put(SUBSCRIPTIONS, new_id(), client.subscription(spot.volume()), one["version"], want=400)
    edited(birch, one, spot.volume(), want=403)
    edited(birch, one, spot.volume(), False, False, want=400)
    assert alder.get(SUBSCRIPTIONS, one["id"]) == one


def test_an_edit_keeps_the_index(alder, birch, spot):
    """S5: 0 at first, kept by edits, and moved by others' changes only."""
    one = alder.subscribed(spot.volume())
    for number in range(1, 4):
        birch.filed(spot.volume(low=100 * number, high=100 * number + 50))
        assert alder.get(SUBSCRIPTIONS, one["id"])["notification_index"] == number
        one = edited(alder, one, spot.volume())
        assert one["notification_index"] == number
    one = edited(alder, one, spot.volume(spot.in_cell(4)))
    birch.filed(spot.volume(low=1000, high=1100))
    assert alder.get(SUBSCRIPTIONS, one["id"])["notification_index"] == 3


def test_an_edit_moves_it(alder, birch, spot):
    """S5, S6: from then on it is where it is now, and asks for what it asks for now."""
    one = edited(alder, alder.subscribed(spot.volume()), spot.volume(spot.in_cell(3)))
    assert alder.found(SUBSCRIPTIONS, spot.volume()) == set() and alder.found(SUBSCRIPTIONS, spot.volume(spot.in_cell(3))) == {one["id"]}
    one = edited(alder, one, spot.volume(spot.in_cell(3)), False, True)
    birch.filed(spot.volume(spot.in_cell(3)))
    assert alder.get(SUBSCRIPTIONS, one["id"])["notification_index"] == 0
    birch.restricted(spot.volume(spot.in_cell(3)))
    assert alder.get(SUBSCRIPTIONS, one["id"])["notification_index"] == 1


# --- S4 ---
@pytest.mark.parametrize("area, status", [
    ({}, 200), ({"low": None, "high": None}, 200), ({"low": 100, "high": 200}, 200), ({"low": 101}, 400), ({"high": 199}, 400),
    ({"low": 0, "high": 1000}, 200), ({"end": 19}, 400), ({"end": 21}, 200), ({"start": 5}, 200), ({"start": 14}, 200),
    ({"start": 16}, 400), ({"further": 3}, 400), ({"further": 0, "half": 2000}, 200)], ids=str)
def test_an_edit_must_still_cover_what_leans_on_it(alder, spot, area, status):
    """S4: cells, altitudes as the request has them, the end, and the start but for five minutes."""
    one = alder.subscribed(spot.volume(low=None, high=None, start=0, end=60))
    reference = alder.filed(spot.volume(), subscription_id=one["id"])
    one = alder.get(SUBSCRIPTIONS, one["id"])
    outline = spot.in_cell(area.pop("further", 0), 0, area.pop("half", 50))
    after = edited(alder, one, spot.volume(outline, **area), want=status)
    if status == 200:
        assert after["dependent_operational_intents"] == [reference["id"]]
    else:
        assert alder.get(SUBSCRIPTIONS, one["id"]) == one


def test_every_intent_that_leans_on_it_counts(alder, spot):
    """S4: and none that does no more."""
    one = alder.subscribed(spot.volume(v.circle(spot.lat, spot.lng, 6000), start=0, end=60))
    first = alder.filed(spot.volume(), subscription_id=one["id"])
    second = alder.filed(spot.volume(spot.in_cell(2), end=50), subscription_id=one["id"])
    edited(alder, one, spot.volume(), want=400)
    edited(alder, one, spot.volume(spot.in_cell(2), end=50), want=400)
    alder.delete(INTENTS, second["id"], second["ovn"])
    one = edited(alder, one, spot.volume())
    alder.changed(first, spot.volume())
    edited(alder, one, spot.volume(spot.in_cell(2), low=1, high=2))


# --- S6 ---
@pytest.mark.parametrize("intents, constraints", [(True, False), (False, True), (True, True)])
def test_it_is_told_what_is_there(alder, birch, spot, intents, constraints):
    """S6: of each kind that it asks for, and of the other there is no member at all; at a create and at an edit."""
    expected = {alder.filed(spot.volume())["id"], birch.filed(spot.volume(low=8000, high=9000))["id"],
                birch.filed(spot.volume(low=500, high=600, start=20, end=30))["id"]}
    fences = {alder.restricted(spot.volume())["id"], birch.restricted(spot.volume(low=8000, high=9000))["id"]}
    for far in (spot.volume(start=21, end=29, low=900, high=950), spot.volume(spot.in_cell(4))):
        birch.filed(far)
        birch.restricted(far)
    told = alder.put(SUBSCRIPTIONS, new_id(), alder.subscription(spot.volume(), intents, constraints))
    for _ in range(2):
        assert (INTENTS in told) is intents and (CONSTRAINTS in told) is constraints
        for kind, names in ((INTENTS, expected), (CONSTRAINTS, fences)):
            if kind in told:
                assert {one["id"] for one in told[kind]} == names and len(told[kind]) == len(names)
                assert all((one["ovn"] == ELSEWHERE) is (one["manager"] != "alder") for one in told[kind])
                assert all(one["ovn"] == ELSEWHERE or one == alder.get(kind, one["id"]) for one in told[kind])
        one = told["subscription"]
        told = alder.put(SUBSCRIPTIONS, one["id"], alder.subscription(spot.volume(), intents, constraints), one["version"])


# --- S7 ---
def test_the_order_of_reasons_for_a_delete(alder, birch, spot):
    """S7: 400, 404, 403, 409, and 400 while an intent leans on it."""
    one = alder.subscribed(spot.volume())
    alder.delete(SUBSCRIPTIONS, "x", "1", want=400)
    alder.delete(SUBSCRIPTIONS, one["id"], "", want=400)
    alder.delete(SUBSCRIPTIONS, new_id(), "", want=400)
    birch.delete(SUBSCRIPTIONS, new_id(), one["version"], want=404)
    for version in ("another-version", one["version"]):
        birch.delete(SUBSCRIPTIONS, one["id"], version, want=403)
    reference = alder.filed(spot.volume(), subscription_id=one["id"])
    alder.delete(SUBSCRIPTIONS, one["id"], "another-version", want=409)
    alder.delete(SUBSCRIPTIONS, one["id"], one["version"], want=400)
    assert alder.get(INTENTS, reference["id"]) == reference
    alder.delete(INTENTS, reference["id"], reference["ovn"])
    told = alder.delete(SUBSCRIPTIONS, one["id"], one["version"])
    assert told["subscription"]["notification_index"] == 2
    alder.delete(SUBSCRIPTIONS, one["id"], one["version"], want=404)
    alder.put(SUBSCRIPTIONS, one["id"], alder.subscription(spot.volume()), one["version"], want=400)


def test_an_implicit_one_cannot_be_deleted_from_under_its_intent(alder, spot):
    """S7."""
    reference = alder.filed(spot.volume(), new_subscription=alder.implicit())
    one = alder.get(SUBSCRIPTIONS, reference["subscription_id"])
    alder.delete(SUBSCRIPTIONS, one["id"], one["version"], want=400)
    assert alder.get(SUBSCRIPTIONS, one["id"]) == one


def test_an_empty_version_in_the_path_of_a_put(alder, spot):
    """T1, S7: is none."""
    one = alder.subscribed(spot.volume())
    alder.put(SUBSCRIPTIONS, one["id"], alder.subscription(spot.volume()), "", want=400)
    assert alder.get(SUBSCRIPTIONS, one["id"]) == one


# --- S8 ---
def test_they_are_their_owner_s_to_read(alder, birch, spot):
    """S8: 403 for others, 404 for what is not there; a query lists one's own."""
    mine, theirs = alder.subscribed(spot.volume()), birch.subscribed(spot.volume())
    birch.get(SUBSCRIPTIONS, mine["id"], want=403)
    alder.get(SUBSCRIPTIONS, theirs["id"], want=403)
    birch.get(SUBSCRIPTIONS, new_id(), want=404)
    assert alder.query(SUBSCRIPTIONS, spot.anytime()) == [mine]
    assert birch.query(SUBSCRIPTIONS, spot.anytime()) == [theirs]


def test_query(served, alder, spot):
    """S8, D4: an area is required; time counts, altitude does not."""
    path = f"/dss/v1/{SUBSCRIPTIONS}/query"
    for body in ({}, {"area_of_interest": None}, {"area_of_interest": {}}, None):
        alder.call("POST", path, body, 400)
    assert alder.query(SUBSCRIPTIONS, spot.anytime()) == []
    names = {alder.subscribed(spot.volume(), *flags)["id"] for flags in ((True, False), (False, True))}
    names.add(alder.filed(spot.volume(), new_subscription=alder.implicit())["subscription_id"])
    for scope in ("sc", "cp"):
        assert served.uss("alder", scope).found(SUBSCRIPTIONS, spot.anytime()) == names
    assert alder.found(SUBSCRIPTIONS, spot.volume(low=9000, high=9001, start=20, end=25)) == names
    assert alder.found(SUBSCRIPTIONS, spot.volume(start=21, end=25)) == set()
    assert alder.found(SUBSCRIPTIONS, spot.anytime(spot.in_cell(1))) == set()


def test_one_that_is_over(alder, birch, spot):
    """S8: no query lists it, a GET still finds it; U10: it is told of what reaches back to it, as its time says."""
    until = v.now() + timedelta(seconds=2)
    one = alder.subscribed(v.volume(spot.square(), start=spot.at(-1), end=until))
    assert alder.found(SUBSCRIPTIONS, spot.anytime()) == {one["id"]}
    while v.now() <= until + timedelta(milliseconds=50):
        time.sleep(0.05)
    assert alder.query(SUBSCRIPTIONS, spot.anytime()) == []
    assert alder.get(SUBSCRIPTIONS, one["id"]) == one
    birch.get(SUBSCRIPTIONS, one["id"], want=403)
    alder.put(SUBSCRIPTIONS, one["id"], alder.subscription(spot.volume()), want=409)
    one = edited(alder, one, spot.volume(start=1, end=30))
    assert alder.found(SUBSCRIPTIONS, spot.anytime()) == {one["id"]}


# --- S9, S10 ---
def test_flags_go_beyond_a_token_s_scope(served, spot):
    """S9: the ecosystem does not enforce it, so neither do we unless told to."""
    for scope, flags in (("sc", (False, True)), ("sc", (True, True)), ("cp", (True, False))):
        client = served.uss("alder", scope)
        told = client.put(SUBSCRIPTIONS, new_id(), client.subscription(spot.volume(), *flags))
        assert told["subscription"]["notify_for_constraints"] is flags[1]
    client = served.uss("alder", "sc")
    reference = client.filed(spot.volume(), new_subscription=client.implicit(notify_for_constraints=True))
    assert client.get(SUBSCRIPTIONS, reference["subscription_id"])["notify_for_constraints"] is True


def test_there_is_no_quota_of_ten(alder, birch, spot):
    """S10: that is of another standard."""
    names = {alder.subscribed(spot.volume())["id"] for _ in range(30)}
    assert alder.found(SUBSCRIPTIONS, spot.volume()) == names
    told = birch.put(INTENTS, new_id(), birch.intent(spot.volume()))
    assert [len(one["subscriptions"]) for one in told["subscribers"]] == [30]
    assert told[ONE[INTENTS]]["manager"] == "birch"
