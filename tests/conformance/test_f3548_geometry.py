"""F3548 door: what a volume is, and when two of them meet (rules G1 to G9). Cells are worked out by dss_volumes.py.

G10, the cap of the reference on rows, is none of ours: every list here is compared whole."""
import math
from datetime import timedelta

import pytest

import dss_volumes as v
from dss import CONSTRAINTS, INTENTS, SUBSCRIPTIONS, missing, new_id, told_of

QUERIES = (INTENTS, CONSTRAINTS, SUBSCRIPTIONS)


def refused_everywhere(client, area, queries=True):
    """400 in each PUT, and in each query."""
    client.put(INTENTS, new_id(), client.intent(area), want=400)
    client.put(CONSTRAINTS, new_id(), client.constraint(area), want=400)
    client.put(SUBSCRIPTIONS, new_id(), client.subscription(area), want=400)
    client.put(SUBSCRIPTIONS, new_id(), client.subscription(area, False, True), want=400)
    for kind in QUERIES if queries else ():
        client.query(kind, area, want=400)


def accepted_everywhere(client, area):
    """As an intent, a constraint and a subscription, which then are found there; their names."""
    names = {INTENTS: client.filed(area)["id"], CONSTRAINTS: client.restricted(area)["id"],
             SUBSCRIPTIONS: client.subscribed(area)["id"]}
    assert all(client.found(kind, area) == {name} for kind, name in names.items())
    return names


def where(place, outline):
    return place.anytime(outline)


# --- one volume ---
def test_the_cells_of_these_tests():
    """The other program for S2 cells, against what is known of them: sizes, neighbours, and that a point is in its cell."""
    for lat, lng in ((0.1, 0.1), (47.0, 8.5), (-33.9, 151.2), (89.9, 12.0), (-89.9, 12.0), (10.5, 179.9), (10.5, -179.9)):
        cell = v.cell_of(lat, lng)
        middle = v.point_in(cell)
        assert v.cell_of(*middle) == cell
        assert v.cell_of(*v.point_in(cell, 0.001, 0.999)) == cell
        far = math.dist(v.to_xyz(lat, lng), v.to_xyz(*middle)) * 6_371_010
        assert far < 1200, far
    face, i, j = v.cell_of(10.0, 10.0)
    lat, lng = v.point_in((face, i, j), 1.0 + 1e-6, 0.5)
    assert v.cell_of(lat, lng) == (face, i + 1, j)
    area = 4 * math.pi * 6371.01**2 / (6 * 4**13)
    assert 1.2 < area < 1.3  # about a square kilometre each (G6)


@pytest.mark.parametrize("wrong", [
    {"altitude_lower": v.altitude(100, units="FT")}, {"altitude_upper": v.altitude(100, units="m")},
    {"altitude_lower": v.altitude(100, reference="WGS84")}, {"altitude_upper": v.altitude(100, reference="AGL")},
    {"altitude_upper": v.altitude(100, reference="")}, {"altitude_lower": v.altitude(201)}, {"altitude_lower": v.altitude("100")},
    {"altitude_lower": {"value": 100}}], ids=str)
def test_altitudes(alder, spot, wrong):
    """G1: metres above W84, the lower not above the upper; for questions too."""
    area = spot.volume()
    area["volume"].update(wrong)
    refused_everywhere(alder, area)


def test_a_layer_without_height(alder, spot):
    """G1: equal bounds are allowed; below the ellipsoid there is air too."""
    accepted_everywhere(alder, spot.volume(low=150, high=150))
    accepted_everywhere(alder, v.Spot().volume(low=-120.5, high=-0.25))


def test_one_outline_and_not_two(alder, spot):
    """G2."""
    both = {**spot.square(), **v.circle(spot.lat, spot.lng, 100)}
    refused_everywhere(alder, spot.volume(both))
    refused_everywhere(alder, spot.volume({}))
    refused_everywhere(alder, {"time_start": v.time(spot.at(1)), "time_end": v.time(spot.at(2))})


def at(place, *metres):
    return v.polygon(*(v.moved(place.lat, place.lng, north, east) for north, east in metres))


