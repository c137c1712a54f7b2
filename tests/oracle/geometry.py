"""The oracle of src/geometry: the same answers, found in another way and in fractions.

The program lays a ring out in a plane and looks at pairs of edges. Here nothing is laid out: a footprint is asked what it has
on one meridian, a list of closed intervals of latitude, counted up from the south pole. Two footprints that share a place
share one on the meridian of a corner, or of a place where two of their edges cross. A row of squares is looked at on
the meridians where something changes, and once between each two of them.

Rings are lists of (longitude, latitude) in 1e-7 degree; a volume is (ring, low, high, from, until).
"""
import math
from decimal import Decimal, getcontext
from fractions import Fraction

TURN, HALF, POLE = 3_600_000_000, 1_800_000_000, 900_000_000
LOWEST, HIGHEST, EARLIEST, LATEST = -2**31, 2**31 - 1, -2**63, 2**63 - 1
TOO_FEW, OUT_OF_RANGE, HALF_A_TURN, REPEATED, FOLDED, CROSSING = range(1, 7)


# --- rings ---------------------------------------------------------------------------------------------------------------
def edges_of(ring):
    """(x, y, x, y): from a corner to the next, the shorter way, the first x as written."""
    found = []
    for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1]):
        found.append((a, b, a + (c - a + HALF) % TURN - HALF, d))
    return found


def segments_share(a, b):
    """Do two segments share a place? By where on each of them their lines cross."""
    (ax, ay, ax2, ay2), (bx, by, bx2, by2) = a, b
    ux, uy, vx, vy, wx, wy = ax2 - ax, ay2 - ay, bx2 - bx, by2 - by, bx - ax, by - ay
    size = ux * vy - uy * vx
    if size:
        t, u = Fraction(wx * vy - wy * vx, size), Fraction(wx * uy - wy * ux, size)
        return 0 <= t <= 1 and 0 <= u <= 1
    if wx * uy - wy * ux:
        return False
    along = 0 if ux else 1
    (low, high), (other_low, other_high) = sorted((a[along], a[along + 2])), sorted((b[along], b[along + 2]))
    return low <= other_high and other_low <= high


def moved(edge, x):
    return edge[0] + x, edge[1], edge[2] + x, edge[3]


