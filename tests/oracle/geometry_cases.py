"""Random questions about volumes, many of them on purpose degenerate: for the comparison of src/geometry with its oracle.

`question(choose)` gives (line for the program, function that says what is wrong with its answer, or None).
"""
import math

import geometry
from geometry import HALF, POLE, TURN

METRE = 90  # of 1e-7 degree of latitude, about


def wrapped(x):
    return (x + HALF) % TURN - HALF


def origin(choose):
    """Where something may go wrong."""
    x = choose.choice([0, 0, HALF, HALF - 3, -HALF + 2, -HALF, choose.randint(-HALF, HALF)])
    y = choose.choice([0, 0, 0, POLE, -POLE, POLE - 4, choose.randint(-POLE, POLE), 450_000_000, 800_000_000])
    return x, y


def placed(choose, points, at, unit):
    """Points of a small lattice, put somewhere on the Earth. 180 is written in either way."""
    ring = []
    for x, y in points:
        x, y = wrapped(at[0] + x * unit), max(-POLE, min(POLE, at[1] + y * unit))
        ring.append((HALF if x == -HALF and choose.random() < 0.5 else x, y))
    return ring


def any_points(choose, side):
    return [(choose.randint(0, side), choose.randint(0, side)) for _ in range(choose.choice([3, 3, 4, 4, 5, 6, 8]))]


def rectangle(choose, side):
    x, y = choose.randint(0, side - 1), choose.randint(0, side - 1)
    x2, y2 = choose.randint(x + 1, side), choose.randint(y + 1, side)
    return [(x, y), (x2, y), (x2, y2), (x, y2)]


def line(choose, side):
    """Without area."""
    x, y, dx, dy = choose.randint(0, side), choose.randint(0, side), choose.randint(-2, 2), choose.randint(-2, 2)
    if dx == dy == 0:
        dy = 1
    return [(x + n * dx, y + n * dy) for n in choose.sample(range(4), 3)]


def star(choose, side):
    """Round a middle: concave as often as not."""
    middle = side / 2 + 0.1
    points = {(choose.randint(0, side), choose.randint(0, side)) for _ in range(choose.randint(5, 9))}
    return sorted(points, key=lambda point: math.atan2(point[1] - middle, point[0] - middle + 0.03))