@pytest.mark.parametrize("metres", [
    [], [(0, 0)], [(0, 0), (0, 100)], [(0, 0), (0, 100), (0, 0)], [(0, 0), (0, 100), (100, 100), (0, 0)],
    [(0, 0), (0, 100), (0, 100), (100, 100)], [(0, 0), (100, 100), (0, 100), (100, 0)],
    [(0, 0), (0, 200), (200, 200), (0, 0), (-200, -200), (-200, 0)], [(0, 0), (0, 100), (200, 100), (200, 50), (-50, 50)]], ids=str)
def test_polygons_that_are_none(alder, spot, metres):
    """G3: three vertices at least, none twice, no edges that cross."""
    refused_everywhere(alder, spot.volume(at(spot, *metres)))


@pytest.mark.parametrize("lat, lng", [(90.001, 0), (-90.001, 0), (0, 180.001), (0, -180.001), (1e300, 0), ("1", 0), (None, 0)])
def test_points_that_are_none(alder, spot, lat, lng):
    """G3, G5."""
    refused_everywhere(alder, spot.volume(v.polygon((0, 0), (0.01, 0), (lat, lng))))
    refused_everywhere(alder, spot.volume(v.circle(lat, lng, 100)))


def test_either_winding_is_the_smaller_side(alder, birch, spot):
    """G3: no polygon is the rest of the world."""
    corners = [(0, 0), (0, 3000), (3000, 3000), (3000, 0)]
    for order in (corners, corners[::-1]):
        place = v.Spot()
        name = alder.filed(place.volume(at(place, *order)))["id"]
        assert birch.found(INTENTS, where(place, place.square(north=1500, east=1500))) == {name}
        assert birch.found(INTENTS, where(place, place.square(north=-5000, east=-5000))) == set()
        assert birch.found(INTENTS, v.Spot().anytime()) == set()


def test_a_polygon_without_area_is_a_line(alder, birch, spot):
    """G3: of vertices on one meridian, which is a geodesic; it is where it leads."""
    flat = v.polygon((spot.lat, spot.lng), (spot.lat + 0.05, spot.lng), (spot.lat + 0.02, spot.lng))
    name = alder.filed(spot.volume(flat))["id"]
    for north in (0, 0.01, 0.03, 0.05):
        assert birch.found(INTENTS, where(spot, v.square(spot.lat + north, spot.lng))) == {name}
    assert birch.found(INTENTS, where(spot, spot.square(north=2500, east=4000))) == set()


def test_a_polygon_that_is_not_convex(alder, birch, spot):
    """G3: what is between the arms of a U is not in it."""
    name = alder.filed(spot.volume(at(spot, (0, 0), (0, 12000), (12000, 12000), (12000, 10000), (2000, 10000), (2000, 2000), (12000, 2000),
                                      (12000, 0))))["id"]
    for north, east, inside in ((1000, 6000, True), (10000, 1000, True), (10000, 11000, True), (8000, 6000, False)):
        assert (birch.found(INTENTS, where(spot, spot.square(north=north, east=east))) == {name}) is inside


def test_areas_that_are_too_large(alder, spot):
    """G4: over 2500 square kilometres. 400 for the PUTs and the intents' query, 413 for the other two; never 500."""
    inside, outside = v.big(0.445), v.big(0.455)  # 2449 and 2560
    accepted_everywhere(alder, spot.volume(inside))
    area = spot.volume(outside)
    refused_everywhere(alder, area, queries=False)
    for kind, status in ((INTENTS, 400), (CONSTRAINTS, 413), (SUBSCRIPTIONS, 413)):
        alder.query(kind, area, want=status)
    whole = spot.volume(v.polygon((80, 0), (-40, 10), (-40, -120)))
    refused_everywhere(alder, whole, queries=False)


def test_a_square_of_25_by_22_km_is_inside_the_limit(alder, spot):
    """G4."""
    accepted_everywhere(alder, spot.volume(at(spot, (0, 0), (0, 24_700), (21_800, 24_700), (21_800, 0))))


@pytest.mark.parametrize("wrong", [
    {"radius": {"value": 0, "units": "M"}}, {"radius": {"value": -1, "units": "M"}}, {"radius": None}, {"center": None},
    {"radius": {"value": "5", "units": "M"}}, {"radius": {"units": "M"}}, {"center": {"lat": 5.0}}], ids=str)