def shifts(a, b, reach=0):
    """Whole turns by which b comes within reach of a in longitude."""
    least, most = min(a[0], a[2]) - max(b[0], b[2]) - reach, max(a[0], a[2]) - min(b[0], b[2]) + reach
    return range(-(-least // TURN) * TURN, most + 1, TURN)


def is_line(ring, edges):
    if sum(edge[2] - edge[0] for edge in edges):
        return False
    (ux, uy), x = (edges[0][2] - edges[0][0], edges[0][3] - edges[0][1]), 0
    for edge in edges:
        x += edge[2] - edge[0]
        if x * uy != (edge[3] - ring[0][1]) * ux:
            return False
    return True


def check_ring(ring):
    """None, or (kind, at)."""
    n = len(ring)
    if n < 3:
        return TOO_FEW, n
    for at, (x, y) in enumerate(ring):
        if abs(x) > HALF or abs(y) > POLE:
            return OUT_OF_RANGE, at
    for at in range(n):
        if (ring[(at + 1) % n][0] - ring[at][0]) % TURN == HALF:
            return HALF_A_TURN, at
    seen = set()
    for at, (x, y) in enumerate(ring):
        if (x % TURN, y) in seen:
            return REPEATED, at
        seen.add((x % TURN, y))
    edges = edges_of(ring)
    if is_line(ring, edges):
        return None
    for at in range(n):
        (a, b, c, d), (e, f, g, h) = edges[at], edges[(at + 1) % n]
        if (c - a) * (h - f) == (d - b) * (g - e) and (c - a) * (g - e) + (d - b) * (h - f) < 0:
            return FOLDED, at
    for at in range(n):
        for other in range(at + 2, n - (at == 0)):
            if any(segments_share(edges[at], moved(edges[other], x)) for x in shifts(edges[at], edges[other])):
                return CROSSING, at
    return None


# --- footprints ----------------------------------------------------------------------------------------------------------
class Footprint:
    def __init__(self, ring):
        self.edges = edges_of(ring)
        turned = sum(c - a for a, _, c, _ in self.edges)
        lift = sum((b + d) * (c - a) for a, b, c, d in self.edges) * (1 if turned > 0 else -1)
        self.north_inside, self.south_inside = turned != 0 and lift >= 0, turned != 0 and lift < 0
        self.south, self.north = min(y for _, y in ring), max(y for _, y in ring)
        self.corners = {x % TURN for x, _ in ring}
        if self.north_inside:
            self.north = POLE
        if self.south_inside:
            self.south = -POLE

    def on_meridian(self, x):
        """What it has on a meridian, as closed intervals; they may overlap."""
        found, west, east = [], [], []
        for a, b, c, d in self.edges:
            low, high = (a, c) if a <= c else (c, a)
            at = low + (x - low) % TURN
            if at > high:
                continue
            if a == c:
                found.append((min(b, d), max(b, d)))
                continue
            y = b if at == a else d if at == c else b + Fraction((d - b) * (at - a), c - a)
            if at > low:
                west.append(y)
            if at < high:
                east.append(y)
        for side in (west, east):
            if self.south_inside:
                side.append(-POLE)
            if len(side) % 2:
                side.append(POLE)
            side.sort()
            found += zip(side[::2], side[1::2])
        return found


def crossing_meridians(a, b):
    """The meridians of the places where edges cross that are not parallel."""
    for mine in a.edges:
        for other in b.edges:
            ux, uy, vx, vy = mine[2] - mine[0], mine[3] - mine[1], other[2] - other[0], other[3] - other[1]
            size = ux * vy - uy * vx
            if not size or max(mine[1], mine[3]) < min(other[1], other[3]) or max(other[1], other[3]) < min(mine[1], mine[3]):
                continue
            for x in shifts(mine, other):
                t = Fraction((other[0] + x - mine[0]) * vy - (other[1] - mine[1]) * vx, size)
                if 0 <= t <= 1:
                    yield (mine[0] + t * ux) % TURN


def share_on(a, b, x):
    mine = a.on_meridian(x)
    return bool(mine) and any(low <= high2 and low2 <= high for low2, high2 in b.on_meridian(x) for low, high in mine)


def footprints_meet(a, b):
    if a.south > b.north or b.south > a.north:
        return False
    if a.north == b.north == POLE or a.south == b.south == -POLE:
        return True
    return any(share_on(a, b, x) for x in a.corners | b.corners) or \
        any(share_on(a, b, x) for x in crossing_meridians(a, b))


def bridged(a, b, vertical=0, time=0):
    """Altitude and time: unbounded is unbounded, whatever the numbers."""
    def apart(end, begin, none, nothing, gap):
        return end != none and begin != nothing and begin - end > gap
    vertical, time = 2 * -(-vertical // 2), 2 * -(-time // 2)
    return not (apart(a[2], b[1], HIGHEST, LOWEST, vertical) or apart(b[2], a[1], HIGHEST, LOWEST, vertical) or
                apart(a[4], b[3], LATEST, EARLIEST, time) or apart(b[4], a[3], LATEST, EARLIEST, time))


def overlaps(a, b):
    return bridged(a, b) and footprints_meet(Footprint(a[0]), Footprint(b[0]))


# --- the ellipsoid -------------------------------------------------------------------------------------------------------
AXIS, FLAT = 6_378_137, 1 / 298.257223563
SQUARED = FLAT * (2 - FLAT)
TO_RADIANS = math.pi / 1_800_000_000


def along_parallel(y):
    """Millimetres for 1e-7 degree at a latitude; none beyond a pole."""
    if abs(y) >= POLE:
        return 0.0
    sine = math.sin(y * TO_RADIANS)
    return AXIS * math.cos(y * TO_RADIANS) / math.sqrt(1 - SQUARED * sine * sine) * TO_RADIANS * 1000


def along_meridian(y):
    sine = math.sin(min(abs(y), POLE) * TO_RADIANS)
    return AXIS * (1 - SQUARED) / (1 - SQUARED * sine * sine) ** 1.5 * TO_RADIANS * 1000


def exact_table():
    """For whole degrees, in nanometres, rounded down: along parallels and along meridians."""
    getcontext().prec = 60

    def series(x, term, k):
        total = term
        while abs(term) > Decimal(10) ** -58:
            term = -term * x * x / (k * (k + 1))
            total, k = total + term, k + 2
        return total

    def arc_cotangent(n):
        total = power = Decimal(1) / n
        k = 1
        while abs(power) > Decimal(10) ** -58:
            power, k = -power / (n * n), k + 2
            total += power / k
        return total
    pi = 4 * (4 * arc_cotangent(5) - arc_cotangent(239))
    flat = 1 / Decimal("298.257223563")
    squared = flat * (2 - flat)
    parallels, meridians = [], []
    for degree in range(91):
        x = pi * degree / 180
        sine, cosine = series(x, x, 2), series(x, Decimal(1), 1)
        inside = 1 - squared * sine * sine
        parallels.append(max(0, math.floor(AXIS * cosine / inside.sqrt() * pi / 180 * 100)))
        meridians.append(math.floor(AXIS * (1 - squared) / (inside * inside.sqrt()) * pi / 180 * 100))
    return parallels, meridians


PARALLELS, MERIDIANS = exact_table()


def least_in(south, north):
    """What the program says of a band, worked out again."""
    far, near = max(abs(south), abs(north)), 0 if south <= 0 <= north else min(abs(south), abs(north))
    meridian = MERIDIANS[min(near, POLE) // 10**7]
    if far >= POLE:
        return 0, meridian
    degree, into = divmod(far, 10**7)
    return math.floor(PARALLELS[degree] + Fraction(PARALLELS[degree + 1] - PARALLELS[degree]) * into / 10**7), meridian


# --- separation ----------------------------------------------------------------------------------------------------------
def from_segment(x, y, edge, px, py):
    """Distance of a place from a segment where steps are px and py long."""
    ax, ay, bx, by = edge[0] * px, edge[1] * py, edge[2] * px, edge[3] * py
    x, y, ux, uy = x * px - ax, y * py - ay, bx - ax, by - ay
    length = ux * ux + uy * uy
    t = min(1.0, max(0.0, (x * ux + y * uy) / length)) if length else 0.0
    return math.hypot(x - t * ux, y - t * uy)


def between(a, b, px, py):
    """Distance of two edges that do not cross. Shifted to near zero first: floats."""
    x, y = a[0], a[1]
    a, b = ((e[0] - x, e[1] - y, e[2] - x, e[3] - y) for e in (a, b))
    return min(from_segment(a[0], a[1], b, px, py), from_segment(a[2], a[3], b, px, py),
               from_segment(b[0], b[1], a, px, py), from_segment(b[2], b[3], a, px, py))


def span(edge):
    return min(edge[1], edge[3]), max(edge[1], edge[3])


def edges_within(a, b, reach):
    """True: within reach on the ellipsoid, for certain. False: not even within what the essay of separation.h allows. None: in
    between. The widest steps between the edges against the shortest in a band wider than the program's."""
    (low, high), (low2, high2) = span(a), span(b)
    steps = reach / along_meridian(0) * 1.000001 + 2
    if max(low, low2) - min(high, high2) > steps:
        return False
    south, north = min(low, low2), max(high, high2)
    px = along_parallel(0 if south <= 0 <= north else min(abs(south), abs(north)))
    py = along_meridian(max(abs(south), abs(north)))
    south, north = max(low, low2) - steps, min(high, high2) + steps
    south, north = min(south, north), max(south, north)
    least = max(0.0, along_parallel(max(abs(south), abs(north))) * 0.9999 - 3e-6)
    least_y = along_meridian(0 if south <= 0 <= north else min(abs(south), abs(north))) * 0.9998
    answer = False
    for x in shifts(a, b, TURN if least == 0 else min(TURN, int(reach / least) + 1)):
        other = moved(b, x)
        if between(a, other, px, py) <= reach * (1 - 1e-9):
            return True
        if between(a, other, least, least_y) <= reach * (1 + 1e-9):
            answer = None
    return answer


def within(a, b, separation):
    """True, False, or None if either is allowed."""
    horizontal, vertical, time = separation
    if not bridged(a, b, vertical, time):
        return False
    mine, other = Footprint(a[0]), Footprint(b[0])
    if footprints_meet(mine, other):
        return True
    reach = 2 * -(-horizontal // 2)
    over_pole = min(2 * POLE - mine.north - other.north, 2 * POLE + mine.south + other.south)
    if reach and over_pole * along_meridian(POLE) <= reach * (1 - 1e-9):
        return True
    answer = False
    for edge in mine.edges if reach else []:
        for edge2 in other.edges:
            found = edges_within(edge, edge2, reach)
            if found:
                return True
            answer = None if found is None else answer
    return answer


def on_ellipsoid(x, y):
    longitude, latitude = x * TO_RADIANS, y * TO_RADIANS
    sine = math.sin(latitude)
    normal = AXIS / math.sqrt(1 - SQUARED * sine * sine)
    flat = normal * math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), normal * (1 - SQUARED) * sine


# --- squares -------------------------------------------------------------------------------------------------------------
def box_around(footprint, horizontal):
    half = -(-horizontal // 2) * 10**6
    if not half:
        return 0, 0
    steps = -(-half // MERIDIANS[0])
    step = least_in(footprint.south - steps, footprint.north + steps)[0] - 2
    return (min(HALF, -(-half // step)) if step > 0 else HALF), steps


def crossings_with_parallel(footprint, y):
    for a, b, c, d in footprint.edges:
        if b != d and min(b, d) <= y <= max(b, d):
            yield (a + Fraction((c - a) * (y - b), d - b)) % TURN


def has_in(footprint, x, low, end):
    """Has it a place on the meridian with a latitude in [low, end)?"""
    return any(south < end and north >= low for south, north in footprint.on_meridian(x))


def row_of_squares(footprint, low, end):
    """The meridians on which it has a place with a latitude in [low, end): single ones, and open intervals."""
    at = sorted(footprint.corners | set(crossings_with_parallel(footprint, low)) | set(crossings_with_parallel(footprint, end)))
    single = [x for x in at if has_in(footprint, x, low, end)]
    gaps = [(x, y) for x, y in zip(at, at[1:] + [at[0] + TURN]) if has_in(footprint, Fraction(x + y) / 2 % TURN, low, end)]
    return single, gaps


def squares(footprint, box, cell):
    (wide, high), found = box, set()
    columns = range(-HALF // cell, (HALF - 1) // cell + 1)
    for row in range(max(-POLE, footprint.south - high) // cell, min(POLE, footprint.north + high) // cell + 1):
        if (footprint.north == POLE and row == POLE // cell) or (footprint.south == -POLE and row == -POLE // cell):
            found |= {(row, column) for column in columns}
            continue
        single, gaps = row_of_squares(footprint, row * cell - high, (row + 1) * cell + high)
        near = set()  # columns worth a look: the others are far from all of it
        for x, y in [(x, x) for x in single] + gaps:
            for turn in (-2 * TURN, -TURN, 0):
                first, last = math.floor(x) + turn - wide, math.ceil(y) + turn + wide
                near |= set(range(max(first // cell - 1, columns[0]), min(last // cell + 1, columns[-1]) + 1))
        for column in near:
            west, east = max(-HALF, column * cell) - wide, min(HALF, (column + 1) * cell) + wide  # [west, east)
            if east - west >= TURN or any((x - west) % TURN < east - west for x in single) or \
                    any(open_meets(x, y, west, east) for x, y in gaps):
                found.add((row, column))
    return found


def open_meets(x, y, west, east):
    """Do (x, y) and [west, east) meet, modulo a turn?"""
    start = west + (x - west) % TURN
    return start < east or start + (y - x) > west + TURN


def steps(low, high, none, nothing, half, step):
    return (EARLIEST if low == none else (low - half) // step, LATEST if high == nothing else (high + half) // step)


def snap(volume, separation, grid):
    """(squares, steps of altitude, steps of time)"""
    footprint, (horizontal, vertical, time) = Footprint(volume[0]), separation
    _, low, high, begin, until = volume
    return (squares(footprint, box_around(footprint, horizontal), grid[0]),
            steps(low, high, LOWEST, HIGHEST, -(-vertical // 2), grid[1] * 1000),
            steps(begin, until, EARLIEST, LATEST, -(-time // 2), grid[2] * 10**6))


def shared(a, b, grid):
    """None, or (south, north, west, east, altitude, time)"""
    both = a[0] & b[0]
    altitude, time = ((max(x[0], y[0]), min(x[1], y[1])) for x, y in ((a[1], b[1]), (a[2], b[2])))
    if not both or altitude[0] > altitude[1] or time[0] > time[1]:
        return None
    rows, columns = {row for row, _ in both}, {column for _, column in both}
    count = (HALF - 1) // grid[0] - (-HALF // grid[0]) + 1
    length, west = min((max((column - west) % count for column in columns), west) for west in columns)
    east = next(column for column in columns if (column - west) % count == length)
    return min(rows), max(rows), west, east, altitude, time
