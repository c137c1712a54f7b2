"""Volumes on a clause's grid, worked out naively from the pages (40-deconfliction, 25-isolation G10), for the model of conflicts.

What is exact is exact: a polygon is compared with squares in fractions, altitudes and times with steps in whole numbers. How many
1e-7 degrees half a separation takes on the ellipsoid is not, so a volume is snapped twice: for as few as there can be (`least`,
what must be told) and for as many as the program may take to be sure (`most`, beyond which nothing may be told). Where both
come out alike there is no doubt; a test counts how often they do not.

A footprint is a simple polygon, closed, of points (longitude, latitude) in 1e-7 degree, away from the poles and the antimeridian.
Altitudes are millimetres, times microseconds; None is no bound.
"""
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

A_MM, E2 = 6_378_137_000.0, 0.00669437999014
STEP = math.pi / 180 / 10**7
# What the tables of the program may fall short of the ellipsoid, and a rounding outward (earth.h).
LEAST, MOST = 0.99999, 1.0003
INFINITE = 1 << 62


def along_meridian_mm(latitude_e7):
    """For a step of 1e-7 degree."""
    sine = math.sin(latitude_e7 * STEP)
    return A_MM * (1 - E2) / (1 - E2 * sine * sine) ** 1.5 * STEP


def along_parallel_mm(latitude_e7):
    sine = math.sin(latitude_e7 * STEP)
    return A_MM / math.sqrt(1 - E2 * sine * sine) * math.cos(latitude_e7 * STEP) * STEP


def half_up(amount):
    return (amount + 1) // 2


@dataclass(frozen=True)
class Grid:
    cell: int  # 1e-7 degree
    altitude: int  # mm
    time: int  # us


@dataclass(frozen=True)
class Separation:
    horizontal: int  # mm
    vertical: int  # mm
    time: int  # us


@dataclass(frozen=True)
class Extent:
    ring: tuple
    low: int | None
    high: int | None
    start: int | None
    end: int | None

    def south(self):
        return min(y for _, y in self.ring)

    def north(self):
        return max(y for _, y in self.ring)

    def west(self):
        return min(x for x, _ in self.ring)

    def east(self):
        return max(x for x, _ in self.ring)


def reaches(extent, horizontal):
    """(least, most) in steps, each (along parallels, along meridians), for half of a separation."""
    half = half_up(horizontal)
    if half == 0:
        return (0, 0), (0, 0)
    far = max(abs(extent.south()), abs(extent.north()))
    beyond = far + int(half / along_meridian_mm(0)) + 1
    least = (int(half / along_parallel_mm(far) * LEAST) - 2, int(half / along_meridian_mm(far) * LEAST) - 2)
    # Along meridians the program takes the shortest step there is, the equator's: a third of a hundredth too much at 35 degrees.
    most = (int(half / along_parallel_mm(beyond) * MOST) + 4, int(half / along_meridian_mm(0)) + 4)
    return tuple(max(0, one) for one in least), most


# --- A polygon and a half-open rectangle ------------------------------------------------------------------------------------
def inside(ring, x, y):
    """In the closed polygon."""
    crossed = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        if turn == 0 and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by):
            return True
        if (ay > y) != (by > y) and (turn > 0) == (by > ay):
            crossed = not crossed
    return crossed


def edge_meets(a, b, west, south, east, north):
    """Whether a closed edge has a point in [west, east) x [south, north)."""
    low, high, open_end, open_start = Fraction(0), Fraction(1), False, False
    for start, end, least, most in ((a[0], b[0], west, east), (a[1], b[1], south, north)):
        run = end - start
        if run == 0:
            if not least <= start < most:
                return False
            continue
        enter, leave = Fraction(least - start, run), Fraction(most - start, run)
        if run > 0:  # from `least` on, up to `most` without it
            if enter > low:
                low, open_start = enter, False
            if leave <= high:
                high, open_end = leave, True
        else:
            if leave >= low:
                low, open_start = leave, True
            if enter < high:
                high, open_end = enter, False
    return low < high or (low == high and not open_end and not open_start)


def meets(ring, west, south, east, north):
    edges = zip(ring, ring[1:] + ring[:1])
    return any(edge_meets(a, b, west, south, east, north) for a, b in edges) or inside(ring, west, south)


def is_upright(ring):
    """A rectangle of meridians and parallels."""
    xs, ys = {x for x, _ in ring}, {y for _, y in ring}
    return len(ring) == 4 and len(xs) == 2 and len(ys) == 2 and len(set(ring)) == 4 and ring[0][0] != ring[2][0] and ring[0][1] != ring[2][1]


