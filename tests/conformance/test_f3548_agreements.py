"""F3548 in a centre of agreements: a party's own system sees what clauses give it and nothing else (25-isolation D3 to D9).

us files natively, on watch; ru has a system that speaks F3548. Which memorandum they have is up to the test; sa has none with anybody.
"""
import base64
import http.server
import json
import ssl
import subprocess
import threading
import time
import uuid
from datetime import datetime, timedelta, timezone

import pytest

import centre as c
from test_airspace_cli import AREA, Office, without_the_memorandum

US, RU, SA = "us/defense", "ru/general-staff", "sa/defence"
BASE = "https://uss.ru.example"
REFERENCES = "/dss/v1/operational_intent_references"
PLAN = [(35.0, 40.0), (35.0, 40.02), (35.02, 40.02), (35.02, 40.0)]
CROSSING = [(35.01, 40.01), (35.01, 40.03), (35.03, 40.03), (35.03, 40.01)]
BESIDE = [(35.03, 40.03), (35.03, 40.05), (35.05, 40.05), (35.05, 40.03)]  # in the same cell of the grid, not in the same place
ELSEWHERE = [(36.5, 41.5), (36.5, 41.52), (36.52, 41.52), (36.52, 41.5)]
ALL = ["Accepted", "Activated", "Nonconforming", "Contingent"]