def test_circles_that_are_none(alder, spot, wrong):
    """G5: a centre and a radius above 0; without one of them 400, and the door stays up."""
    outline = v.circle(spot.lat, spot.lng, 100)
    outline["outline_circle"].update(wrong)
    outline["outline_circle"] = {name: value for name, value in outline["outline_circle"].items() if value is not None}
    refused_everywhere(alder, spot.volume(outline))
    assert alder.served.plain("GET", "/healthy").status == 200


def test_circles(alder, birch, spot):
    """G5: found within the radius all around, and not much beyond it."""
    name = alder.filed(spot.volume(v.circle(spot.lat, spot.lng, 8000)))["id"]
    for degrees in range(0, 360, 30):
        north, east = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
        for metres, inside in ((3000, True), (7800, True), (10_500, False)):
            place = v.square(*v.moved(spot.lat, spot.lng, north * metres, east * metres), 10)
            assert (birch.found(INTENTS, where(spot, place)) == {name}) is inside, (degrees, metres)
    accepted_everywhere(alder, v.Spot().volume(v.circle(0.0, 100.0, 20_000)))
    accepted_everywhere(alder, spot.volume(v.circle(*v.moved(spot.lat, spot.lng, -9000, 0), 0.5), start=100, end=110))


def test_a_circle_over_half_the_world_is_refused(alder, spot):
    """G5: a limit of ours; which of the codes of refusal is not said."""
    for metres in (1_000_000, 10_000_000, 1e12):
        area = spot.volume(v.circle(spot.lat, spot.lng, metres))
        told = [alder.call("PUT", f"/dss/v1/{INTENTS}/{new_id()}", alder.intent(area)),
                alder.call("PUT", f"/dss/v1/{CONSTRAINTS}/{new_id()}", alder.constraint(area)),
                alder.call("PUT", f"/dss/v1/{SUBSCRIPTIONS}/{new_id()}", alder.subscription(area))]
        told += [alder.call("POST", f"/dss/v1/{kind}/query", {"area_of_interest": area}) for kind in QUERIES]
        assert all(one.status in (400, 413, 429) for one in told), [one.status for one in told]


@pytest.mark.parametrize("side", [1, -1])
def test_the_poles(alder, birch, spot, side):
    """G5: circles around a pole, near it, and across it; polygons around it."""
    start = 1000 + 10 * side
    around = spot.volume(v.circle(90.0 * side, 0, 300), start=start, end=start + 5)
    reference = alder.filed(around)
    near = v.circle(89.999 * side, 135.0, 300)
    told = birch.put(INTENTS, new_id(), birch.intent(spot.volume(near, start=start, end=start + 5)), want=409)
    assert missing(told) == {reference["id"]}
    birch.filed(spot.volume(near, start=start, end=start + 5), key=[reference["ovn"]])
    cap = v.polygon(*((89.9 * side, lng) for lng in (0, 120, -120)))
    found = birch.found(INTENTS, spot.volume(cap, start=start, end=start + 5))
    assert reference["id"] in found and len(found) == 2
    window = {"start": start + 6, "end": start + 8}
    name = alder.filed(spot.volume(cap, **window))["id"]
    for lng in (0, 90, 180, -90):
        assert birch.found(INTENTS, spot.volume(v.circle(90.0 * side, lng, 1), **window)) == {name}
        assert birch.found(INTENTS, spot.volume(v.circle(89.97 * side, lng, 10), **window)) == {name}
        assert birch.found(INTENTS, spot.volume(v.circle(89.5 * side, lng, 10), **window)) == set()


