"""F3548 door: many at once (rule X1). Ten workers, twenty things each time, all in one cell; and of those that compete for one thing,
exactly one wins."""
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import dss_volumes as v
from dss import CONSTRAINTS, INTENTS, ONE, SUBSCRIPTIONS, ids, missing, new_id, told_of, uuid7

WORKERS, MANY = 10, 20


def at_once(work, *lists):
    """What each call gives, in order; the first failure is raised."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, *lists))


def clients(served):
    return [served.uss(f"uss-{number % 5}") for number in range(MANY)]


def statuses(served, method, path, bodies):
    return [answer.status for answer in at_once(lambda client, body: client.call(method, path, body), clients(served), bodies)]


LAYERS = {
    "altitude": lambda place, n: place.volume(low=20 * n, high=20 * n + 19),
    "time": lambda place, n: place.volume(start=10 + 3 * n, end=12 + 3 * n),  # a minute from the end of one to the next
    "cells": lambda place, n: place.volume(place.in_cell(n % 5 - 2, n // 5 - 2)),
}


@pytest.mark.parametrize("apart", LAYERS)
@pytest.mark.parametrize("implicit", [False, True])
def test_intents_that_do_not_meet(served, spot, apart, implicit):
    """X1: creates, updates and deletes all succeed without a key, with implicit subscriptions and without."""
    areas = [LAYERS[apart](spot, n) for n in range(MANY)]
    more = [{"new_subscription": client.implicit()} if implicit else {} for client in clients(served)]
    made = at_once(lambda client, area, extra: client.filed(area, **extra), clients(served), areas, more)
    assert {one["version"] for one in made} == {1} and len({one["ovn"] for one in made}) == MANY
    keep = [{"subscription_id": one["subscription_id"], "state": "Activated"} if implicit else {} for one in made]
    changed = at_once(lambda client, one, area, extra: client.changed(one, area, **extra), clients(served), made, areas, keep)
    assert {one["version"] for one in changed} == {2} and len({one["ovn"] for one in made + changed}) == 2 * MANY
    wide = v.volume(spot.square(5000))
    assert {one["id"] for one in served.uss().query(INTENTS, wide)} == {one["id"] for one in made}
    at_once(lambda client, one: client.delete(INTENTS, one["id"], one["ovn"]), clients(served), changed)
    assert served.uss().query(INTENTS, wide) == []
    for number in range(5):
        assert served.uss(f"uss-{number}").query(SUBSCRIPTIONS, wide) == []


def test_constraints_and_subscriptions(served, spot):
    """X1: which never compete."""
    made = at_once(lambda client: client.restricted(spot.volume()), clients(served))
    owned = at_once(lambda client: client.subscribed(spot.volume(), True, True), clients(served))

    def change(client, one):
        return client.put(CONSTRAINTS, one["id"], client.constraint(spot.volume()), one["ovn"])

    def edit(client, one):
        version = client.get(SUBSCRIPTIONS, one["id"])["version"]  # which notices leave as it is
        return client.put(SUBSCRIPTIONS, one["id"], client.subscription(spot.volume(), False, True), version)["subscription"]

    told = at_once(change, clients(served), made)
    indices = sorted(told_of(one)[owned[0]["id"]] for one in told)
    assert indices == list(range(1, MANY + 1)), "each change has an index of its own"
    edited = at_once(edit, clients(served), owned)
    assert {one["notification_index"] for one in edited} == {MANY}
    fences = [one[ONE[CONSTRAINTS]] for one in told]
    at_once(lambda client, one: client.delete(CONSTRAINTS, one["id"], one["ovn"]), clients(served), fences)
    at_once(lambda client, one: client.delete(SUBSCRIPTIONS, one["id"], one["version"]), clients(served), edited)
    assert served.uss("uss-0").query(CONSTRAINTS, spot.anytime()) == []


def test_an_index_loses_no_count(served, alder, spot):
    """X1, U10: as many as there were changes, and each told once."""
    watched = [alder.subscribed(spot.volume(low=None, high=None, start=0, end=60))["id"] for _ in range(2)]

    def file(client, n):
        return client.put(INTENTS, new_id(), client.intent(spot.volume(low=20 * n, high=20 * n + 19)))

    told = [told_of(one) for one in at_once(file, clients(served), range(MANY))]
    for name in watched:
        assert sorted(one[name] for one in told) == list(range(1, MANY + 1))
        assert alder.get(SUBSCRIPTIONS, name)["notification_index"] == MANY
    assert all(one[watched[0]] == one[watched[1]] for one in told), "both moved in one step"


def test_of_those_who_want_one_volume_one_gets_it(served, spot):
    """X1, U8: with an empty key; the others are told of that one, and of nothing else."""
    names = [new_id() for _ in range(MANY)]

    def file(client, name):
        return client.call("PUT", f"/dss/v1/{INTENTS}/{name}", client.intent(spot.volume(), new_subscription=client.implicit()))

    answers = at_once(file, clients(served), names)
    assert sorted(one.status for one in answers) == [201] + [409] * (MANY - 1)
    winner = next(one.json()[ONE[INTENTS]] for one in answers if one.status == 201)
    assert all(missing(one.json()) == {winner["id"]} for one in answers if one.status == 409)
    assert ids(served.uss().query(INTENTS, spot.anytime())) == {winner["id"]}
    owned = [one["id"] for number in range(5) for one in served.uss(f"uss-{number}").query(SUBSCRIPTIONS, spot.anytime())]
    assert owned == [winner["subscription_id"]], "nothing is left of the others"


@pytest.mark.parametrize("kind", [INTENTS, CONSTRAINTS, SUBSCRIPTIONS])
def test_of_those_who_want_one_name_one_gets_it(served, alder, spot, kind):
    """X1: creates of one id by one subject; then changes of one version; then deletes."""
    body = {INTENTS: alder.intent(spot.volume()), CONSTRAINTS: alder.constraint(spot.volume()),
            SUBSCRIPTIONS: alder.subscription(spot.volume())}[kind]
    path = f"/dss/v1/{kind}/{new_id()}"
    made = at_once(lambda _: alder.call("PUT", path, body).status, range(MANY))
    assert sorted(made) == [200 if kind == SUBSCRIPTIONS else 201] + [409] * (MANY - 1)
    one = alder.get(kind, path[-36:])
    tag = one["version"] if kind == SUBSCRIPTIONS else one["ovn"]
    assert sorted(at_once(lambda _: alder.call("PUT", f"{path}/{tag}", body).status, range(MANY))) == [200] + [409] * (MANY - 1)
    one = alder.get(kind, path[-36:])
    tag = one["version"] if kind == SUBSCRIPTIONS else one["ovn"]
    assert sorted(at_once(lambda _: alder.call("DELETE", f"{path}/{tag}").status, range(MANY))) == [200] + [404] * (MANY - 1)


def test_one_name_between_subjects(served, spot):
    """X1, U6: whoever is first has it, and to the others it is another's."""
    name = new_id()
    bodies = [client.intent(spot.volume()) for client in clients(served)]
    told = statuses(served, "PUT", f"/dss/v1/{INTENTS}/{name}", bodies)
    assert told.count(201) == 1 and set(told) <= {201, 403, 409}
    owner = served.uss().get(INTENTS, name)["manager"]
    assert all(status in (201, 409) if client.sub == owner else status == 403 for client, status in zip(clients(served), told))


