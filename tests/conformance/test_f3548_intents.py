"""F3548 door: filing, changing, ending and reading operational intents (rules U1 to U6, U9, U11, D1, D3, D4, M3): what each request
must have, and which reason is given where several hold."""
import time
from datetime import timedelta

import pytest

import dss_volumes as v
from dss import INTENTS, NOBODY, ONE, SUBSCRIPTIONS, missing, new_id, told_of
from dss_shapes import ELSEWHERE, NO_SUBSCRIPTION

OVN = "o" * 44


@pytest.fixture
def plain(served):
    """alder with the one scope of strategic coordination."""
    return served.uss("alder", "sc")


@pytest.fixture
def down(served):
    """A USS that stands at Down."""
    uss = served.uss(f"down-{new_id()[:8]}")
    uss.mark(uss.sub, "Down")
    return uss


def without(body, name):
    return {key: value for key, value in body.items() if key != name}


# --- U1 ---
def test_an_answer_says_what_was_filed(alder, spot):
    """U9, U11: of a create, an update and a delete."""
    name = new_id()
    told = alder.put(INTENTS, name, alder.intent(spot.volume(), uss_base_url="https://alder.example/a"))
    reference = told[ONE[INTENTS]]
    assert told["subscribers"] == []
    assert {**reference, "ovn": 0, "time_start": 0, "time_end": 0} == {
        "id": name, "manager": "alder", "uss_availability": "Unknown", "version": 1, "state": "Accepted", "ovn": 0, "time_start": 0,
        "time_end": 0, "uss_base_url": "https://alder.example/a", "subscription_id": NO_SUBSCRIPTION}
    assert (v.moment_of(reference["time_start"]), v.moment_of(reference["time_end"])) == (spot.at(10), spot.at(20))
    change = alder.intent(spot.volume(start=12, end=30), uss_base_url="https://alder.example/b", state="Activated",
                          new_subscription=alder.implicit())
    after = alder.put(INTENTS, name, change, reference["ovn"])[ONE[INTENTS]]
    assert (after["version"], after["state"], after["uss_base_url"]) == (2, "Activated", "https://alder.example/b")
    assert (v.moment_of(after["time_start"]), v.moment_of(after["time_end"])) == (spot.at(12), spot.at(30))
    assert alder.get(INTENTS, name) == after
    told = alder.delete(INTENTS, name, after["ovn"])
    assert told[ONE[INTENTS]] == after, "D2: the last state"


@pytest.mark.parametrize("url", ["", "http://alder.example/utm", "alder.example", "ftp://alder.example", "javascript:alert(1)", None])
def test_base_urls(alder, spot, url):
    """U1: https, of the intent and of its new subscription."""
    body = alder.intent(spot.volume(), uss_base_url=url)
    alder.put(INTENTS, new_id(), body if url is not None else without(body, "uss_base_url"), want=400)
    implicit = {"uss_base_url": url} if url is not None else {"notify_for_constraints": False}
    alder.put(INTENTS, new_id(), alder.intent(spot.volume(), new_subscription=implicit), want=400)
    reference = alder.filed(spot.volume())
    alder.changed(reference, spot.volume(), uss_base_url=url or "", want=400)
    alder.changed(reference, spot.volume(), new_subscription=implicit, want=400)
    assert alder.get(INTENTS, reference["id"]) == reference


@pytest.mark.parametrize("state", ["Ended", "Closed", "accepted", "ACCEPTED", "", "Planned", None])
def test_states_that_are_none(alder, spot, state):
    """U1: an end is a DELETE."""
    body = alder.intent(spot.volume(), state=state)
    alder.put(INTENTS, new_id(), body if state is not None else without(body, "state"), want=400)
    reference = alder.filed(spot.volume())
    alder.changed(reference, spot.volume(), state=state or "", new_subscription=alder.implicit(), want=400)


def test_the_subscription_of_a_request(alder, spot):
    """U1: an id, or what to make; not both, and an id is a UUID."""
    own = alder.subscribed(spot.volume())["id"]
    alder.put(INTENTS, new_id(), alder.intent(spot.volume(), subscription_id=own, new_subscription=alder.implicit()), want=400)
    for wrong in ("x", own[:-1], "00000000-0000-0000-0000-000000000000"):
        alder.put(INTENTS, new_id(), alder.intent(spot.volume(), subscription_id=wrong), want=400)
    assert alder.query(INTENTS, spot.anytime()) == []
    alder.put(INTENTS, new_id(), alder.intent(spot.volume(), subscription_id=own, new_subscription=None))


