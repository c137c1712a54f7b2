"""F3548 door: names, versions, OVNs and times (rules I1 to I9)."""
import uuid
from datetime import timedelta

import pytest

import dss_volumes as v
from dss import CONSTRAINTS, INTENTS, NOBODY, ONE, SUBSCRIPTIONS, new_id, uuid7
from dss_shapes import ELSEWHERE, NO_SUBSCRIPTION

KINDS = (INTENTS, CONSTRAINTS, SUBSCRIPTIONS)
NO_IDS = ["x", "query", NOBODY[:-1], NOBODY + "0", NOBODY.replace("f0", "g0"), "00000000-0000-0000-0000-000000000000",
          str(uuid.uuid1()), str(uuid.uuid5(uuid.NAMESPACE_DNS, "a")), "f0f0f0f0-f0f0-7f0f-8f0f-f0f0f0f0f0f0",
          "f0f0f0f0-f0f0-4f0f-cf0f-f0f0f0f0f0f0", "f0f0f0f0-f0f0-4f0f-0f0f-f0f0f0f0f0f0", "f0f0f0f0_f0f0_4f0f_8f0f_f0f0f0f0f0f0",
          "%20" + NOBODY]


def body_of(client, kind, place):
    return {INTENTS: lambda: client.intent(place.volume()), CONSTRAINTS: lambda: client.constraint(place.volume()),
            SUBSCRIPTIONS: lambda: client.subscription(place.volume())}[kind]()


def made(client, kind, place, name=None):
    return client.put(kind, name or new_id(), body_of(client, kind, place))[ONE[kind]]