@lru_cache(maxsize=4096)
def squares(extent, cell, reach):
    """Every square (row, column) that has a place in common with the widened polygon: half-open squares, a closed polygon."""
    dx, dy = reach
    found = set()
    for row in range((extent.south() - dy) // cell, (extent.north() + dy) // cell + 1):
        for column in range((extent.west() - dx) // cell, (extent.east() + dx) // cell + 1):
            if is_upright(extent.ring) or meets(extent.ring, column * cell - dx, row * cell - dy,
                                                (column + 1) * cell + dx, (row + 1) * cell + dy):
                found.add((row, column))
    return frozenset(found)


def steps(start, end, half, step):
    """First and last of the half-open steps that the closed interval touches once it is widened."""
    first = -INFINITE if start is None else (start - half) // step
    last = INFINITE if end is None else (end + half) // step
    return first, last


@dataclass(frozen=True)
class Snapped:
    squares: frozenset
    altitude: tuple
    time: tuple


@lru_cache(maxsize=4096)
def snapped(extent, separation, grid):
    """(least, most)"""
    altitude = steps(extent.low, extent.high, half_up(separation.vertical), grid.altitude)
    time = steps(extent.start, extent.end, half_up(separation.time), grid.time)
    return tuple(Snapped(squares(extent, grid.cell, reach), altitude, time) for reach in reaches(extent, separation.horizontal))


def common(one, other):
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None


@lru_cache(maxsize=4096)
def is_in_area(square, cell, area):
    row, column = square
    ring = Extent(area, None, None, None, None).ring
    return meets(ring, column * cell, row * cell, (column + 1) * cell, (row + 1) * cell)


# A box: (south, north, west, east, low, high, from, until), the upper bounds being those at which the next square or step begins.
def shared(one, other, grid, area=None, window=None):
    """The box around what two snapped volumes share, if some of it lies in the area and the window; else None."""
    both = one.squares & other.squares
    altitude, time = common(one.altitude, other.altitude), common(one.time, other.time)
    if not both or altitude is None or time is None:
        return None
    if area is not None and not any(is_in_area(square, grid.cell, area) for square in both):
        return None
    start, end = bounds(time, grid.time)
    if window is not None and not (less(start, window[1]) and less(window[0], end)):
        return None
    rows, columns = [row for row, _ in both], [column for _, column in both]
    return (min(rows) * grid.cell, (max(rows) + 1) * grid.cell, min(columns) * grid.cell, (max(columns) + 1) * grid.cell,
            *bounds(altitude, grid.altitude), start, end)


def bounds(of, step):
    return (None if of[0] <= -INFINITE else of[0] * step), (None if of[1] >= INFINITE else (of[1] + 1) * step)


def overlap(one, other):
    return all(less(one[low], other[low + 1]) and less(other[low], one[low + 1]) for low in (0, 2, 4, 6))


def less(low, high):
    return low is None or high is None or low < high


def around(boxes):
    lows = [[box[low] for box in boxes] for low in (0, 2, 4, 6)]
    highs = [[box[low + 1] for box in boxes] for low in (0, 2, 4, 6)]
    made = []
    for low, high in zip(lows, highs):
        made += [None if None in low else min(low), None if None in high else max(high)]
    return tuple(made)


BOXES_TOLD = 16


def merged(boxes):
    """Boxes that share ground, altitude and time become one around both, until none do; of too many, one around all."""
    left = sorted(set(boxes), key=repr)
    again = True
    while again:
        again = False
        for place, one in enumerate(left):
            near = [other for other in left[place + 1:] if overlap(one, other)]
            if near:
                left = [other for other in left if other != one and other not in near] + [around([one, *near])]
                again = True
                break
    return frozenset(left) if len(left) <= BOXES_TOLD else frozenset([around(left)])


# --- Without a grid ---------------------------------------------------------------------------------------------------------
def apart_mm(one, other):
    """About how far two footprints are from each other, on the plane of their middle latitude; 0 where they touch."""
    if any(inside(other.ring, *place) for place in one.ring) or any(inside(one.ring, *place) for place in other.ring):
        return 0.0
    middle = (one.south() + one.north() + other.south() + other.north()) // 4
    scale = along_parallel_mm(middle), along_meridian_mm(middle)

    def edges(ring):
        flat = [(x * scale[0], y * scale[1]) for x, y in ring]
        return list(zip(flat, flat[1:] + flat[:1]))
    return min(between(a, b) for a in edges(one.ring) for b in edges(other.ring))


def between(one, other):
    (a, b), (c, d) = one, other

    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    if side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0:
        return 0.0
    return min(to_edge(a, other), to_edge(b, other), to_edge(c, one), to_edge(d, one))


def to_edge(place, edge):
    (ax, ay), (bx, by) = edge
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = max(0.0, min(1.0, ((place[0] - ax) * (bx - ax) + (place[1] - ay) * (by - ay)) / length))
    return math.hypot(place[0] - ax - along * (bx - ax), place[1] - ay - along * (by - ay))


DOUBT = 0.03  # of a separation: what the plane is wrong by, and what the program may say too early (separation.h)


def near(one, other, separation):
    """(must be within the separation, may be)"""
    reach = 2 * half_up(separation.horizontal)
    for low, high, room in ((one.low, other.high, separation.vertical), (other.low, one.high, separation.vertical),
                            (one.start, other.end, separation.time), (other.start, one.end, separation.time)):
        if low is not None and high is not None and low - high > 2 * half_up(room):
            return False, False
    apart = apart_mm(one, other)
    return apart <= reach * (1 - DOUBT), apart <= reach * (1 + DOUBT)