@pytest.mark.parametrize("bound", ["start", "end", "low", "high"])
def test_all_bounds_are_required(alder, spot, bound):
    """U1."""
    alder.put(INTENTS, new_id(), alder.intent(spot.volume(**{bound: None})), want=400)
    reference = alder.filed(spot.volume())
    alder.changed(reference, spot.volume(**{bound: None}), want=400)
    alder.put(INTENTS, new_id(), without(alder.intent(), "extents"), want=400)


def test_a_start_may_be_past_and_an_end_may_not(alder, spot):
    """U1."""
    alder.filed(spot.volume(start=-300, end=5))
    alder.put(INTENTS, new_id(), alder.intent(spot.volume(low=500, high=600, start=-300, end=-1)), want=400)
    reference = alder.filed(spot.volume(low=500, high=600))
    alder.changed(reference, spot.volume(low=500, high=600, start=-300, end=-1), want=400)


def test_a_key_may_be_left_out(alder, birch, spot):
    """U8: it is empty then."""
    body = without(alder.intent(spot.volume()), "key")
    reference = alder.put(INTENTS, new_id(), body)[ONE[INTENTS]]
    told = birch.put(INTENTS, new_id(), without(birch.intent(spot.volume()), "key"), want=409)
    assert missing(told) == {reference["id"]}


# --- U2 to U5 ---
@pytest.mark.parametrize("state", ["Activated", "Nonconforming", "Contingent"])
def test_an_intent_begins_as_accepted(served, plain, alder, spot, state):
    """U2: else 400, whoever asks, and before it is known that the id is taken, or that the scope does not do (U4)."""
    body = alder.intent(spot.volume(), state=state, new_subscription=alder.implicit())
    for client in (alder, plain):
        client.put(INTENTS, new_id(), body, want=400)
    own, other = alder.filed(spot.volume(low=500, high=600)), served.uss("birch").filed(spot.volume(low=700, high=800))
    for name in (own["id"], other["id"]):
        alder.put(INTENTS, name, body, want=400)


@pytest.mark.parametrize("state", ["Activated", "Nonconforming", "Contingent"])
def test_all_but_accepted_need_a_subscription(plain, alder, spot, state):
    """U3: 400, also where the scope would not do (U4)."""
    reference = alder.filed(spot.volume(), new_subscription=alder.implicit())
    for client in (alder, plain):
        client.changed(reference, spot.volume(), state=state, want=400)
        client.changed(reference, spot.volume(), state=state, subscription_id="", want=400)
    given = alder.changed(reference, spot.volume(), state=state, subscription_id=reference["subscription_id"])
    assert given["state"] == state and given["subscription_id"] == reference["subscription_id"]


@pytest.mark.parametrize("state", ["Nonconforming", "Contingent"])
def test_off_nominal_states_need_their_scope(served, plain, alder, spot, state):
    """U4: 403 without `sa`; before the OVN is looked at (U6), and before the owner."""
    reference = alder.filed(spot.volume(), new_subscription=alder.implicit())
    more = {"state": state, "subscription_id": reference["subscription_id"]}
    plain.changed(reference, spot.volume(), want=403, **more)
    plain.changed({**reference, "ovn": OVN}, spot.volume(), want=403, **more)
    plain.put(INTENTS, new_id(), plain.intent(spot.volume(), **more), OVN, want=403)
    assert alder.get(INTENTS, reference["id"]) == reference
    only_sa = served.uss("alder", "sa")
    assert only_sa.changed(reference, spot.volume(), **more)["state"] == state


def test_any_state_follows_any_other(alder, spot):
    """U4: no other rule of transition is enforced."""
    reference = alder.filed(spot.volume(), new_subscription=alder.implicit())
    states = ["Accepted", "Activated", "Nonconforming", "Contingent"]
    for first in states:
        for second in states:
            for state in (first, second):
                reference = alder.changed(reference, spot.volume(), state=state, subscription_id=reference["subscription_id"])
                assert reference["state"] == state
    assert reference["version"] == 1 + 2 * len(states) ** 2


