"""Volumes for the F3548 door: where and when tests put things, so that each test has a piece of the world of its own.

Metres are of a sphere, which is near enough for what is far from a border. S2 cells of level 13 are worked out here by another
program than the centre's: a cell is (face, i, j), of which only equality and neighbourhood count (G6).
"""
import itertools
import math
from datetime import datetime, timedelta, timezone

DEGREE_M = 111_195.0
SIDE = 1 << 13  # cells of level 13 along one side of a face


# --- cells ---
def to_xyz(lat, lng):
    lat, lng = math.radians(lat), math.radians(lng)
    return math.cos(lat) * math.cos(lng), math.cos(lat) * math.sin(lng), math.sin(lat)


def to_lat_lng(x, y, z):
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def to_st(u):
    return 0.5 * math.sqrt(1 + 3 * u) if u >= 0 else 1 - 0.5 * math.sqrt(1 - 3 * u)


def to_uv(s):
    return (4 * s * s - 1) / 3 if s >= 0.5 else (1 - 4 * (1 - s) * (1 - s)) / 3


def cell_of(lat, lng):
    x, y, z = to_xyz(lat, lng)
    axis = max(range(3), key=lambda n: abs((x, y, z)[n]))
    face = axis if (x, y, z)[axis] > 0 else axis + 3
    u, v = {0: lambda: (y / x, z / x), 1: lambda: (-x / y, z / y), 2: lambda: (-x / z, -y / z),
            3: lambda: (z / x, y / x), 4: lambda: (z / y, -x / y), 5: lambda: (-y / z, -x / z)}[face]()
    return face, min(SIDE - 1, int(to_st(u) * SIDE)), min(SIDE - 1, int(to_st(v) * SIDE))


def point_in(cell, s=0.5, t=0.5):
    """The point of a cell at these fractions of its sides."""
    face, i, j = cell
    u, v = to_uv((i + s) / SIDE), to_uv((j + t) / SIDE)
    return to_lat_lng(*{0: (1, u, v), 1: (-u, 1, v), 2: (-u, -v, 1), 3: (-1, -v, -u), 4: (v, -1, -u), 5: (v, u, -1)}[face])


# --- outlines, times, volumes ---
def polygon(*points):
    return {"outline_polygon": {"vertices": [{"lat": lat, "lng": lng} for lat, lng in points]}}


def circle(lat, lng, metres):
    return {"outline_circle": {"center": {"lat": lat, "lng": lng}, "radius": {"value": metres, "units": "M"}}}


def rectangle(south, west, north, east):
    return polygon((south, west), (south, east), (north, east), (north, west))


def moved(lat, lng, north, east):
    """By metres."""
    return lat + north / DEGREE_M, lng + east / (DEGREE_M * math.cos(math.radians(lat)))


def square(lat, lng, half=50):
    return rectangle(*moved(lat, lng, -half, -half), *moved(lat, lng, half, half))


def altitude(metres, reference="W84", units="M"):
    return {"value": metres, "reference": reference, "units": units}


def time_text(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def time(moment):
    return {"value": time_text(moment), "format": "RFC3339"}


def moment_of(told):
    """Of a Time in an answer, to the microsecond."""
    whole, _, fraction = told["value"].rstrip("Z").partition(".")
    return datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S").replace(microsecond=int((fraction + "000000")[:6]), tzinfo=timezone.utc)


def now():
    return datetime.now(timezone.utc)


def volume(outline, low=None, high=None, start=None, end=None):
    """A Volume4D; what is None is left out. Altitudes are metres, times are moments."""
    told = {"volume": dict(outline)}
    for name, value in (("altitude_lower", low), ("altitude_upper", high)):
        if value is not None:
            told["volume"][name] = altitude(value)
    for name, value in (("time_start", start), ("time_end", end)):
        if value is not None:
            told[name] = time(value)
    return told


class Spot:
    """A piece of the world that no other test of this process uses: half a degree around the middle of a cell, well inside a
    face of the cube. Times are minutes from when it was taken."""
    numbers = itertools.count()

    def __init__(self):
        number = next(Spot.numbers)
        self.cell = cell_of(5.5 + number % 25, -170.5 + number // 25)
        self.lat, self.lng = point_in(self.cell)
        self.now = now().replace(microsecond=0)

    def at(self, minutes):
        return self.now + timedelta(minutes=minutes)

    def beside(self, i, j=0):
        """The spot's cell that is so many cells further."""
        return self.cell[0], self.cell[1] + i, self.cell[2] + j

    def square(self, half=50, north=0, east=0):
        return square(*moved(self.lat, self.lng, north, east), half)

    def in_cell(self, i, j=0, half=50):
        """A square in the middle of a cell so many cells further."""
        return square(*point_in(self.beside(i, j)), half)

    def volume(self, outline=None, low=100, high=200, start=10, end=20):
        """A Volume4D of the spot; None leaves a bound out, an outline of {} the outline."""
        return volume(self.square() if outline is None else outline, low, high,
                      None if start is None else self.at(start), None if end is None else self.at(end))

    def anytime(self, outline=None):
        """An area to ask about, without bounds of time and altitude."""
        return self.volume(outline, None, None, None, None)


def big(degrees):
    """A square at the equator, far from all spots, of so many degrees; each its own."""
    west = -43.0 + next(big.numbers) * 0.7 % 80
    return rectangle(0.0, west, degrees, west + degrees)


big.numbers = itertools.count()
