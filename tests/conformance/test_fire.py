"""The second scenario as `./run fire` loads it: acceptance 2, 3 and 4 of the wildfire, with gridco's drones flown by a system of their own
that speaks F3548, and everybody else on the command line or the native door."""
import json
import subprocess
import tempfile
import time
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import centre as c
from test_airspace_cli import Office
from test_f3548_agreements import REFERENCES, Heard, commanded, dss, heard, notices, receiver  # noqa: F401

GRID, IT, BG, AMB, MIL, HEALTH = ("gridco/drones", "it-fire/bombers", "bg-fire/aerial", "airamb/flight", "gr-airforce/transport",
                                  "health/sites")
FIRST_HOUR = datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0)
GROUND = {"low": {"value": 20, "unit": "m", "reference": "AMSL"}, "high": {"value": 450, "unit": "m", "reference": "AMSL"}}
CIRCUIT = [(26.06, 41.32), (26.12, 41.32), (26.12, 41.585), (26.06, 41.585)]
BESIDE = [(26.1237155, 41.45), (26.17, 41.45), (26.17, 41.58), (26.1237155, 41.58)]  # 310 m east of it


def at(hour, minute):
    """Of the scenario's day, whose hour 12 is the one in which it is loaded."""
    return (FIRST_HOUR + timedelta(hours=hour - 12, minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")


def filed(centre, office, ring, times, high_ft, state="Accepted", entity=None, **more):
    entity = entity or str(uuid.uuid4())
    ruling = commanded(centre, office, "put_intent", {"id": entity, "state": state, **more, "extents": [{
        "polygon": [[round(lng * 1e7), round(lat * 1e7)] for lng, lat in ring], "low": {"reference": "GND"},
        "high": {"value": high_ft, "unit": "ft", "reference": "AMSL"}, "ground": GROUND, "from": times[0], "until": times[1]}]})
    return entity, ruling


def circuit(centre):
    return filed(centre, IT, CIRCUIT, (at(13, 45), at(15, 30)), 3000)[0]


@pytest.fixture
def fire(receiver):  # noqa: F811
    base, chain = receiver
    data = Path(tempfile.mkdtemp(prefix="comity-fire-")) / "centre"
    subprocess.run([c.PROGRAM, "demo", "fire", "--data", data, "--port", str(c.free_port())], check=True, capture_output=True,
                   timeout=300)
    subprocess.run([c.PROGRAM, "demo", "stop", "--data", data], check=True, capture_output=True, timeout=60)
    centre = c.Centre(data, options=("--public-url", "https://fire.example", "--call-ca", str(chain)))
    centre.base = base
    grid = Office(centre, GRID)
    grid.says("destinations", "add", "uss", base)
    done = subprocess.run([c.PROGRAM, "--as", "civil-protection/coordination", "host", "allow-destination", "gridco/uss", base,
                           "--address", "127.0.0.1", "--key", data / "demo-keys/officer-first-officer.key"], env=grid.environment,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    yield centre
    centre.close()


def about(centre, office, other):
    """The open notices of an office that name that other."""
    return [one for one in notices(centre, office) if one.get("other", {}).get("office") == other]


def volume(ring, low, high, times):
    altitude = lambda value: {"value": value, "reference": "W84", "units": "M"}  # noqa: E731
    moment = lambda value: {"value": value, "format": "RFC3339"}  # noqa: E731
    return {"volume": {"outline_polygon": {"vertices": [{"lat": lat, "lng": lng} for lng, lat in ring]},
                       "altitude_lower": altitude(low), "altitude_upper": altitude(high)},
            "time_start": moment(times[0]), "time_end": moment(times[1])}


ALONG_THE_LINE = [(26.0228, 41.5227), (26.0237, 41.5208), (26.1086, 41.5723), (26.1075, 41.5743)]


def by_its_own_system(centre):
    """What the scenario filed for gridco is taken back, and its system files it; the drone's id and OVN."""
    for one in centre.ask("GET", "/api/v1/intents", GRID).json():
        commanded(centre, GRID, "delete_intent", {"id": one["id"], "at": one["ovn"]})
    drone = str(uuid.uuid4())
    body = {"extents": [volume(ALONG_THE_LINE, 150, 550, (at(13, 30), at(14, 15)))], "key": [], "state": "Accepted",
            "uss_base_url": centre.base, "new_subscription": {"uss_base_url": centre.base}}
    answer = dss(centre, "PUT", f"{REFERENCES}/{drone}", body, GRID, 201).json()
    return drone, answer["operational_intent_reference"], body


def test_acceptance_2_gridcos_system_is_told_within_a_second_ends_earlier_and_the_notice_closes(fire):
    drone, reference, body = by_its_own_system(fire)
    begun = time.monotonic()
    theirs = circuit(fire)
    told, path, authorization, said = heard(1)[0]
    assert told - begun < 1.0 and path == "/uss/v1/operational_intents" and authorization
    assert said["operational_intent_id"] == theirs and said["operational_intent"]["reference"]["manager"] == IT
    assert "41.32" not in json.dumps(said), "crewed aircraft, window, contact; not the plan"
    (of_crew,), (of_drone,) = about(fire, IT, GRID), notices(fire, GRID)
    assert of_crew["content"]["level"] == "details" and of_crew["other"]["extents"], "crews learn the drone's volume"
    assert of_drone["content"]["level"] == "reference" and of_drone["other"]["office"] == IT and "extents" not in of_drone["other"]
    # It looks, sees whom it has to show, and ends its flight before the bombers come.
    details = dss(fire, "GET", f"/uss/v1/operational_intents/{theirs}", office=GRID, status=200).json()["operational_intent"]
    earlier = {**body, "extents": [volume(ALONG_THE_LINE, 150, 550, (at(13, 30), at(13, 32)))],
               "key": [details["reference"]["ovn"]], "subscription_id": reference["subscription_id"]}
    del earlier["new_subscription"]
    dss(fire, "PUT", f"{REFERENCES}/{drone}/{reference['ovn']}", earlier, GRID, 200)
    assert about(fire, IT, GRID) == [] and notices(fire, GRID) == []
    ended = next(one for one in fire.ask("GET", "/api/v1/notices", IT).json() if one["notice"] == of_crew["notice"])
    assert ended["state"] == "over" and "content" not in ended


def test_acceptance_3_neither_the_transport_nor_the_helicopter_raises_anything(fire):
    circuit(fire)
    helicopter, ruling = filed(fire, BG, BESIDE, (at(13, 50), at(14, 10)), 3000)
    for office in (BG, MIL):
        assert notices(fire, office) == [], office
    assert ruling["filing"]["conflicts"] == "none new disclosed to you"
    assert ruling["filing"]["by"] == "exact volumes" and ruling["filing"]["cells_shared_with"] >= 1, "the standard's cells touch"
    (transport,) = fire.ask("GET", "/api/v1/intents", MIL).json()
    feet = 304.8
    assert transport["extents"][0]["low_mm"] > 8_000 * feet, "FL 120 with what the day's air may differ, clear of 8,000 ft"


def test_acceptance_4_one_in_distress_is_known_at_once_to_all_it_touches(fire):
    circuit(fire)
    (flight,) = fire.ask("GET", "/api/v1/intents", AMB).json()
    (before,) = [one for one in notices(fire, IT) if one["about"] == "intent" and one["other"]["office"] == AMB]
    begun = time.monotonic()
    commanded(fire, AMB, "put_intent", {"id": flight["id"], "at": flight["ovn"], "state": "Contingent", "extents": [{
        key: value for key, value in extent.items() if key in ("polygon", "from", "until")} | {
        "low": {"value": extent["low_mm"] // 1000, "unit": "m", "reference": "W84"},
        "high": {"value": -(-extent["high_mm"] // 1000), "unit": "m", "reference": "W84"}} for extent in flight["extents"]]})
    assert time.monotonic() - begun < 1.0
    told = [one for one in notices(fire, IT) if one["content"]["contingent"]]
    assert told and all(one["overdue"] is False for one in told) and before["notice"] not in [one["notice"] for one in told]
    due = min(one["answer_by"] for one in told)
    assert datetime.fromisoformat(due.replace("Z", "+00:00")) - datetime.now(timezone.utc) < timedelta(minutes=3)
    assert [one for one in notices(fire, GRID) if one["content"]["contingent"]] == [], "it does not touch the drone"


def test_places_are_told_to_those_who_fly_there_and_listed_for_nobody(fire):
    assert len(fire.ask("GET", "/api/v1/sites", HEALTH).json()) == 2
    for office in (IT, AMB, MIL, GRID):
        assert fire.ask("GET", "/api/v1/sites", office).json() == []
    kinds = {one["content"]["site"] for one in notices(fire, AMB) if one["about"] == "site"}
    assert kinds == {"hospital", "shelter"}, "the ambulance begins at one and ends at the other"
    assert not [one for one in notices(fire, GRID) if one["about"] == "site"]