def test_the_antimeridian(alder, birch, spot):
    """G3: edges are the shorter way; 180 and -180 are one meridian."""
    lat = spot.lat
    across = alder.filed(spot.volume(v.polygon((lat, 179.98), (lat, -179.98), (lat + 0.02, -179.98), (lat + 0.02, 179.98))))["id"]
    for lng in (179.985, 180.0, -180.0, -179.985):
        assert birch.found(INTENTS, where(spot, v.circle(lat + 0.01, lng, 10))) == {across}
    for lng in (179.9, -179.9, 0.0, 90.0, -90.0):
        assert birch.found(INTENTS, where(spot, v.circle(lat + 0.01, lng, 10))) == set()
    on_it = alder.filed(spot.volume(v.circle(lat + 0.1, 180.0, 500)))["id"]
    assert birch.found(INTENTS, where(spot, v.polygon((lat + 0.099, -180.0), (lat + 0.101, -180.0), (lat + 0.1, -179.99)))) == {on_it}
    assert birch.found(INTENTS, where(spot, v.circle(lat + 0.1, -180.0, 500))) == {on_it}


# --- cells ---
def test_volumes_meet_in_a_shared_cell_though_they_do_not_touch(alder, birch, spot):
    """G6: precise outlines are not compared."""
    corners = [v.square(*v.point_in(spot.cell, s, t), 20) for s, t in ((0.2, 0.2), (0.8, 0.8))]
    reference = alder.filed(spot.volume(corners[0]))
    assert birch.found(INTENTS, where(spot, corners[1])) == {reference["id"]}
    told = birch.put(INTENTS, new_id(), birch.intent(spot.volume(corners[1])), want=409)
    assert missing(told) == {reference["id"]}
    name = birch.subscribed(spot.volume(corners[1]))["id"]
    told = alder.put(INTENTS, reference["id"], alder.intent(spot.volume(corners[0])), reference["ovn"])
    assert name in told_of(told)


def test_volumes_do_not_meet_across_the_border_of_a_cell(alder, birch, spot):
    """G6: though they are a few metres apart."""
    inside = [v.square(*v.point_in(spot.beside(n), s, 0.5), 5) for n, s in ((0, 0.97), (1, 0.03))]
    alder.filed(spot.volume(inside[0]))
    birch.filed(spot.volume(inside[1]))
    assert len(alder.query(INTENTS, where(spot, inside[0]))) == 1
    both = v.square(*v.point_in(spot.cell, 1.0, 0.5), 100)
    assert len(alder.query(INTENTS, where(spot, both))) == 2


def test_every_cell_that_an_outline_touches_is_covered(alder, birch, spot):
    """G6: all cells of level 13 that meet it, here 7 by 7, and none of the next ring."""
    corner = [v.point_in(spot.beside(i, j), 0.5, 0.5) for i, j in ((-3, -3), (3, -3), (3, 3), (-3, 3))]
    name = alder.filed(spot.volume(v.polygon(*corner)))["id"]
    for i in range(-5, 6):
        for j in range(-5, 6):
            found = birch.found(INTENTS, where(spot, spot.in_cell(i, j, 2)))
            if abs(i) < 3 and abs(j) < 3:
                assert found == {name}, (i, j)
            elif abs(i) > 3 or abs(j) > 3:
                assert found == set(), (i, j)  # edges of the ring itself bend, so it may be in or out by a corner


# --- several extents ---
def test_extents_are_a_list(alder, spot):
    """G7: an object there is 400; and of subscriptions the other way round."""
    area = spot.volume()
    alder.put(INTENTS, new_id(), {**alder.intent(), "extents": area}, want=400)
    alder.put(CONSTRAINTS, new_id(), {**alder.constraint(), "extents": area}, want=400)
    alder.put(SUBSCRIPTIONS, new_id(), alder.subscription([area]), want=400)
    for empty in ([], None):
        alder.put(INTENTS, new_id(), {**alder.intent(), "extents": empty}, want=400)
        alder.put(CONSTRAINTS, new_id(), {**alder.constraint(), "extents": empty}, want=400)