def tag(kind, reference):
    """What the path of an update ends with."""
    return reference["version" if kind == SUBSCRIPTIONS else "ovn"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_is_a_uuid_of_version_4(alder, spot, kind):
    """I1, for every method; before what else is wrong with a request (D1)."""
    body = body_of(alder, kind, spot)
    for wrong in NO_IDS:
        alder.get(kind, wrong, want=400)
        alder.put(kind, wrong, body, want=400)
        alder.put(kind, wrong, body, "o" * 20, want=400)
        alder.delete(kind, wrong, "o" * 20, want=400)


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_has_lower_case(alder, spot, kind):
    """I1: either case comes in, lower case goes out, and both name one thing."""
    name = "abcdefab" + new_id()[8:]
    reference = made(alder, kind, spot, name.upper())
    assert reference["id"] == name
    assert alder.get(kind, name) == alder.get(kind, name.upper()) == reference
    alder.put(kind, name, body_of(alder, kind, spot), want=409)  # U6, C1, S3: it is there
    told = alder.put(kind, name.upper(), body_of(alder, kind, spot), tag(kind, reference), 200)[ONE[kind]]
    assert told["id"] == name
    alder.delete(kind, name.upper(), tag(kind, told))
    alder.get(kind, name, want=404)


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_have_names_of_their_own(alder, spot, kind):
    """One id may name an intent, a constraint and a subscription."""
    name = new_id()
    for one in KINDS:
        made(alder, one, spot, name)
    reference = alder.get(kind, name)
    alder.delete(kind, name, tag(kind, reference))
    for one in KINDS:
        alder.get(one, name, want=404 if one == kind else 200)


@pytest.mark.parametrize("kind", [INTENTS, CONSTRAINTS])
def test_versions_count_by_one_and_each_write_has_its_ovn(alder, spot, kind):
    """I2, I3: 1 at first, and a new OVN at each success, be the content the same; a refusal changes neither."""
    reference, seen = made(alder, kind, spot), set()
    for number in range(1, 6):
        assert reference["version"] == number and reference["ovn"] not in seen
        seen.add(reference["ovn"])
        alder.put(kind, reference["id"], body_of(alder, kind, spot), "o" * 44, want=409)
        alder.put(kind, reference["id"], {**body_of(alder, kind, spot), "extents": []}, reference["ovn"], want=400)
        assert alder.get(kind, reference["id"]) == reference
        reference = alder.put(kind, reference["id"], body_of(alder, kind, spot), reference["ovn"])[ONE[kind]]
    for old in seen:
        alder.put(kind, reference["id"], body_of(alder, kind, spot), old, want=409)
        alder.delete(kind, reference["id"], old, want=409)
    alder.delete(kind, reference["id"], reference["ovn"])
    again = made(alder, kind, spot, reference["id"])
    assert again["version"] == 1 and again["ovn"] not in seen | {reference["ovn"]}


def test_an_ovn_that_was_asked_for(alder, spot):
    """I4: `{entityid}_{suffix as given}`, at a create and at an update, in the case that it came in."""
    name, suffix = new_id(), uuid7()
    body = {**alder.intent(spot.volume()), "requested_ovn_suffix": suffix}
    reference = alder.put(INTENTS, name.upper(), body)[ONE[INTENTS]]
    assert reference["ovn"] == f"{name}_{suffix}"
    second = uuid7().upper()
    reference = alder.put(INTENTS, name, {**body, "requested_ovn_suffix": second}, reference["ovn"])[ONE[INTENTS]]
    assert reference["ovn"] == f"{name}_{second}" == alder.get(INTENTS, name)["ovn"] and reference["version"] == 2
    other = alder.intent(spot.volume(), key=[reference["ovn"]], requested_ovn_suffix=suffix)
    told = alder.put(INTENTS, new_id(), other)[ONE[INTENTS]]  # U8: it is good as a key; and a suffix is its entity's own (25-isolation D19)
    assert told["ovn"] == f"{told['id']}_{suffix}"
    plain = alder.changed(reference, spot.volume(), key=[told["ovn"]])
    assert second not in plain["ovn"]
    alder.delete(INTENTS, name, plain["ovn"])


@pytest.mark.parametrize("wrong", [lambda: "", lambda: "x", new_id, lambda: str(uuid.uuid1()), lambda: uuid7(-6), lambda: uuid7(6),
                                   lambda: uuid7(60 * 24), lambda: uuid7()[:-1], lambda: uuid7() + "0",
                                   lambda: str(uuid.UUID(int=7 << 76 | 2 << 62))])
def test_an_ovn_that_may_not_be_asked_for(alder, spot, wrong):
    """I4: a UUID, of version 7, whose clock is at most five minutes away."""
    alder.put(INTENTS, new_id(), alder.intent(spot.volume(), requested_ovn_suffix=wrong()), want=400)
    assert alder.query(INTENTS, spot.anytime()) == []
    reference = alder.filed(spot.volume())
    alder.changed(reference, spot.volume(), requested_ovn_suffix=wrong(), want=400)
    assert alder.get(INTENTS, reference["id"]) == reference


def test_a_clock_within_five_minutes_is_near_enough(alder, spot):
    """I4."""
    reference = alder.filed(spot.volume(), requested_ovn_suffix=uuid7(-4.5))
    alder.changed(reference, spot.volume(), requested_ovn_suffix=uuid7(4.5))


def test_no_ovn_of_an_intent_comes_back(alder, spot):
    """I4: neither the current one nor an older one; the reference fails there, we refuse."""
    first, second = uuid7(), uuid7()
    reference = alder.filed(spot.volume(), requested_ovn_suffix=first)
    alder.changed(reference, spot.volume(), requested_ovn_suffix=first, want=400)
    reference = alder.changed(reference, spot.volume(), requested_ovn_suffix=second)
    reference = alder.changed(reference, spot.volume())
    for old in (first, second):
        alder.changed(reference, spot.volume(), requested_ovn_suffix=old, want=400)
    assert alder.get(INTENTS, reference["id"]) == reference


def test_a_subscription_s_version_moves_with_its_edits_only(alder, birch, spot):
    """I5: text; new at each edit, untouched where the index moves."""
    told, seen = alder.subscribed(spot.volume()), set()
    for number in range(3):
        birch.filed(spot.volume(low=1000 + 100 * number, high=1050 + 100 * number))
        now = alder.get(SUBSCRIPTIONS, told["id"])
        assert now["version"] == told["version"] and now["notification_index"] == number + 1
        seen.add(told["version"])
        told = alder.put(SUBSCRIPTIONS, told["id"], alder.subscription(spot.volume()), told["version"])["subscription"]
        assert told["version"] not in seen and told["notification_index"] == number + 1  # S5
    for old in seen:
        alder.delete(SUBSCRIPTIONS, told["id"], old, want=409)
    alder.delete(SUBSCRIPTIONS, told["id"], told["version"])


@pytest.mark.parametrize("kind", KINDS)
def test_times_come_back_to_the_microsecond(alder, spot, kind):
    """I6: of whatever precision they came, in the zone Z."""
    start, end = spot.at(10) + timedelta(microseconds=123_457), spot.at(20) + timedelta(microseconds=1)
    area = v.volume(spot.square(), 0, 100, start, end)
    body = body_of(alder, kind, spot)
    told = alder.put(kind, new_id(), {**body, "extents": area if kind == SUBSCRIPTIONS else [area]})[ONE[kind]]
    got = alder.get(kind, told["id"])
    assert v.moment_of(got["time_start"]) == start and v.moment_of(got["time_end"]) == end
    for text, moment in ((spot.at(30).strftime("%Y-%m-%dT%H:%M:%SZ"), spot.at(30)),
                         (spot.at(30).strftime("%Y-%m-%dT%H:%M:%S.5Z"), spot.at(30) + timedelta(milliseconds=500)),
                         (spot.at(30).strftime("%Y-%m-%dT%H:%M:%S.123456000Z"), spot.at(30) + timedelta(microseconds=123_456))):
        area["time_end"] = {"value": text, "format": "RFC3339"}
        told = alder.put(kind, told["id"], {**body, "extents": area if kind == SUBSCRIPTIONS else [area]}, tag(kind, told), 200)[ONE[kind]]
        assert v.moment_of(told["time_end"]) == moment


def test_an_ovn_is_its_managers_to_see(alder, birch, spot):
    """I7: `Available from USS` to all others: GET, query, 409, the lists of a subscription; the owner sees it in each."""
    intent, restriction = alder.filed(spot.volume()), alder.restricted(spot.volume())
    for client, expected in ((alder, (intent["ovn"], restriction["ovn"])), (birch, (ELSEWHERE, ELSEWHERE))):
        got = [(client.get(INTENTS, intent["id"]), client.get(CONSTRAINTS, restriction["id"]))]
        got.append((client.query(INTENTS, spot.anytime())[0], client.query(CONSTRAINTS, spot.anytime())[0]))
        told = client.put(SUBSCRIPTIONS, new_id(), client.subscription(spot.volume(), True, True))
        got.append((told[INTENTS][0], told[CONSTRAINTS][0]))
        refused = client.put(INTENTS, new_id(), client.intent(spot.volume(), new_subscription=client.implicit(notify_for_constraints=True)),
                             want=409)
        got.append((refused["missing_operational_intents"][0], refused["missing_constraints"][0]))
        for one, other in got:
            assert (one["ovn"], other["ovn"]) == expected
            assert (one["id"], one["manager"], other["id"], other["manager"]) == (intent["id"], "alder", restriction["id"], "alder")
            assert {**one, "ovn": 0} == {**intent, "ovn": 0} and {**other, "ovn": 0} == {**restriction, "ovn": 0}


def test_the_words_instead_of_an_ovn_open_nothing(alder, birch, spot):
    """I7, U8: nor are they anybody's current OVN."""
    intent = alder.filed(spot.volume())
    birch.put(INTENTS, new_id(), birch.intent(spot.volume(), key=[ELSEWHERE]), want=409)
    alder.put(INTENTS, intent["id"], alder.intent(spot.volume()), ELSEWHERE.replace(" ", "%20"), want=409)


def test_an_intent_without_a_subscription_says_so(alder, spot):
    """I8: and that name is nobody's subscription."""
    intent = alder.filed(spot.volume())
    assert intent["subscription_id"] == NO_SUBSCRIPTION == alder.get(INTENTS, intent["id"])["subscription_id"]
    alder.get(SUBSCRIPTIONS, NO_SUBSCRIPTION, want=404)
    other = alder.filed(spot.volume(low=500, high=600), subscription_id="")  # I1: "" is absent
    assert other["subscription_id"] == NO_SUBSCRIPTION
    third = alder.filed(spot.volume(low=700, high=800), subscription_id="", new_subscription=alder.implicit())
    assert third["subscription_id"] != NO_SUBSCRIPTION


def test_availability_is_joined_when_it_is_read(served, spot):
    """I9: that of the manager, now; of constraints always Unknown."""
    uss, other = served.uss(f"uss-{new_id()}"), served.uss("birch")
    intent, restriction = uss.filed(spot.volume()), uss.restricted(spot.volume())
    assert intent["uss_availability"] == "Unknown"
    for state in ("Normal", "Down", "Unknown", "Normal"):
        other.mark(uss.sub, state)
        for client in (uss, other):
            assert client.get(INTENTS, intent["id"])["uss_availability"] == state
            assert client.query(INTENTS, spot.anytime())[0]["uss_availability"] == state
            assert client.get(CONSTRAINTS, restriction["id"])["uss_availability"] == "Unknown"
        told = other.put(SUBSCRIPTIONS, new_id(), other.subscription(spot.volume(), True, True))
        assert told[INTENTS][0]["uss_availability"] == state and told[CONSTRAINTS][0]["uss_availability"] == "Unknown"
        assert uss.get(INTENTS, intent["id"])["version"] == 1, "it is no change of the intent"
    assert uss.changed(intent, spot.volume())["uss_availability"] == "Normal"


def test_wrong_times_are_refused(alder, spot):
    """G8: what is no RFC 3339."""
    for text in ("", "now", "2030-01-01", "2030-01-01 00:00:00Z", "2030-01-01T00:00:00", "2030-13-01T00:00:00Z", "2030-02-30T00:00:00Z",
                 "2030-01-01T25:00:00Z", "1893456000", "2030-01-01T00:00Z"):
        area = {**spot.volume(), "time_end": {"value": text, "format": "RFC3339"}}
        alder.put(INTENTS, new_id(), alder.intent(area), want=400)
        alder.put(CONSTRAINTS, new_id(), alder.constraint(area), want=400)
        alder.put(SUBSCRIPTIONS, new_id(), alder.subscription(area), want=400)
        alder.query(INTENTS, area, want=400)