def test_availability_goes_version_by_version(served):
    """X1, A2."""
    name = f"uss-{new_id()}"
    bodies = [{"old_version": "", "availability": "Normal"}] * MANY
    assert sorted(statuses(served, "PUT", f"/dss/v1/uss_availability/{name}", bodies)) == [200] + [409] * (MANY - 1)


def test_two_steps_under_contention(served, spot):
    """X1, U8: clients that try again with what they are told of get in, each in its turn; here they tell each other their OVNs."""
    ovns = {}

    def file(client, name):
        key = []
        for _ in range(2 * MANY):
            answer = client.call("PUT", f"/dss/v1/{INTENTS}/{name}", client.intent(spot.volume(), key=key))
            if answer.status == 201:
                ovns[name] = answer.json()[ONE[INTENTS]]["ovn"]
                return name
            while not all(one in ovns for one in missing(answer.json())):
                time.sleep(0.001)  # its manager has yet to hear of it
            key = list(ovns.values())
        raise AssertionError("never let in")

    names = at_once(file, clients(served), [new_id() for _ in range(MANY)])
    assert served.uss().found(INTENTS, spot.anytime()) == set(names)


def test_intents_that_share_an_implicit_subscription(alder, spot):
    """X1, U7d: it is there as long as one of them is, and then it is not."""
    first = alder.filed(spot.volume(low=0, high=19), new_subscription=alder.implicit())
    name = first["subscription_id"]
    others = at_once(lambda n: alder.filed(spot.volume(low=20 * n, high=20 * n + 19, end=20 + n), subscription_id=name), range(1, MANY))
    one = alder.get(SUBSCRIPTIONS, name)
    assert set(one["dependent_operational_intents"]) == {first["id"], *(other["id"] for other in others)}
    assert v.moment_of(one["time_end"]) == spot.at(20 + MANY - 1) and one["notification_index"] == MANY
    at_once(lambda other: alder.delete(INTENTS, other["id"], other["ovn"]), [first, *others])
    alder.get(SUBSCRIPTIONS, name, want=404)


def test_readers_see_whole_steps(alder, birch, spot):
    """X1: while an intent moves to and fro with its subscription, a question finds it once, in one of its places."""
    reference = alder.filed(spot.volume(spot.in_cell(0)), new_subscription=alder.implicit())
    both = spot.anytime(v.polygon(*(v.point_in(spot.beside(i, j)) for i, j in ((-1, -1), (4, -1), (4, 1), (-1, 1)))))
    seen = []

    def move(one):
        for step in range(1, 30):
            one = alder.changed(one, spot.volume(spot.in_cell(3 * (step % 2))), new_subscription=alder.implicit())
        return one

    def look(client):
        for _ in range(30):
            seen.append((len(client.query(INTENTS, both)), len(alder.query(SUBSCRIPTIONS, both))))

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(move, reference), *(pool.submit(look, client) for client in (alder, birch, birch))]:
            done.result()
    assert set(seen) == {(1, 1)}


def test_an_end_may_overtake_its_filing(alder, spot):
    """X1, D1: of an OVN that its client chose. It ends the intent, or it came too early and the intent is there; the centre lives on."""
    told = set()

    def end(name, ovn):
        return alder.call("DELETE", f"/dss/v1/{INTENTS}/{name}/{ovn}").status

    with ThreadPoolExecutor(2) as pool:
        for _ in range(150):
            name, suffix = new_id(), uuid7()
            filing = pool.submit(alder.put, INTENTS, name, alder.intent(spot.volume(), requested_ovn_suffix=suffix))
            ending = pool.submit(end, name, f"{name}_{suffix}")
            filing.result()
            told.add(ending.result())
            if ending.result() != 200:
                assert end(name, f"{name}_{suffix}") == 200
    assert told <= {200, 404, 409}