def test_extents_become_one_hull(alder, birch, spot):
    """G7: cells of all, from the first start to the last end, from the lowest to the highest; cells between are not in it."""
    one, other = spot.volume(spot.in_cell(-2), 100, 150, 10, 20), spot.volume(spot.in_cell(2), 300, 400, 40, 50)
    reference = alder.filed(one, other)
    assert v.moment_of(reference["time_start"]) == spot.at(10) and v.moment_of(reference["time_end"]) == spot.at(50)
    for cell in (-2, 2):
        for low, start in ((200, 25), (120, 45), (350, 12)):  # in the gaps, and each at the other's
            asked = spot.volume(spot.in_cell(cell), low, low + 10, start, start + 2)
            assert birch.found(INTENTS, asked) == {reference["id"]}
            told = birch.put(INTENTS, new_id(), birch.intent(asked), want=409)
            assert missing(told) == {reference["id"]}
        for low, high, start, end in ((401, 500, 10, 50), (0, 99, 10, 50), (100, 400, 51, 60), (100, 400, 1, 9)):
            assert birch.found(INTENTS, spot.volume(spot.in_cell(cell), low, high, start, end)) == set()
    assert birch.found(INTENTS, where(spot, spot.in_cell(0))) == set()
    alder.delete(INTENTS, reference["id"], reference["ovn"])
    fence = alder.restricted(one, other)
    assert v.moment_of(fence["time_start"]) == spot.at(10) and v.moment_of(fence["time_end"]) == spot.at(50)
    assert birch.found(CONSTRAINTS, spot.volume(spot.in_cell(-2), start=25, end=26)) == {fence["id"]}


@pytest.mark.parametrize("bound", ["start", "end", "low", "high"])
def test_a_bound_that_one_extent_lacks_is_open(alder, spot, bound):
    """G7, U1, C1: then the hull lacks it, which is refused where it is required."""
    extents = [spot.volume(), spot.volume(**{bound: None})]
    for order in (extents, extents[::-1]):
        alder.put(INTENTS, new_id(), alder.intent(*order), want=400)
        time = bound in ("start", "end")
        alder.put(CONSTRAINTS, new_id(), alder.constraint(*order), want=400 if time else 201)


def test_what_is_past_is_judged_of_the_hull(alder, birch, spot):
    """G7: one extent that is over is no fault as long as another is to come."""
    past = spot.volume(spot.in_cell(1), start=-60, end=-30)
    reference = alder.filed(past, spot.volume(start=-30, end=30))
    assert v.moment_of(reference["time_start"]) == spot.at(-60)
    assert birch.found(INTENTS, spot.volume(spot.in_cell(1), start=-45, end=-40)) == {reference["id"]}
    alder.put(INTENTS, new_id(), alder.intent(past), want=400)
    alder.put(INTENTS, new_id(), alder.intent(past, spot.volume(start=-20, end=-10)), want=400)
    alder.put(CONSTRAINTS, new_id(), alder.constraint(past), want=400)
    alder.restricted(past, spot.volume())


def test_each_extent_is_a_volume(alder, spot):
    """G8 and the others, of each by itself: the hull does not heal what is wrong."""
    good = spot.volume()
    for wrong in (spot.volume(start=20, end=10), spot.volume(low=300, high=200), spot.volume(v.polygon((0, 0), (0, 1)))):
        alder.put(INTENTS, new_id(), alder.intent(good, wrong), want=400)
        alder.put(CONSTRAINTS, new_id(), alder.constraint(wrong, good), want=400)


def test_a_window_has_a_beginning_and_then_an_end(alder, spot):
    """G8: end before start is 400, also of questions; an instant is none either."""
    refused_everywhere(alder, spot.volume(start=20, end=19))
    refused_everywhere(alder, spot.volume(start=20, end=20), queries=False)


# --- overlap ---
def conflicts(client, place, reference, **where_and_when):
    """Whether a new intent there needs the key of that one; nothing is filed unless it does not."""
    answer = client.call("PUT", f"/dss/v1/{INTENTS}/{new_id()}", client.intent(place.volume(**where_and_when)))
    assert answer.status in (201, 409), answer.body
    if answer.status == 201:
        told = answer.json()["operational_intent_reference"]
        client.delete(INTENTS, told["id"], told["ovn"])
    else:
        assert missing(answer.json()) == {reference["id"]}
    asked = client.found(INTENTS, place.volume(**where_and_when))
    assert asked == ({reference["id"]} if answer.status == 409 else set()), "a query and a key check differ"
    return answer.status == 409


