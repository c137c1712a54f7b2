"""A flight that leaves its volume, over real sockets: who learns what of it (40-deconfliction, off-nominal; f3548-fields 1.8, 2.3).

us flies and reports, natively. ru has `warning` with it, qa `reference`, iq `details`; sa has no clause with anybody.
"""
import base64
import hashlib
import json
import subprocess
import time
import uuid
from datetime import datetime, timedelta, timezone

import pytest

import centre as c
from test_airspace_cli import Office, without_the_memorandum
from test_f3548_agreements import commanded, dss, notices
from test_notices import paged

US, RU, QA, IQ, SA = "us/defense", "ru/general-staff", "qa/defence", "iq/defence", "sa/defence"
PLAN = [(35.0, 40.0), (35.0, 40.1), (35.1, 40.1), (35.1, 40.0)]
BESIDE = [(35.0, 40.5), (35.0, 40.6), (35.1, 40.6), (35.1, 40.5)]
INSIDE, OUTSIDE = [400500000, 350500000], [404500000, 350500000]
ALL = ["Accepted", "Activated", "Nonconforming", "Contingent"]


def moment(**since):
    return (datetime.now(timezone.utc) + timedelta(**since)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


FROM, UNTIL = moment(hours=-1), moment(hours=1)


def agree(centre, folder, other, level):
    """us and one other, by the command line."""
    usual = json.loads((c.ROOT / "tests/transcripts/usual-terms.json").read_text())["agreement"]
    party, name = other.split("/")[0], "us.with-" + other.split("/")[0]
    grid = None if level == "details" else {"cell_e7": 1048576, "altitude_m": 1024, "time_s": 1024}
    clauses = [{"id": "airspace", "type": "deconflict", "between": [[US], [other]], "window": None, "states": ALL,
                "separation": {"horizontal_m": 0, "vertical_m": 0, "time_s": 0}, "lead_time": "PT0S", "level": level,
                "contact": "line", "grid": grid, "evaluations_per_day": None if level == "details" else 500},
               {"id": "line", "type": "contact", "ends": [[US], [other]], "languages": ["en"], "test_every": "PT12H",
                "overdue_after": "PT30M"}]
    text = {**usual, "id": name, "sponsors": ["us", party], "clauses": [{"text": "As agreed.", **one} for one in clauses],
            "participants": [{"party": "us", "offices": [US]}, {"party": party, "offices": [other]}],
            "suspension": {"by": "unilateral", "notice": "PT0S", "resume": "all", "non_suspendable": []}}
    path = folder / "draft.json"
    path.write_text(json.dumps(text))
    both = Office(centre, US), Office(centre, other)
    both[0].says("agreements", "draft", str(path))
    for office in both:
        office.says("agreements", "sponsor", name, "--yes", "--key", office.key)
    both[0].says("agreements", "table", name, "--yes", "--key", both[0].key)
    for office in both:
        office.says("agreements", "sign", name, "--yes", "--key", office.key)


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    made = c.Centre(c.load_scenario(), options=("--public-url", "https://centre.example"))
    folder = tmp_path_factory.mktemp("texts")
    without_the_memorandum(Office(made, US))
    for other, level in ((RU, "warning"), (QA, "reference"), (IQ, "details")):
        agree(made, folder, other, level)
    yield made
    made.close()


def altitude(value):
    return {"value": value, "unit": "m", "reference": "W84"}


def filed(centre, office, ring, state="Accepted", entity=None, **more):
    entity = entity or str(uuid.uuid4())
    polygon = [[round(lng * 1e7), round(lat * 1e7)] for lat, lng in ring]
    commanded(centre, office, "put_intent", {"id": entity, "state": state, "extents": [
        {"polygon": polygon, "low": altitude(900), "high": altitude(1100), "from": FROM, "until": UNTIL}], **more})
    return entity


def own(centre, office, entity):
    return next(one for one in centre.ask("GET", "/api/v1/intents", office).json() if one["id"] == entity)


def report(centre, entity, place, office=US, accepted=True, **more):
    answer = commanded(centre, office, "report_telemetry", {
        "id": entity, "measured_at": moment(), "position": place, "accuracy_m": 10, "altitude": altitude(1000),
        "accuracy_vertical_m": 20, "speed_mps": 70, "track_deg": 90, **more}, accepted)
    return answer.get("filing")


def telemetry(centre, entity, office, status):
    return dss(centre, "GET", f"/uss/v1/operational_intents/{entity}/telemetry", office=office, status=status)


def refuse_a_second_report(centre, flight):
    """One a second: of two that came further apart, on a machine that is busy, the second says nothing of that."""
    for _ in range(10):
        began = time.monotonic()
        assert report(centre, flight, INSIDE)["conforms"] is True
        reply = commanded(centre, US, "report_telemetry", {
            "id": flight, "measured_at": moment(), "position": INSIDE, "accuracy_m": 10, "altitude": altitude(1000),
            "accuracy_vertical_m": 20}, accepted=None)
        if time.monotonic() - began < 1:
            assert reply["reasons"][0]["code"] == "quota"
            return
        time.sleep(1.1)
    raise AssertionError("no two reports came within a second")


def test_a_flight_leaves_its_volume(centre):
    plans = {office: filed(centre, office, BESIDE) for office in (RU, QA, IQ, SA)}
    flight = filed(centre, US, PLAN)
    filed(centre, US, PLAN, "Activated", flight, at=own(centre, US, flight)["ovn"])
    refuse_a_second_report(centre, flight)
    assert own(centre, US, flight)["telemetry"]["position"] == INSIDE
    telemetry(centre, flight, IQ, 409)  # it conforms
    assert all(notices(centre, office) == [] for office in plans)
    before = own(centre, US, flight)
    time.sleep(1.1)
    filing = report(centre, flight, OUTSIDE, next_by=moment(minutes=1), reach_m=10000, reach_vertical_m=100)
    assert filing["conforms"] is False and filing["state"] == "Nonconforming"
    after = own(centre, US, flight)
    assert after["state"] == "Nonconforming" and after["version"] == before["version"] + 1 and after["ovn"] != before["ovn"]
    assert after["telemetry"]["position"] == OUTSIDE and len(after["off_nominal"]) == 1
    assert after["strayed_at"] == after["telemetry"]["measured_at"]
    # warning: on the grid, and nothing of whose or where exactly
    (warned,) = notices(centre, RU)
    assert warned["intent"] == plans[RU] and "other" not in warned
    for box in warned["content"]["volumes"]:
        assert all(box[side] % 1048576 == 0 for side in ("south_e7", "north_e7", "west_e7", "east_e7"))
    telemetry(centre, flight, RU, 404)
    # reference: the state, and no place of it
    (seen,) = notices(centre, QA)
    assert seen["other"]["state"] == "Nonconforming" and "telemetry" not in seen["other"] and "extents" not in seen["other"]
    telemetry(centre, flight, QA, 404)
    area = {"volume": {"outline_polygon": {"vertices": [{"lat": lat, "lng": lng} for lat, lng in BESIDE]}},
            "time_start": {"value": FROM, "format": "RFC3339"}, "time_end": {"value": UNTIL, "format": "RFC3339"}}
    found = dss(centre, "POST", "/dss/v1/operational_intent_references/query", {"area_of_interest": area}, QA, 200).json()
    assert {one["id"]: one["state"] for one in found["operational_intent_references"]}[flight] == "Nonconforming", \
        "it is found where it may be, not only where it was filed"
    # details: volumes of both kinds, and where it is
    (told,) = notices(centre, IQ)
    assert told["other"]["telemetry"]["position"] == OUTSIDE and len(told["other"]["off_nominal"]) == 1
    details = dss(centre, "GET", f"/uss/v1/operational_intents/{flight}", office=IQ, status=200).json()["operational_intent"]["details"]
    assert len(details["volumes"]) == 1 and len(details["off_nominal_volumes"]) == 1
    where = telemetry(centre, flight, IQ, 200).json()
    assert where["operational_intent_id"] == flight and where["next_telemetry_opportunity"]["format"] == "RFC3339"
    assert where["telemetry"]["position"] == {
        "longitude": 40.45, "latitude": 35.05, "accuracy_h": "HA10m", "accuracy_v": "VA25m", "extrapolated": False,
        "altitude": {"value": 1000, "reference": "W84", "units": "M"}}
    assert where["telemetry"]["velocity"] == {"speed": 70, "units_speed": "MetersPerSecond", "track": 90}
    # no clause: nothing
    assert notices(centre, SA) == []
    assert dss(centre, "GET", f"/uss/v1/operational_intents/{flight}", office=SA).status == 404
    telemetry(centre, flight, SA, 404)
    for office in (RU, SA):
        for path in ("/api/v1/notices", "/api/v1/conflicts", "/api/v1/intents", "/api/v1/constraints"):
            body = centre.ask("GET", path, office).bytes()
            assert flight.encode() not in body and str(OUTSIDE[0]).encode() not in body, (office, path)
    # back inside: the volume beside goes, the state stays until its office files it
    time.sleep(1.1)
    assert report(centre, flight, INSIDE) | {"unknown": 0} | {"version": 0} == report_shape("Nonconforming")
    assert all(notices(centre, office) == [] for office in plans)
    back = own(centre, US, flight)
    assert back["state"] == "Nonconforming" and "off_nominal" not in back and back["strayed_at"] == after["strayed_at"]
    assert telemetry(centre, flight, IQ, 200).json()["telemetry"]["position"]["longitude"] == 40.05
    filed(centre, US, PLAN, "Activated", flight, at=back["ovn"])
    telemetry(centre, flight, IQ, 409)
    assert "strayed_at" not in own(centre, US, flight)


def report_shape(state):
    return {"conforms": True, "state": state, "conflicts": "none new disclosed to you", "by": "exact volumes", "cells_shared_with": 0,
            "unknown": 0, "version": 0}


def test_what_nobody_reported_is_not_there(centre):
    flight = filed(centre, US, PLAN)
    filed(centre, US, PLAN, "Nonconforming", flight, at=own(centre, US, flight)["ovn"])
    telemetry(centre, flight, IQ, 412)
    telemetry(centre, flight, US, 412)
    telemetry(centre, "no-id", IQ, 400)
    assert report(centre, flight, INSIDE, office=IQ, accepted=False) is None, "another's intent is not there"


def test_a_report_of_an_exchange_that_went_wrong(centre):
    at = {"value": moment(), "format": "RFC3339"}
    body = {"exchange": {"url": "https://uss.example/x", "method": "GET", "headers": ["Authorization: Bearer secret"],
                         "recorder_role": "Client", "request_time": at, "response_code": 500}}
    answer = dss(centre, "POST", "/uss/v1/reports", body, office=RU, status=201).json()
    assert uuid.UUID(answer["report_id"]).version == 4 and "secret" not in json.dumps(answer)
    dss(centre, "POST", "/uss/v1/reports", {"exchange": 5}, office=RU, status=400)
    assert centre.ask("POST", "/uss/v1/reports", None, json.dumps(body)).status == 401


def test_a_constraint_of_a_party_without_a_system(centre):
    entity, polygon = str(uuid.uuid4()), [[round(lng * 1e7), round(lat * 1e7)] for lat, lng in BESIDE]
    commanded(centre, US, "put_constraint", {"id": entity, "extents": [{"polygon": polygon, "from": FROM, "until": UNTIL}]})
    mine = centre.ask("GET", "/api/v1/constraints", US).json()[0]
    assert mine["id"] == entity and mine["ovn"]
    for office, level in ((QA, "reference"), (IQ, "details")):
        (theirs,) = centre.ask("GET", "/api/v1/constraints", office).json()
        assert theirs["id"] == entity and theirs["office"] == US and "ovn" not in theirs
        assert (theirs["from"], theirs["until"]) == (FROM, UNTIL) and ("extents" in theirs) == (level == "details")
        reference = dss(centre, "GET", f"/dss/v1/constraint_references/{entity}", office=office, status=200).json()
        assert reference["constraint_reference"]["uss_base_url"] == "https://centre.example"
        shown = dss(centre, "GET", f"/uss/v1/constraints/{entity}", office=office, status=200).json()["constraint"]
        assert len(shown["details"]["volumes"]) == (level == "details") and shown["reference"]["ovn"] == mine["ovn"]
    for office in (RU, SA):
        assert centre.ask("GET", "/api/v1/constraints", office).json() == []
        assert dss(centre, "GET", f"/uss/v1/constraints/{entity}", office=office).status == 404
    commanded(centre, US, "delete_constraint", {"id": entity, "at": mine["ovn"]})
    assert dss(centre, "GET", f"/uss/v1/constraints/{entity}", office=QA).status == 404


def test_constraints_come_by_pages(centre):
    polygon = [[round(lng * 1e7), round(lat * 1e7)] for lat, lng in BESIDE]
    filed = []
    for office in (US, IQ, US, IQ, US):
        filed.append((office, str(uuid.uuid4())))
        commanded(centre, office, "put_constraint",
                  {"id": filed[-1][1], "extents": [{"polygon": polygon, "from": FROM, "until": UNTIL}]})
    whole = centre.ask("GET", "/api/v1/constraints", IQ).json()
    assert [(one["office"], one["id"]) for one in whole] == sorted(filed, key=lambda one: (one[0] != IQ, one))
    assert paged(centre, IQ, "/api/v1/constraints", lambda row: f"{row['office']}:{row['id']}") == whole
    assert json.loads(Office(centre, IQ).says("constraints", "list", "--json").stdout) == whole
    assert centre.ask("GET", "/api/v1/constraints?after=x", IQ).status == 400
    for office, name in filed:
        (at,) = [one["ovn"] for one in centre.ask("GET", "/api/v1/constraints", office).json() if one["id"] == name]
        commanded(centre, office, "delete_constraint", {"id": name, "at": at})


def test_the_key_of_the_centres_tokens_checks_them(centre, tmp_path):
    answer = centre.ask("GET", "/.well-known/jwks.json", None)
    assert answer.status == 200
    (key,) = answer.json()["keys"]
    assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("EC", "P-256", "ES256", "sig")
    token = centre.ask("POST", "/api/v1/token", RU).json()["token"]
    decoded = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))  # noqa: E731
    head = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
    (tmp_path / "key.der").write_bytes(head + decoded(key["x"]) + decoded(key["y"]))
    signed, _, signature = token.rpartition(".")
    number = lambda octets: (lambda cut: b"\x02" + bytes([len(cut)]) + cut)(  # noqa: E731
        (b"\x00" if octets.lstrip(b"\x00")[0] & 0x80 else b"") + octets.lstrip(b"\x00"))
    both = number(decoded(signature)[:32]) + number(decoded(signature)[32:])
    (tmp_path / "signature").write_bytes(b"\x30" + bytes([len(both)]) + both)
    (tmp_path / "digest").write_bytes(hashlib.sha256(signed.encode()).digest())
    checked = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", tmp_path / "key.der", "-in",
                              tmp_path / "digest", "-sigfile", tmp_path / "signature"], capture_output=True, text=True)
    assert "Verified Successfully" in checked.stdout, (checked.stdout, checked.stderr)


def test_by_the_command_line(centre):
    flight = filed(centre, US, PLAN)
    us = Office(centre, US)
    said = us.says("position", flight[:13], "--at", "35.05N 40.05E", "--accuracy", "10m", "--altitude", "1000m",
                   "--accuracy-vertical", "5m", "--speed", "30").stdout
    assert "inside of what is filed" in said and "NOT" not in said
    assert "35.05N" in us.says("intents").stdout
    us.says("constraints", "file", "--circle", "35.05N 40.1E", "--radius", "800m", "--from", "now", "--until", "+PT1H")
    (one,) = centre.ask("GET", "/api/v1/constraints", US).json()
    assert one["id"] in us.says("constraints", "list").stdout
    us.says("constraints", "end", one["id"][:13])
    assert centre.ask("GET", "/api/v1/constraints", US).json() == []


def test_replay_holds(centre):
    """What followed stands in the rulings: deciding again says the same."""
    centre.close()
    done = subprocess.run([c.PROGRAM, "replay", "--decide", "--data", str(centre.data)], capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout, done.stderr)
