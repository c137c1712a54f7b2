"""The suite `oracle`, geometry: what src/geometry answers against tests/oracle/geometry.py, and its laws.

Twenty thousand random questions, or as many as ten minutes allow with COMITY_LONG=1. A question that is answered in two ways
is shown with its seed and its line for the program. COMITY_SEED starts elsewhere; COMITY_BUILD is another build folder.
"""
import math
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import geometry  # noqa: E402
import geometry_cases as cases  # noqa: E402

PROGRAM = HERE.parent.parent / os.environ.get("COMITY_BUILD", "build/dev") / "suite_geometry"
FIRST_SEED = int(os.environ.get("COMITY_SEED", "1"))
SECONDS = 600 if os.environ.get("COMITY_LONG") else 0
BATCH, BATCHES = 500, 40  # at least


def answers(lines):
    done = subprocess.run([PROGRAM], input="\n".join(lines) + "\n", capture_output=True, text=True)
    said = done.stdout.splitlines()
    assert done.returncode == 0 and len(said) == len(lines), f"{lines[len(said)]}\n{done.stderr[-3000:]}"
    return said


def compare(seed):
    """(answers that were open, ones and zeros of each kind, what is wrong)"""
    asked = [cases.question(random.Random(f"{seed}-{number}")) for number in range(BATCH)]
    counts, left_open = {}, 0
    for number, ((line, wrong), said) in enumerate(zip(asked, answers([line for line, _ in asked]))):
        found = wrong(said)
        if found:
            return left_open, counts, f"seed {seed}-{number}: {found}\n{line}"
        kind = line.split()[0], said[:1] if len(said) < 4 else ""
        counts[kind] = counts.get(kind, 0) + 1
        left_open += getattr(wrong, "open", False)
    return left_open, counts, None


def test_random_questions():
    assert PROGRAM.exists(), "build it first: tools/build dev suite_geometry"
    end, seed, sums, left_open = time.monotonic() + SECONDS, FIRST_SEED, {}, 0
    with ProcessPoolExecutor(2) as pool:
        while seed < FIRST_SEED + BATCHES or time.monotonic() < end:
            for some_open, counts, wrong in pool.map(compare, range(seed, seed + BATCHES)):
                assert not wrong, wrong
                left_open += some_open
                for kind, count in counts.items():
                    sums[kind] = sums.get(kind, 0) + count
            seed += BATCHES
    print(f"{(seed - FIRST_SEED) * BATCH} answers are the same; {left_open} could have been either; {sums}")
    for kind in [("ring", fault) for fault in "0123456"] + [(kind, yes) for kind in ("overlap", "within") for yes in "01"]:
        assert sums.get(kind, 0) > 30, f"the questions do not test {kind}"
    assert left_open < 0.1 * (sums["within", "0"] + sums["within", "1"])


# --- the ellipsoid itself ------------------------------------------------------------------------------------------------
def distance(a, b):
    """Of two places, in millimetres, a hundred thousandth at most too short: a chord, and what an arc is longer."""
    chord = math.dist(a, b)
    return chord * 1000 * (1 + (chord / geometry.AXIS) ** 2 / 24)


def along(edge, t):
    return geometry.on_ellipsoid(edge[0] + t * (edge[2] - edge[0]), edge[1] + t * (edge[3] - edge[1]))


def least_distance(edge, other):
    """By looking: where it is least, more closely, until it becomes no less."""
    middle, wide = (0.5, 0.5), 0.5
    while wide > 1e-9:
        tried = [(min(1, max(0, middle[0] + wide * m / 4)), min(1, max(0, middle[1] + wide * n / 4)))
                 for m in range(-4, 5) for n in range(-4, 5)]
        middle = min(tried, key=lambda at: math.dist(along(edge, at[0]), along(other, at[1])))
        wide /= 3
    return distance(along(edge, middle[0]), along(other, middle[1]))


def pairs_on_the_ground(seed):
    """Lines for the program, and whether the answer must be yes, must be no, or may be either."""
    choose, asked = random.Random(f"ground {seed}"), []
    for _ in range(12):
        y = choose.choice([0, 450_000_000, -600_000_000, 790_000_000, choose.randint(-790_000_000, 790_000_000), 899_950_000])
        x, unit = choose.choice([0, geometry.HALF, choose.randint(-geometry.HALF, geometry.HALF)]), choose.choice([10, 500, 5_000])
        wider = round(1 / math.cos(y * geometry.TO_RADIANS))  # so that sides are as long as high
        unit = min(unit, 1_000_000 // wider)  # no edge longer than ten degrees
        rings = []
        for at in (0, 130):
            points = [(at * wider + choose.randint(0, 100) * wider, choose.randint(0, 100)) for _ in range(3)]
            rings.append([(cases.wrapped(x + a * unit), y + b * unit) for a, b in points])
        if any(geometry.check_ring(ring) for ring in rings):
            continue
        mine, other = (geometry.edges_of(ring) for ring in rings)
        real = min(least_distance(a, b) for a in mine for b in other)
        high = (geometry.Footprint(rings[0]), geometry.Footprint(rings[1]))
        tall = max(each.north - each.south for each in high) * geometry.along_meridian(geometry.POLE)
        top_e7 = max(abs(bound) for each in high for bound in (each.north, each.south))
        top = top_e7 * geometry.TO_RADIANS
        for share in (0.8, 0.9, 0.95, 0.99, 0.999, 1.001, 1.2):
            reach = 2 * round(real * share / 2)
            early = 0.0003 + math.tan(min(top, 1.5707)) * (tall + 2 * reach) / 6.335e9 + 3e-6 / geometry.along_parallel(top_e7)
            must = 1 if real * 1.00002 < reach else 0 if real * (1 - early) * 0.99998 > reach else None
            volumes = [cases.volume_text((ring, 0, 0, 0, 0)) for ring in rings]
            asked.append((cases.words("within", reach, 0, 0, *volumes), must))
    return asked


def test_distances_on_the_ellipsoid():
    """Nothing within reach is missed, and conflict is said no earlier than separation.h allows."""
    with ProcessPoolExecutor(2) as pool:
        asked = [each for some in pool.map(pairs_on_the_ground, range(FIRST_SEED, FIRST_SEED + (600 if SECONDS else 8)))
                 for each in some]
    sure = 0
    for (line, must), said in zip(asked, answers([line for line, _ in asked])):
        assert must is None or said == str(must), f"the program says {said}\n{line}"
        sure += must is not None
    assert sure > len(asked) / 3


def test_what_is_too_near_meets_on_every_grid():
    """What is within a separation also meets when snapped with it (separation.h)."""
    choose, within, snap = random.Random(f"laws {FIRST_SEED}"), [], []
    for _ in range(200_000 if SECONDS else 1500):
        cell = 2**choose.choice([10, 14, 20])
        a, b = cases.two_volumes(choose, cell, apart=8 * cell)
        volumes = cases.volume_text(a), cases.volume_text(b)
        separation = choose.randint(0, 300 * cell), choose.randint(0, 9000), choose.randint(0, 10**7)
        within.append(cases.words("within", *separation, *volumes))
        snap.append(cases.words("snap", cell * 32, 4, 8, *separation, 50_000, *volumes))
    seen = 0
    for line, near, snapped in zip(snap, answers(within), answers(snap)):
        if near == "1" and "too many" not in snapped:
            assert snapped.split(" | ")[1 + 1].strip() == "1", line
            seen += 1
    assert seen > 300