def test_what_touches_overlaps(alder, birch, spot):
    """G9: inclusive at all ends, in altitude and in time."""
    reference = alder.filed(spot.volume(low=100, high=200, start=10, end=20))
    assert conflicts(birch, spot, reference, low=200, high=300)
    assert not conflicts(birch, spot, reference, low=201, high=300)
    assert conflicts(birch, spot, reference, low=0, high=100)
    assert not conflicts(birch, spot, reference, low=0, high=99)
    assert conflicts(birch, spot, reference, start=20, end=30)
    assert conflicts(birch, spot, reference, start=1, end=10)
    assert not conflicts(birch, spot, reference, start=21, end=30)
    assert not conflicts(birch, spot, reference, start=1, end=9)
    assert conflicts(birch, spot, reference, low=140, high=150, start=14, end=15)
    assert conflicts(birch, spot, reference, low=0, high=1000, start=1, end=100)
    assert not conflicts(birch, spot, reference, low=300, high=400, start=30, end=40)


def test_overlap_is_exact_to_the_microsecond_and_to_a_centimetre(alder, birch, spot):
    """G9, I6."""
    reference = alder.filed(spot.volume())
    tick = timedelta(microseconds=1)
    for start, low, meets in ((spot.at(20), 100, True), (spot.at(20) + tick, 100, False), (spot.at(15), 200.0, True),
                              (spot.at(15), 200.01, False)):
        asked = v.volume(spot.square(), low, 300, start, spot.at(60))
        assert (birch.found(INTENTS, asked) == {reference["id"]}) is meets, (start, low)
        assert (birch.call("PUT", f"/dss/v1/{INTENTS}/{new_id()}", birch.intent(asked, key=[])).status == 409) is meets
        for mine in birch.query(INTENTS, where(spot, spot.square())):
            if mine["manager"] == "birch":
                birch.delete(INTENTS, mine["id"], mine["ovn"])


def test_a_missing_bound_is_infinite(alder, birch, spot):
    """G9: of questions, where all bounds may be missing."""
    name = alder.filed(spot.volume())["id"]
    for bounds, found in (({"start": None}, True), ({"end": None}, True), ({"low": None}, True), ({"high": None}, True),
                          ({"start": None, "end": None, "low": None, "high": None}, True), ({"start": None, "end": 5}, False),
                          ({"start": 25, "end": None}, False), ({"low": None, "high": 50}, False), ({"low": 250, "high": None}, False)):
        assert (birch.found(INTENTS, spot.volume(**bounds)) == {name}) is found, bounds


def test_altitude_counts_among_intents_only(alder, birch, spot):
    """G9: not of constraints, not of subscriptions, and not where these are matched."""
    high = {"low": 5000, "high": 6000}
    fence, name = birch.restricted(spot.volume(**high))["id"], birch.subscribed(spot.volume(**high), True, True)["id"]
    assert alder.found(CONSTRAINTS, spot.volume()) == {fence} and birch.found(SUBSCRIPTIONS, spot.volume()) == {name}
    body = alder.intent(spot.volume(), new_subscription=alder.implicit(notify_for_constraints=True))
    told = alder.put(INTENTS, new_id(), body, want=409)
    assert missing(told, "missing_constraints") == {fence}
    told = alder.put(INTENTS, new_id(), alder.intent(spot.volume()))
    assert told_of(told) == {name: 1}
    told = alder.put(CONSTRAINTS, new_id(), alder.constraint(spot.volume()))
    assert told_of(told) == {name: 2}
    told = birch.put(SUBSCRIPTIONS, new_id(), birch.subscription(spot.volume(**high), True, True))
    assert len(told[INTENTS]) == 1 and len(told[CONSTRAINTS]) == 2, "S6: all altitudes"


def test_time_counts_for_all(alder, birch, spot):
    """G9: inclusive for constraints and subscriptions too."""
    fence, name = birch.restricted(spot.volume())["id"], birch.subscribed(spot.volume(), True, True)["id"]
    for n, (start, end, found) in enumerate(((20, 30, True), (1, 10, True), (21, 30, False), (1, 9, False))):
        asked = spot.volume(start=start, end=end)
        assert (alder.found(CONSTRAINTS, asked) == {fence}) is found
        assert (birch.found(SUBSCRIPTIONS, asked) == {name}) is found
        told = alder.put(INTENTS, new_id(), alder.intent(spot.volume(low=n, high=n, start=start, end=end)))
        assert (name in told_of(told)) is found