def moment(hours):
    return (datetime.now(timezone.utc) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")


FROM, UNTIL = moment(1), moment(2)


def clause(level, evaluations=500):
    return {"id": "airspace", "type": "deconflict", "between": [[US], [RU]], "area": {"polygon": AREA}, "window": None,
            "states": ALL, "separation": {"horizontal_m": 0, "vertical_m": 0, "time_s": 0}, "lead_time": "PT0S", "level": level,
            "contact": "line", "grid": {"cell_e7": 1048576, "altitude_m": 1024, "time_s": 1024},
            "evaluations_per_day": evaluations}


LINE = {"id": "line", "type": "contact", "ends": [[US], [RU]], "languages": ["en"], "test_every": "PT12H", "overdue_after": "PT30M"}


def agree(centre, folder, name, clauses):
    """Drafted, tabled and signed by the command line."""
    usual = json.loads((c.ROOT / "tests/transcripts/usual-terms.json").read_text())["agreement"]
    text = {**usual, "id": name, "sponsors": ["us", "ru"], "clauses": [{"text": "As the parties agreed.", **one} for one in clauses],
            "participants": [{"party": "us", "offices": [US]}, {"party": "ru", "offices": [RU]}],
            "suspension": {"by": "unilateral", "notice": "PT0S", "resume": "all", "non_suspendable": []}}
    path = folder / "draft.json"
    path.write_text(json.dumps(text))
    us, ru = Office(centre, US), Office(centre, RU)
    us.says("agreements", "draft", str(path))
    for office in (us, ru):
        office.says("agreements", "sponsor", name, "--yes", "--key", office.key)
    us.says("agreements", "table", name, "--yes", "--key", us.key)
    for office in (us, ru):
        office.says("agreements", "sign", name, "--yes", "--key", office.key)


@pytest.fixture
def open_centre(tmp_path):
    running = []

    def made(*clauses, options=()):
        centre = c.Centre(c.load_scenario(), options=("--public-url", "https://centre.example", *options))
        running.append(centre)
        without_the_memorandum(Office(centre, US))
        if clauses:
            agree(centre, tmp_path, "us.deconfliction", [*clauses, LINE])
        return centre
    yield made
    for centre in running:
        centre.close()


def extent(ring, low=100, high=300):
    altitude = lambda value: {"value": value, "reference": "W84", "units": "M"}  # noqa: E731
    at = lambda value: {"value": value, "format": "RFC3339"}  # noqa: E731
    return {"volume": {"outline_polygon": {"vertices": [{"lat": lat, "lng": lng} for lat, lng in ring]},
                       "altitude_lower": altitude(low), "altitude_upper": altitude(high)},
            "time_start": at(FROM), "time_end": at(UNTIL)}


def dss(centre, method, path, body=None, office=RU, status=None):
    answer = centre.ask(method, path, office, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
    if status:
        assert answer.status == status, (method, path, answer.status, answer.body)
    return answer


def put(centre, ring, key=(), entity=None, status=None, office=RU, **more):
    entity = entity or str(uuid.uuid4())
    body = {"extents": [extent(ring)], "key": list(key), "state": "Accepted", "uss_base_url": BASE, **more}
    return entity, dss(centre, "PUT", f"{REFERENCES}/{entity}", body, office, status)


def system(centre, office):
    """What the standard calls a client that has its credential from the centre."""
    return centre.access[office]["client"].replace("/", ".")


def query(centre, ring=PLAN, office=RU):
    return dss(centre, "POST", f"{REFERENCES}/query", {"area_of_interest": extent(ring)}, office, 200).json()[
        "operational_intent_references"]


def commanded(centre, office, kind, body, accepted=True):
    answer = centre.ask("POST", "/api/v1/commands", office, json.dumps({"kind": kind, "body": body}),
                        {"Content-Type": "application/json"}, person=True)
    assert accepted is None or (answer.status == 200) == accepted, (kind, answer.status, answer.body)
    return answer.json()


def natively(centre, ring, office=US, entity=None, **more):
    entity = entity or str(uuid.uuid4())
    polygon = [[round(lng * 1e7), round(lat * 1e7)] for lat, lng in ring]
    altitude = lambda value: {"value": value, "unit": "m", "reference": "W84"}  # noqa: E731
    commanded(centre, office, "put_intent", {"id": entity, "state": "Accepted", "extents": [
        {"polygon": polygon, "low": altitude(100), "high": altitude(300), "from": FROM, "until": UNTIL}], **more})
    return entity


def notices(centre, office):
    return [one for one in centre.ask("GET", "/api/v1/notices", office).json() if one["state"] == "open"]


def on_the_grid(corners):
    """Corners of squares, or places between two of them along a parallel or a meridian."""
    return corners and all(any(round(corner[axis] * 1e7) % 1048576 == 0 for axis in ("lat", "lng")) for corner in corners)


def test_at_reference_an_intent_of_the_other_stands_in_the_key_and_its_details_come_from_the_centre(open_centre):
    centre = open_centre(clause("reference"))
    theirs = natively(centre, PLAN)
    own, refused = put(centre, CROSSING, status=409)
    missing = refused.json()["missing_operational_intents"]
    assert [one["id"] for one in missing] == [theirs] and missing[0]["ovn"] == "Available from USS"
    assert missing[0]["uss_base_url"] == "https://centre.example" and missing[0]["manager"] == US
    details = dss(centre, "GET", f"/uss/v1/operational_intents/{theirs}", status=200).json()["operational_intent"]
    ovn = details["reference"]["ovn"]
    assert details["details"] == {"priority": 0, "volumes": [], "off_nominal_volumes": []}, "nothing of the plan but who and when"
    _, filed = put(centre, CROSSING, key=[ovn], entity=own, status=201)
    assert filed.json()["operational_intent_reference"]["manager"] == system(centre, RU)
    assert [one["about"] for one in notices(centre, US)] == ["intent"], "the other side is told as well"
    shared = dss(centre, "GET", f"/uss/v1/operational_intents/{theirs}", status=200).json()["operational_intent"]["details"]["volumes"]
    assert len(shared) == 1, "where the two meet, on the grid of the clause"
    corners = shared[0]["volume"]["outline_polygon"]["vertices"]
    assert on_the_grid(corners)
    assert {one["id"] for one in query(centre)} == {theirs, own}
    assert dss(centre, "GET", f"/uss/v1/operational_intents/{own}").status == 404, "ru's own system has the details of that"


def test_at_reference_asking_at_other_altitudes_shows_the_step_of_the_grid_and_no_more(open_centre):
    centre = open_centre(clause("reference"))
    theirs = natively(centre, PLAN)  # from 100 to 300 m; steps are of 1,024 m

    def asked(low, high):
        found = dss(centre, "POST", f"{REFERENCES}/query", {"area_of_interest": extent(PLAN, low, high)}, status=200).json()
        entity = str(uuid.uuid4())
        body = {"extents": [extent(PLAN, low, high)], "key": [], "state": "Accepted", "uss_base_url": BASE}
        filed = dss(centre, "PUT", f"{REFERENCES}/{entity}", body)
        in_the_way = {one["id"] for one in filed.json().get("missing_operational_intents", [])}
        assert filed.status == (409 if in_the_way else 201), filed.body
        shown = {one["id"] for one in found["operational_intent_references"]}
        return theirs in shown, theirs in in_the_way
    assert asked(290, 310) == asked(310, 400) == asked(10, 20) == asked(900, 1020) == (True, True)
    assert asked(1030, 1100) == asked(-400, -10) == (False, False)


def test_at_details_an_altitude_is_asked_exactly(open_centre):
    centre = open_centre({**clause("details"), "grid": None})
    theirs = natively(centre, PLAN)
    shown = [len(dss(centre, "POST", f"{REFERENCES}/query", {"area_of_interest": extent(PLAN, low, high)}, status=200).json()[
        "operational_intent_references"]) for low, high in ((290, 310), (301, 400), (10, 99))]
    assert shown == [1, 0, 0], theirs


def test_at_details_the_volumes_come_as_filed(open_centre):
    centre = open_centre({**clause("details"), "grid": None})
    theirs = natively(centre, PLAN)
    details = dss(centre, "GET", f"/uss/v1/operational_intents/{theirs}", status=200).json()["operational_intent"]["details"]
    corners = details["volumes"][0]["volume"]["outline_polygon"]["vertices"]
    places = [(corner["lat"], corner["lng"]) for corner in corners]
    assert [place for place in places if place in PLAN] == PLAN
    assert len(places) > len(PLAN), "edges that are straight on the map, as places on them, since the standard's are geodesics"


def test_at_warning_one_surrogate_stands_for_all_that_is_met_and_tells_nothing_of_it(open_centre):
    """25-isolation D3."""
    centre = open_centre(clause("warning"))
    plans = [natively(centre, PLAN), natively(centre, BESIDE)]
    assert query(centre) == [], "a bare query shows references and better only"
    own, refused = put(centre, CROSSING, status=409)
    missing = refused.json()["missing_operational_intents"]
    assert len(missing) == 1, "one, however many are met"
    surrogate = missing[0]
    assert surrogate["id"] not in plans and surrogate["manager"] == "centre" and surrogate["uss_availability"] == "Unknown"
    assert surrogate["state"] == "Accepted" and surrogate["subscription_id"] == "00000000-0000-4000-8000-000000000000"
    stamp = datetime.fromisoformat(surrogate["time_start"]["value"].replace("Z", "+00:00")).timestamp()
    assert stamp % 1024 == 0, "times are those of the grid"
    assert notices(centre, US) == [] and notices(centre, RU) == [], "a refused filing is none"
    for office in (US, SA):
        assert dss(centre, "GET", f"{REFERENCES}/{surrogate['id']}", office=office).status == 404
    assert dss(centre, "GET", f"{REFERENCES}/{plans[0]}").status == 404
    again = put(centre, CROSSING, entity=own, status=409)[1].json()["missing_operational_intents"][0]
    assert again == surrogate, "the same while nothing of what is told changes"
    entity, _ = put(centre, ELSEWHERE, status=201)
    moved = dss(centre, "PUT", f"{REFERENCES}/{entity}/" + dss(centre, "GET", f"{REFERENCES}/{entity}").json()[
        "operational_intent_reference"]["ovn"], {"extents": [extent(CROSSING)], "key": [], "state": "Accepted",
                                                 "uss_base_url": BASE}, status=409).json()
    assert moved["missing_operational_intents"][0]["id"] != surrogate["id"], "it is of one intent of the reader's"
    # As the standard has it: whoever is told in a 409 of an intent asks its manager for details, and files again.
    assert dss(centre, "GET", f"{REFERENCES}/{surrogate['id']}", status=200).json() == {"operational_intent_reference": surrogate}
    details = dss(centre, "GET", f"/uss/v1/operational_intents/{surrogate['id']}", status=200).json()["operational_intent"]
    corners = [corner for one in details["details"]["volumes"] for corner in one["volume"]["outline_polygon"]["vertices"]]
    assert on_the_grid(corners)
    assert details["reference"]["ovn"] != "Available from USS"
    put(centre, CROSSING, entity=own, key=["0" * 32], status=409)
    put(centre, CROSSING, entity=own, key=[details["reference"]["ovn"]], status=201)
    assert len(notices(centre, US)) == 2 and len(notices(centre, RU)) == 1
    for plan in plans:
        assert plan.encode() not in refused.bytes()


def test_a_surrogate_is_taken_by_its_ovn_and_the_other_is_warned(open_centre):
    centre = open_centre(clause("warning"))
    plan = natively(centre, PLAN)
    own = str(uuid.uuid4())
    body = {"extents": [extent(CROSSING)], "key": [], "state": "Nonconforming", "uss_base_url": BASE,
            "new_subscription": {"uss_base_url": BASE}}
    _, first = put(centre, ELSEWHERE, entity=own, status=201)
    ovn = first.json()["operational_intent_reference"]["ovn"]
    ovn = dss(centre, "PUT", f"{REFERENCES}/{own}/{ovn}", body, status=200).json()["operational_intent_reference"]["ovn"]
    assert len(notices(centre, US)) == 1 and len(notices(centre, RU)) == 1, "off-nominal states need no key"
    (surrogate,) = [one for one in query(centre, CROSSING) if one["id"] != own]
    details = dss(centre, "GET", f"/uss/v1/operational_intents/{surrogate['id']}", status=200).json()["operational_intent"]
    assert details["reference"]["id"] == surrogate["id"] and len(details["details"]["volumes"]) == 1
    body = {**body, "state": "Accepted", "key": [details["reference"]["ovn"]]}
    dss(centre, "PUT", f"{REFERENCES}/{own}/{ovn}", {**body, "key": []}, status=409)
    dss(centre, "PUT", f"{REFERENCES}/{own}/{ovn}", body, status=200)
    # The other moves away: the surrogate is gone.
    at = centre.ask("GET", "/api/v1/intents", US).json()[0]["ovn"]
    natively(centre, ELSEWHERE, entity=plan, at=at)
    assert [one["id"] for one in query(centre, CROSSING)] == [own]
    assert dss(centre, "GET", f"/uss/v1/operational_intents/{surrogate['id']}").status == 404


def test_without_a_clause_neither_exists_for_the_other(open_centre):
    """25-isolation D4, D5, D7, D9."""
    centre = open_centre(clause("reference"))
    theirs = natively(centre, PLAN)
    _, filed = put(centre, CROSSING, office=SA, status=201)
    assert filed.json()["subscribers"] == []
    assert [one["manager"] for one in query(centre, office=SA)] == [system(centre, SA)]
    assert dss(centre, "GET", f"{REFERENCES}/{theirs}", office=SA).status == 404
    assert dss(centre, "DELETE", f"{REFERENCES}/{theirs}/{'0' * 32}", office=SA).status == 404
    put(centre, ELSEWHERE, entity=theirs, office=SA, status=201)  # an id is its office's own
    body = {"extents": extent(PLAN), "uss_base_url": BASE, "notify_for_operational_intents": True}
    asked = dss(centre, "PUT", f"/dss/v1/subscriptions/{uuid.uuid4()}", body, SA, 200).json()
    assert [one["manager"] for one in asked["operational_intent_references"]] == [system(centre, SA)]
    natively(centre, CROSSING)
    before = asked["subscription"]["notification_index"]
    now = dss(centre, "GET", f"/dss/v1/subscriptions/{asked['subscription']['id']}", office=SA).json()
    assert now["subscription"]["notification_index"] == before, "hidden traffic is not counted"
    for uss in (system(centre, SA), "nobody"):
        answer = dss(centre, "GET", f"/dss/v1/uss_availability/{uss}", status=200).json()
        assert answer == {"version": "", "status": {"uss": uss, "availability": "Unknown"}}


def test_availability_is_told_for_as_long_as_a_clause_gives_anything(open_centre):
    end = datetime.now(timezone.utc) + timedelta(seconds=20)
    window = {"from": moment(-1), "until": end.strftime("%Y-%m-%dT%H:%M:%S.000000Z")}
    centre = open_centre({**clause("reference"), "window": window})
    path = f"/dss/v1/uss_availability/{system(centre, US)}"
    dss(centre, "PUT", path, {"old_version": "", "availability": "Down"}, US, 200)

    def told(office):
        return dss(centre, "GET", path, office=office, status=200).json()["status"]["availability"]
    assert told(RU) == "Down" and told(SA) == "Unknown"
    time.sleep(max(0, end.timestamp() - time.time()) + 0.1)
    put(centre, ELSEWHERE, office=SA, status=201)  # the time that counts is that of the last record
    assert told(RU) == "Unknown" and told(US) == "Down"


def test_a_contingent_intent_stays_so_until_it_ends(open_centre):
    """25-isolation D6."""
    centre = open_centre(clause("warning"))
    own, first = put(centre, ELSEWHERE, status=201)
    body = {"extents": [extent(ELSEWHERE)], "key": [], "state": "Contingent", "uss_base_url": BASE,
            "new_subscription": {"uss_base_url": BASE}}
    ovn = dss(centre, "PUT", f"{REFERENCES}/{own}/{first.json()['operational_intent_reference']['ovn']}", body,
              status=200).json()["operational_intent_reference"]["ovn"]
    dss(centre, "PUT", f"{REFERENCES}/{own}/{ovn}", {**body, "state": "Accepted"}, status=400)
    dss(centre, "DELETE", f"{REFERENCES}/{own}/{ovn}", status=200)


def test_refused_filings_are_charged_and_beyond_the_budget_there_is_no_answer(open_centre):
    """25-isolation G10: whoever asks by being refused has asked."""
    centre = open_centre(clause("warning", evaluations=3))
    natively(centre, PLAN)
    for _ in range(3):
        _, no = put(centre, CROSSING, status=409)
        assert "comity_unknown" not in no.json()
    own, filed = put(centre, CROSSING, status=201)
    silence = [{"agreement": "us.deconfliction", "clause": "airspace", "call": "line", "answer": "unknown: call line"}]
    assert filed.json()["comity_unknown"] == silence, "which is not to look as if all were clear"
    _, no = put(centre, CROSSING, status=409)  # for want of the OVN of its own first
    assert no.json()["comity_unknown"] == silence and len(no.json()["missing_operational_intents"]) == 1
    unknown = [one for one in centre.ask("GET", "/api/v1/intents", RU).json() if one["id"] == own][0]["unknown"]
    assert unknown[0]["answer"] == "unknown: call line"
    assert len(notices(centre, US)) == 1 and notices(centre, RU) == [], "the other side is warned as ever"
    assert [one["id"] for one in query(centre, CROSSING)] == [own]


def test_a_client_that_may_not_read_is_told_so(open_centre):
    """Else an empty list looks as if all were clear."""
    centre = open_centre(clause("warning"))
    natively(centre, PLAN)
    commanded(centre, RU, "register_client", {"office": RU, "slug": "blind", "rights": ["file"], "password": "a long password of its own"})
    blind = base64.b64encode(f"{RU}/blind:a long password of its own".encode()).decode()
    for method, path in (("PUT", f"{REFERENCES}/{uuid.uuid4()}"), ("POST", f"{REFERENCES}/query")):
        body = {"extents": [extent(CROSSING)], "key": [], "state": "Accepted", "uss_base_url": BASE, "area_of_interest": extent(PLAN)}
        answer = centre.ask(method, path, body=json.dumps(body), headers={"Authorization": f"Basic {blind}"})
        assert answer.status == 403, (path, answer.status, answer.body)
    assert centre.ask("GET", "/healthz").status == 200


def test_who_leaves_sees_nothing_from_then_on(open_centre):
    centre = open_centre(clause("reference"))
    theirs = natively(centre, PLAN)
    assert [one["id"] for one in query(centre)] == [theirs]
    ru = Office(centre, RU)
    ru.says("agreements", "suspend", "us.deconfliction", "--yes", "--key", ru.key)
    assert query(centre) == []
    assert dss(centre, "GET", f"/uss/v1/operational_intents/{theirs}").status == 404
    put(centre, CROSSING, status=201)


class Heard(http.server.BaseHTTPRequestHandler):
    calls = []
    status = 204

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Heard.calls.append((time.monotonic(), self.path, self.headers["Authorization"], body))
        self.send_response(Heard.status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver(tmp_path):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                    tmp_path / "key.pem", "-out", tmp_path / "chain.pem"], check=True, capture_output=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Heard)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "chain.pem", tmp_path / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Heard.calls, Heard.status = [], 204
    yield f"https://localhost:{server.server_port}", tmp_path / "chain.pem"
    server.shutdown()


def heard(count, within=10.0):
    end = time.monotonic() + within
    while len(Heard.calls) < count and time.monotonic() < end:
        time.sleep(0.01)
    return Heard.calls


def test_a_system_is_told_of_what_was_filed_natively_within_a_second(open_centre, receiver):
    base, chain = receiver
    centre = open_centre(clause("details") | {"grid": None}, options=("--call-ca", str(chain)))
    allow(centre, base)
    subscription = str(uuid.uuid4())
    dss(centre, "PUT", f"/dss/v1/subscriptions/{subscription}",
        {"extents": extent(PLAN), "uss_base_url": base, "notify_for_operational_intents": True}, status=200)
    begun = time.monotonic()
    theirs = natively(centre, PLAN)
    (at, path, authorization, body), = heard(1)
    assert at - begun < 1.0 and path == "/uss/v1/operational_intents" and authorization.startswith("Bearer ")
    assert body["operational_intent_id"] == theirs and body["subscriptions"][0]["subscription_id"] == subscription
    assert body["operational_intent"]["reference"]["ovn"] and body["operational_intent"]["details"]["volumes"]
    time.sleep(0.5)
    assert len(heard(2, within=0.2)) == 1, "once"
    at = centre.ask("GET", "/api/v1/intents", US).json()[0]["ovn"]
    Heard.status = 500
    commanded(centre, US, "delete_intent", {"id": theirs, "at": at})
    heard(2)
    Heard.status = 204
    *_, (_, _, _, body) = heard(3, within=15.0)
    assert len(Heard.calls) >= 3, "what was not taken is told again"
    assert body["operational_intent_id"] == theirs and "operational_intent" not in body


def test_a_system_is_told_of_its_surrogates(open_centre, receiver):
    base, chain = receiver
    centre = open_centre(clause("warning"), options=("--call-ca", str(chain)))
    allow(centre, base)
    own, _ = put(centre, CROSSING, status=201, state="Accepted", new_subscription={"uss_base_url": base})
    theirs = natively(centre, PLAN)
    (_, path, _, body), = heard(1)
    surrogate = body["operational_intent_id"]
    assert path == "/uss/v1/operational_intents" and surrogate not in (own, theirs)
    assert body["operational_intent"]["reference"]["manager"] == "centre"
    at = centre.ask("GET", "/api/v1/intents", US).json()[0]["ovn"]
    natively(centre, ELSEWHERE, entity=theirs, at=at)
    _, (_, _, _, body) = heard(2)
    assert body["operational_intent_id"] == surrogate and "operational_intent" not in body, "it is gone"
    assert all(theirs not in json.dumps(body) for *_, body in Heard.calls)


@pytest.mark.parametrize("leaves", ["moves", "ends"])
def test_who_looks_where_an_intent_was_is_told_that_its_surrogate_is_gone(open_centre, receiver, leaves):
    base, chain = receiver
    centre = open_centre(clause("warning"), options=("--call-ca", str(chain)))
    allow(centre, base)
    own, filed = put(centre, CROSSING, status=201)
    dss(centre, "PUT", f"/dss/v1/subscriptions/{uuid.uuid4()}", status=200, body={
        "extents": extent(CROSSING), "uss_base_url": base, "notify_for_operational_intents": True})
    natively(centre, PLAN)
    (_, _, _, body), = heard(1)
    surrogate, at = body["operational_intent_id"], filed.json()["operational_intent_reference"]["ovn"]
    assert body["operational_intent"]["reference"]["manager"] == "centre"
    if leaves == "moves":
        put(centre, ELSEWHERE, (), f"{own}/{at}", status=200)
    else:
        dss(centre, "DELETE", f"{REFERENCES}/{own}/{at}", status=200)
    _, (_, _, _, body) = heard(2)
    assert body["operational_intent_id"] == surrogate and "operational_intent" not in body, "it is gone"


def test_a_constraint_that_leaves_what_a_clause_is_about_is_told_to_be_gone(open_centre, receiver):
    base, chain = receiver
    centre = open_centre(clause("reference"), options=("--call-ca", str(chain)))
    allow(centre, base)
    dss(centre, "PUT", f"/dss/v1/subscriptions/{uuid.uuid4()}", status=200, body={
        "extents": extent(PLAN), "uss_base_url": base, "notify_for_constraints": True})
    entity, outside = str(uuid.uuid4()), [(45.0, 50.0), (45.0, 50.02), (45.02, 50.02), (45.02, 50.0)]

    def constrain(ring, **at):
        polygon = [[round(lng * 1e7), round(lat * 1e7)] for lat, lng in ring]
        commanded(centre, US, "put_constraint", {"id": entity, "extents": [{"polygon": polygon, "from": FROM, "until": UNTIL}], **at})
    constrain(PLAN)
    (_, path, _, body), = heard(1)
    assert (path, body["constraint_id"]) == ("/uss/v1/constraints", entity) and body["constraint"]["reference"]["id"] == entity
    constrain(outside, at=centre.ask("GET", "/api/v1/constraints", US).json()[0]["ovn"])
    _, (_, _, _, body) = heard(2)
    assert body["constraint_id"] == entity and "constraint" not in body and "50.0" not in json.dumps(body)
    assert dss(centre, "GET", f"/dss/v1/constraint_references/{entity}").status == 404


def allow(centre, base):
    ru = Office(centre, RU)
    ru.says("destinations", "add", "uss", base)
    keys = centre.data / "demo-keys"
    words = ["host", "allow-destination", "ru/uss", base, "--address", "127.0.0.1", "--key", str(keys / "officer-first-officer.key")]
    done = subprocess.run([c.PROGRAM, "--as", "centre-host/operations", *words], env=ru.environment, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout, done.stderr)