def test_who_is_down_files_nothing(served, spot):
    """U5: 412 for Accepted and Activated, and for DELETE; off-nominal states go on. Normal again, all is as it was."""
    uss = served.uss(f"uss-{new_id()[:8]}")
    reference = uss.filed(spot.volume(), new_subscription=uss.implicit())
    keep = {"subscription_id": reference["subscription_id"]}
    uss.mark(uss.sub, "Down")
    uss.put(INTENTS, new_id(), uss.intent(spot.volume(low=500, high=600)), want=412)
    for state in ("Accepted", "Activated"):
        uss.changed(reference, spot.volume(), state=state, want=412, **keep)
    uss.delete(INTENTS, reference["id"], reference["ovn"], want=412)
    assert uss.get(INTENTS, reference["id"]) == {**reference, "uss_availability": "Down"}
    for state in ("Nonconforming", "Contingent"):
        reference = uss.changed(reference, spot.volume(), state=state, **keep)
    uss.changed(reference, spot.volume(), state="Accepted", want=412, **keep)
    uss.delete(INTENTS, reference["id"], reference["ovn"], want=412)
    uss.mark(uss.sub, "Normal")
    reference = uss.changed(reference, spot.volume(), state="Activated", **keep)
    uss.mark(uss.sub, "Unknown")
    uss.delete(INTENTS, reference["id"], reference["ovn"])


def test_down_comes_after_the_form_and_before_the_owner(served, down, alder, spot):
    """M3: U1 to U4, then U5, then U6."""
    other = alder.filed(spot.volume())
    down.put(INTENTS, new_id(), down.intent(spot.volume(), state="Ended"), want=400)
    down.put(INTENTS, new_id(), down.intent(spot.volume(), state="Activated"), want=400)
    down.put(INTENTS, other["id"], down.intent(spot.volume(), state="Activated"), OVN, want=400)
    off_nominal = down.intent(spot.volume(), state="Contingent", subscription_id=NOBODY)
    served.uss(down.sub, "sc").put(INTENTS, other["id"], off_nominal, OVN, want=403)
    served.uss(down.sub, "cm").put(INTENTS, new_id(), down.intent(spot.volume()), want=403)
    down.put(INTENTS, other["id"], down.intent(spot.volume()), other["ovn"], want=412)
    down.put(INTENTS, new_id(), down.intent(spot.volume()), OVN, want=412)
    down.put(INTENTS, new_id(), down.intent(spot.volume(), subscription_id=NOBODY), want=412)


# --- U6 ---
def test_whose_it_is_and_which_version(alder, birch, spot):
    """U6: another's is 403, whatever the OVN; of one's own a stale OVN is 409 with nothing but a message."""
    reference = alder.filed(spot.volume())
    for ovn in (None, OVN, reference["ovn"], ELSEWHERE.replace(" ", "%20")):
        birch.put(INTENTS, reference["id"], birch.intent(spot.volume()), ovn, want=403)
    for ovn in (None, OVN):
        told = alder.put(INTENTS, reference["id"], alder.intent(spot.volume()), ovn, want=409)
        assert set(told) == {"message"}
    assert alder.get(INTENTS, reference["id"]) == reference


def test_a_change_of_what_is_not_there_is_400(alder, spot):
    """U6: the text knows no 404 here."""
    alder.put(INTENTS, new_id(), alder.intent(spot.volume()), OVN, want=400)
    reference = alder.filed(spot.volume())
    alder.delete(INTENTS, reference["id"], reference["ovn"])
    alder.changed(reference, spot.volume(), want=400)
    assert alder.query(INTENTS, spot.anytime()) == []


def test_an_empty_ovn_in_the_path(alder, spot):
    """T1, D1: is none."""
    reference = alder.filed(spot.volume())
    alder.put(INTENTS, reference["id"], alder.intent(spot.volume()), "", want=400)
    alder.delete(INTENTS, reference["id"], "", want=400)
    alder.delete(INTENTS, new_id(), "", want=400)
    assert alder.get(INTENTS, reference["id"]) == reference


def test_the_order_of_reasons_for_a_put(alder, birch, spot):
    """M3: form before owner before OVN before subscription before key."""
    reference, other = alder.filed(spot.volume()), birch.filed(spot.volume(low=500, high=600))
    foreign = birch.subscribed(spot.volume(low=0, high=1000, start=0, end=100))["id"]
    wide = spot.volume(low=0, high=1000)  # needs the keys of both
    birch.put(INTENTS, reference["id"], birch.intent(wide, state="Ended"), OVN, want=400)
    birch.put(INTENTS, reference["id"], birch.intent(wide, subscription_id=NOBODY), OVN, want=403)
    told = alder.put(INTENTS, reference["id"], alder.intent(wide, subscription_id=NOBODY), OVN, want=409)
    assert set(told) == {"message"}
    alder.put(INTENTS, reference["id"], alder.intent(wide, subscription_id=NOBODY), reference["ovn"], want=400)
    alder.put(INTENTS, reference["id"], alder.intent(wide, subscription_id=foreign), reference["ovn"], want=403)
    told = alder.put(INTENTS, reference["id"], alder.intent(wide), reference["ovn"], want=409)
    assert missing(told) == {other["id"]}
    alder.put(INTENTS, reference["id"], alder.intent(wide, key=[other["ovn"]]), reference["ovn"])