def once_round(choose, unit):
    """A ring with a pole on either side, near one of them or anywhere."""
    count = choose.randint(3, 6)
    start = choose.randint(-HALF, HALF)
    xs = [start + (n * TURN + choose.choice([0, 0, choose.randint(0, TURN // 4)])) // count for n in range(count)]
    base = choose.choice([0, POLE - 8 * unit, -POLE + 2 * unit, choose.randint(-POLE, POLE)])
    ring = [(wrapped(x), max(-POLE, min(POLE, base + choose.randint(0, 6) * unit))) for x in xs]
    return ring if choose.random() < 0.5 else ring[::-1]


def finer(choose, points):
    """The same shape, five times as large, with corners on its sides: more edges than the program takes together."""
    corners = [(5 * x, 5 * y) for x, y in points]
    return [(x + (x2 - x) // 5 * n, y + (y2 - y) // 5 * n) for (x, y), (x2, y2) in zip(corners, corners[1:] + corners[:1])
            for n in range(5) if n == 0 or choose.random() < 0.9]


def ring_of(choose, side, at, unit):
    """One that check_ring accepts."""
    while True:
        kind = choose.random()
        if kind < 0.06:
            ring = once_round(choose, unit)
        else:
            make = rectangle if kind < 0.2 else line if kind < 0.3 else star if kind < 0.6 else any_points
            points = make(choose, side)
            ring = placed(choose, points if choose.random() < 0.985 else finer(choose, points), at, unit)
        if geometry.check_ring(ring) is None:
            return ring


def interval(choose, none, nothing, unit):
    low = choose.randint(-2, 4)
    high = low + choose.randint(0, 4)
    return (none if choose.random() < 0.1 else low * unit, nothing if choose.random() < 0.1 else high * unit)


def volume_of(choose, ring, steps_matter):
    if not steps_matter:
        return ring, 0, 1000, 0, 10**6
    return (ring, *interval(choose, geometry.LOWEST, geometry.HIGHEST, choose.choice([1, 500, 64_000])),
            *interval(choose, geometry.EARLIEST, geometry.LATEST, choose.choice([1, 10**6, 64 * 10**6])))


def two_volumes(choose, unit, side=6, apart=0):
    at = origin(choose)
    steps_matter = choose.random() < 0.2
    first = volume_of(choose, ring_of(choose, side, at, unit), steps_matter)
    x = round(apart * math.cos(choose.random() * 7) / max(0.02, math.cos(at[1] * geometry.TO_RADIANS)))
    at = wrapped(at[0] + x), max(-POLE, min(POLE, at[1] + round(apart * math.sin(choose.random() * 7))))
    return first, volume_of(choose, ring_of(choose, side, at, unit), steps_matter)


# --- lines for the program -----------------------------------------------------------------------------------------------
def words(*parts):
    return " ".join(str(part) for part in parts)


def ring_text(ring):
    return words(len(ring), *(number for point in ring for number in point))


def volume_text(volume):
    return words(ring_text(volume[0]), *volume[1:])


def differs(right):
    return lambda said: None if said.split() == right.split() else f"the program says {said}, the oracle {right}"


def about_a_ring(choose):
    unit = choose.choice([1, 1, 1000, 100_000_000, 300_000_000])
    kind = choose.random()
    if kind < 0.2:
        ring = once_round(choose, unit)
    elif kind < 0.3:
        ring = placed(choose, star(choose, 6), origin(choose), unit)
    elif kind < 0.35 and unit < 1000:
        ring = placed(choose, finer(choose, any_points(choose, 6)), origin(choose), unit)
    else:
        ring = placed(choose, any_points(choose, choose.choice([3, 6])), origin(choose), unit)
    if choose.random() < 0.03:  # half a turn, or out of range
        ring[-1] = (ring[-1][0] + TURN // 2, ring[-1][1] + choose.randint(-POLE, POLE))
    ring = ring if choose.random() < 0.98 else ring[:choose.randint(0, 2)]
    ring = [(max(-2**31, min(2**31 - 1, x)), max(-2**31, min(2**31 - 1, y))) for x, y in ring]
    fault = geometry.check_ring(ring)
    return "ring " + ring_text(ring), differs(words(*fault) if fault else "0")


def about_overlap(choose):
    unit = choose.choice([1, 1, 1, 10, 100_000_000, 250_000_000])
    a, b = two_volumes(choose, unit, apart=choose.choice([0, 0, 3, 6]) * unit)
    return words("overlap", volume_text(a), volume_text(b)), differs(str(int(geometry.overlaps(a, b))))


def about_separation(choose):
    unit = choose.choice([1, 100, 10_000, 100_000])
    a, b = two_volumes(choose, unit, apart=choose.choice([1, 5, 8, 12]) * unit)
    separation = (choose.choice([0, 1, choose.randint(0, 20 * unit * 11), choose.randint(0, 6 * unit * 11)]),
                  choose.choice([0, 1, 1001]), choose.choice([0, 1, 10**6 + 1]))
    right = geometry.within(a, b, separation)

    def wrong(said):
        return None if right is None or said == str(int(right)) else f"the program says {said}, the oracle {right}"
    wrong.open = right is None
    return words("within", *separation, volume_text(a), volume_text(b)), wrong


MOST = 3000


def snapped_text(snapped):
    found = sorted(snapped[0])
    if len(found) > MOST:
        return "too many"
    return words(*(number for square in found for number in square), ";", *snapped[1], ";", *snapped[2])


def is_wide(volume, horizontal, cell):
    """Has it so many columns that the oracle would take long?"""
    footprint = geometry.Footprint(volume[0])
    all_round = footprint.north == POLE or footprint.south == -POLE
    width = TURN if all_round else sum(abs(c - a) for a, _, c, _ in footprint.edges) + geometry.box_around(footprint, horizontal)[0]
    return width > 300 * cell


def about_squares(choose):
    cell = 2**choose.choice([0, 1, 2, 12, 20, 24, 27])
    a, b = two_volumes(choose, max(1, cell * choose.choice([1, 1, 2]) // choose.choice([1, 2, 3])),
                       apart=choose.choice([0, 2, 4]) * cell)
    separation = (choose.choice([0, 0, choose.randint(0, min(10**9, 40 * cell))]), choose.choice([0, 1, 3000]), choose.choice([0, 1, 3 * 10**6]))
    if is_wide(a, separation[0], cell) or is_wide(b, separation[0], cell):
        return about_squares(choose)
    grid = (cell, 2**choose.randint(0, 4), 2**choose.randint(0, 5))
    snapped = [geometry.snap(volume, separation, grid) for volume in (a, b)]
    texts = [snapped_text(each) for each in snapped]
    right = texts[0] + " | " + texts[1]
    if "too many" not in texts:
        both = geometry.shared(*snapped, grid)
        right += " | 0 |" if not both else words(" | 1 |", *both[:4], ";", *both[4], ";", *both[5])
    return words("snap", *grid, *separation, MOST, volume_text(a), volume_text(b)), differs(right)


def about_a_band(choose):
    south, north = sorted(choose.choice([0, POLE, -POLE, choose.randint(-POLE - 9, POLE + 9)]) for _ in range(2))
    return words("scale", south, north), differs(words(*geometry.least_in(south, north)))


KINDS = [about_a_ring] * 30 + [about_overlap] * 40 + [about_separation] * 24 + [about_squares] * 2 + [about_a_band] * 4


def question(choose):
    return choose.choice(KINDS)(choose)