# --- D ---
def test_the_order_of_reasons_for_a_delete(served, alder, birch, spot):
    """D1: 400, 404, 403, 409."""
    reference = alder.filed(spot.volume())
    alder.delete(INTENTS, "x", OVN, want=400)
    alder.delete(INTENTS, new_id(), OVN, want=404)
    birch.delete(INTENTS, new_id(), OVN, want=404)
    birch.delete(INTENTS, reference["id"], OVN, want=403)
    birch.delete(INTENTS, reference["id"], reference["ovn"], want=403)
    told = alder.delete(INTENTS, reference["id"], OVN, want=409)
    assert set(told) == {"message"}
    assert alder.get(INTENTS, reference["id"]) == reference
    served.uss("alder", "sa").delete(INTENTS, reference["id"], reference["ovn"])
    alder.delete(INTENTS, reference["id"], reference["ovn"], want=404)
    birch.delete(INTENTS, reference["id"], reference["ovn"], want=404)


def test_get(served, alder, birch, spot):
    """D3: 404 for what is not there; whoever has a scope may read."""
    alder.get(INTENTS, new_id(), want=404)
    reference = alder.filed(spot.volume())
    for client in (birch, served.uss("stranger", "sa"), served.uss("stranger", "sc")):
        assert client.get(INTENTS, reference["id"]) == {**reference, "ovn": ELSEWHERE}
    alder.delete(INTENTS, reference["id"], reference["ovn"])
    for client in (alder, birch):
        client.get(INTENTS, reference["id"], want=404)


def test_query(served, alder, birch, spot):
    """D4: an area is required, times and altitudes are not; past ones are allowed; always a list."""
    path = f"/dss/v1/{INTENTS}/query"
    for body in ({}, {"area_of_interest": None}, {"area_of_interest": {}}, {"area": spot.anytime()}, None):
        alder.call("POST", path, body, 400)
    assert alder.query(INTENTS, spot.anytime()) == []
    mine = [alder.filed(spot.volume(low=100 * n, high=100 * n + 50))["id"] for n in range(1, 4)]
    theirs = birch.filed(spot.volume(low=1000, high=1100))["id"]
    for client in (alder, birch, served.uss("stranger", "sa")):
        assert client.found(INTENTS, spot.anytime()) == {*mine, theirs}
    assert alder.query(INTENTS, spot.volume(start=-100, end=-50)) == []
    assert alder.found(INTENTS, spot.volume(low=200, high=300, start=-100, end=10)) == {mine[1], mine[2]}
    assert alder.query(INTENTS, v.Spot().anytime()) == []


def test_an_intent_stays_when_its_time_is_over(alder, birch, spot):
    """D4: nobody deletes it but its manager; U8: it counts for whoever reaches back to it."""
    brief = v.volume(spot.square(), 100, 200, spot.at(-10), v.now() + timedelta(seconds=2))
    reference = alder.filed(brief)
    while v.now() <= v.moment_of(reference["time_end"]):
        time.sleep(0.05)
    assert alder.get(INTENTS, reference["id"]) == reference
    assert birch.found(INTENTS, spot.volume(start=-5, end=-4)) == {reference["id"]}
    told = birch.put(INTENTS, new_id(), birch.intent(spot.volume(start=-5, end=30)), want=409)
    assert missing(told) == {reference["id"]}
    birch.filed(spot.volume(start=-5, end=30), key=[reference["ovn"]])
    alder.changed(reference, brief, want=400)  # U1: its end is past
    alder.delete(INTENTS, reference["id"], reference["ovn"])


def test_subscriptions_are_told_of_what_the_scope_sa_changes(served, alder, spot):
    """U10: by whatever scope it was."""
    name = alder.subscribed(spot.volume())["id"]
    monitor = served.uss("monitor", "sa")
    told = monitor.put(INTENTS, new_id(), monitor.intent(spot.volume()))
    assert told_of(told) == {name: 1}
    alder.get(SUBSCRIPTIONS, name)
