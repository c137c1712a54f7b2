"""Two staffs deconflict by the command line alone: file, cross, be warned, answer, move away, end; and what a map is given of it.

us and ru have a memorandum of their own here, whose clause tells `warning` on a grid: each learns where on the grid something of the
other's meets its own intent, and nothing of the plan. Coordinates of the plans are such as stand nowhere else, and are looked for in all
that the other got.
"""
import json
import os
import subprocess
import uuid
import xml.etree.ElementTree as xml
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import urljoin

import pytest

import centre as c

US, RU, SA = "us/defense", "ru/general-staff", "sa/defence"
KML = "{http://www.opengis.net/kml/2.2}"
AREA = [[355000000, 320000000], [425000000, 320000000], [425000000, 375000000], [355000000, 375000000]]
CLAUSES = [
    {"id": "airspace", "type": "deconflict", "between": [[US], [RU]], "area": {"polygon": AREA}, "window": None,
     "states": ["Accepted", "Activated", "Nonconforming", "Contingent"],
     "separation": {"horizontal_m": 9260, "vertical_m": 300, "time_s": 900}, "lead_time": "PT2H", "level": "warning",
     "contact": "line", "grid": {"cell_e7": 1048576, "altitude_m": 1024, "time_s": 1024}, "evaluations_per_day": 4},
    {"id": "volumes", "type": "notify", "from": "each", "to": "others", "about": "intent", "lead_time": "PT2H",
     "acknowledge_within": "PT15M", "read_back": True, "escalate_every": "PT5M"},
    {"id": "line", "type": "contact", "ends": [[US], [RU]], "languages": ["en", "ru"], "test_every": "PT12H",
     "overdue_after": "PT30M"}]
CLAUSES = [{**clause, "text": f"A clause about {clause['id']}."} for clause in CLAUSES]
PLAN_OF_US = "35.0765432 40.0123457, 35.0765432 40.3123457, 35.1765432 40.3123457, 35.1765432 40.0123457"
PLAN_OF_RU = "34.9871234 40.1098761, 34.9871234 40.2098761, 35.2871234 40.2098761, 35.2871234 40.1098761"
ELSEWHERE = "32.9871234 38.1098761, 32.9871234 38.2098761, 33.1871234 38.2098761"
SECRETS = {US: ["0123457", "3123457", "0765432", "1765432"], RU: ["1098761", "2098761", "9871234", "2871234", "1871234"]}


def moment(hours):
    return (datetime.now(timezone.utc) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%MZ")


class Office:
    """The command line as one office; keeps all that it printed."""

    def __init__(self, centre, name):
        keys = centre.data / "demo-keys"
        self.centre, self.name, self.heard = centre, name, []
        self.key = str(keys / f"{name.split('/')[0]}.key")
        self.environment = {**os.environ, "COMITY_CREDENTIALS": str(keys / "credentials.toml"), "COMITY_URL": centre.url}

    def says(self, *words, code=0):
        done = subprocess.run([c.PROGRAM, "--as", self.name, *words], env=self.environment, capture_output=True, text=True,
                              timeout=60)
        self.heard += [done.stdout, done.stderr]
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done

    def told(self, *words):
        return json.loads(self.says("--json", *words).stdout)

    def asks(self, path, accept, status=200):
        answer = self.centre.ask("GET", path, self.name, headers={"Accept": accept})
        assert answer.status == status, (path, answer.status, answer.body)
        self.heard.append(answer.body.decode())
        return answer

    def files(self, *words):
        done = self.says("file", *words, "--low", "6000m", "--high", "21000ft", "--from", moment(1), "--until", moment(2))
        assert done.stderr.startswith("intent ")
        return done.stderr.split()[1], done.stdout

    def never_heard(self, *words):
        for word in words:
            assert word not in "".join(self.heard), (self.name, word)


@pytest.fixture(scope="module")
def running():
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


def without_the_memorandum(us):
    """That of the scenario is suspended, so that what a test agrees on is all that there is between us and ru."""
    us.says("agreements", "suspend", "us.flight-safety-ru", "--yes", "--key", us.key)


@pytest.fixture(scope="module")
def in_force(running, tmp_path_factory):
    """The memorandum, drafted, tabled and signed by the command line."""
    usual = json.loads((c.ROOT / "tests/transcripts/usual-terms.json").read_text())["agreement"]
    text = {**usual, "id": "us.flight-safety", "clauses": CLAUSES,
            "sponsors": ["us", "ru"], "participants": [{"party": "us", "offices": [US]}, {"party": "ru", "offices": [RU]}],
            "suspension": {"by": "unilateral", "notice": "PT0S", "resume": "all", "non_suspendable": []}}
    path = tmp_path_factory.mktemp("memorandum") / "draft.json"
    path.write_text(json.dumps(text))
    us, ru = Office(running, US), Office(running, RU)
    without_the_memorandum(us)
    us.says("agreements", "draft", str(path))
    for office in (us, ru):
        office.says("agreements", "sponsor", "us.flight-safety", "--yes", "--key", office.key)
    us.says("agreements", "table", "us.flight-safety", "--yes", "--key", us.key)
    for office in (us, ru):
        office.says("agreements", "sign", "us.flight-safety", "--yes", "--key", office.key)
    return running


# --- GeoJSON as RFC 7946 has it ---
def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))


def polygons_of(geometry):
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def checked(answer):
    """The features of a collection; 3.1.1, 3.1.6, 3.1.9, 3.2, 3.3."""
    assert answer.header("Content-Type") == "application/geo+json"
    collection = json.loads(answer.body, parse_float=Decimal)
    assert collection["type"] == "FeatureCollection" and set(collection) == {"type", "features"}
    for feature in collection["features"]:
        assert feature["type"] == "Feature" and {"geometry", "properties"} <= set(feature)
        if feature["geometry"] is None:
            continue
        assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
        for rings in polygons_of(feature["geometry"]):
            assert len(rings) == 1
            for ring in rings:
                assert len(ring) >= 4 and ring[0] == ring[-1] and area(ring) > 0, "closed, and right-handed"
                for longitude, latitude in ring:
                    assert -180 <= longitude <= 180 and -90 <= latitude <= 90
    return collection["features"]


def drawn(answer):
    """The placemarks of a KML document."""
    assert answer.header("Content-Type") == "application/vnd.google-earth.kml+xml"
    root = xml.fromstring(answer.body)
    assert root.tag == KML + "kml"
    for ring in root.iter(KML + "LinearRing"):
        places = ring.find(KML + "coordinates").text.split()
        assert len(places) >= 4 and places[0] == places[-1]
    folders = {folder.find(KML + "name").text: folder.findall(KML + "Placemark") for folder in root.iter(KML + "Folder")}
    return {name: [mark.find(KML + "name").text for mark in marks] for name, marks in folders.items()}, root


def maps(office):
    for path in ("intents", "sites", "conflicts", "notices"):
        yield path, checked(office.asks(f"/api/v1/{path}", "application/geo+json"))


def first_is_filed(us):
    """Nothing is disclosed, which is not to say that there is nothing."""
    mine, said = us.files("--polygon", PLAN_OF_US)
    assert "conflicts: none disclosed to you" in said
    assert us.says("conflicts").stdout == "conflicts: none disclosed to you\n"
    listed = us.says("intents").stdout
    assert mine in listed and "4 places from 35.0765432N 40.0123457E" in listed
    assert "6000 to 6400.8 m (19685 to 21000 ft) above the ellipsoid" in listed
    filed = checked(us.asks("/api/v1/intents", "application/geo+json"))[0]
    assert [[str(x), str(y)] for x, y in filed["geometry"]["coordinates"][0][:2]] == [["40.0123457", "35.0765432"],
                                                                                      ["40.3123457", "35.0765432"]]
    assert (filed["properties"]["low_mm"], filed["properties"]["high_mm"]) == (6_000_000, 6_400_800)
    return mine


def second_looks_first(us, ru):
    """What would be disclosed, and where nothing of it would be met; nothing is filed, and nobody is warned."""
    words = ["--polygon", PLAN_OF_RU, "--low", "6000m", "--high", "21000ft", "--from", moment(1), "--until", moment(2)]
    said = ru.says("file", *words, "--preview").stdout
    assert "us.flight-safety, airspace" in said and "line" in said and said.endswith("previewed, not filed\n")
    offered = [line for line in said.splitlines() if line.startswith("nothing disclosed to you there: ")]
    assert len(offered) == 1 and "m higher" in offered[0] and "min later" in offered[0], said
    assert us.says("conflicts").stdout == "conflicts: none disclosed to you\n" and us.told("notices") == []
    assert ru.told("intents") == [] and ru.told("notices") == []


def second_crosses_it(us, ru, mine):
    """Both are warned, also who only watches; neither is told the other's plan."""
    watching = subprocess.Popen([c.PROGRAM, "--as", US, "--json", "notices", "--follow"], env=us.environment,
                                stdout=subprocess.PIPE, text=True)
    theirs, said = ru.files("--polygon", PLAN_OF_RU)
    assert "none disclosed" not in said and "A notification is never a permission." in said and "line" in said
    first = json.loads(watching.stdout.readline())
    watching.terminate()
    watching.wait(timeout=10)
    watching.stdout.close()
    assert first["notice"] == 1 and first["state"] == "open" and first["intent"] == mine
    for office, own, other in ((us, mine, theirs), (ru, theirs, mine)):
        said = office.says("conflicts").stdout
        assert own in said and other not in said and "us.flight-safety, airspace" in said
        assert office.told("conflicts")[0]["intent"] == own
        assert [one["state"] for one in office.told("notices")] == ["open"]
    return theirs


def maps_show_the_squares(us, ru, sa):
    """Those of the grid, the same for both; to others nothing."""
    squares = []
    for office in (us, ru):
        features = dict(maps(office))
        assert [one["properties"]["volume"] for one in features["intents"]] == ["filed"]
        assert [one["properties"]["volume"] for one in features["conflicts"]] == ["shared"]
        assert features["notices"][0]["properties"]["overdue"] is False
        squares.append([one["geometry"] for one in features["conflicts"]])
        names, _ = drawn(office.asks("/api/v1/overlay.kml", "*/*"))
        assert len(names["Your intents"]) == 1 and names["Conflicts disclosed to you"] == ["Conflict, notice 1"]
        assert names["Open notices"] == ["Notice 1"]
    assert squares[0] == squares[1]
    for longitude, latitude in squares[0][0]["coordinates"][0]:
        assert longitude * 10_000_000 % 1048576 == 0 and latitude * 10_000_000 % 1048576 == 0, "on the clause's grid, exactly"
    assert sa.says("conflicts").stdout == "conflicts: none disclosed to you\n"
    assert all(features == [] for _, features in maps(sa))
    names, _ = drawn(sa.asks("/api/v1/overlay.kml", "*/*"))
    assert names == {"Your intents": [], "Your sites": [], "Conflicts: none disclosed to you": [], "Open notices": []}


def notices_are_answered(us, ru):
    """What was understood is computed here; the other side sees that there was an answer."""
    assert "no notice 7" in us.says("ack", "7", code=3).stderr
    assert "one answer at a time" in us.says("ack", "1", "--query", "--cannot-assure", code=2).stderr
    content = us.told("notices")[0]
    said = us.says("ack", "1", "--words", "we hold at 6,100 m").stdout
    assert f"read back {content['read_back']}: as the notice says\nA notification is never a permission.\n" in said
    assert us.says("ack", "1", "--passed-to", "2nd flight").stdout == "accepted\n"
    us.says("ack", "1", "--read-back", json.dumps(content["content"]))
    assert "NOT as the notice says" in us.says("ack", "1", "--read-back-hash", 64 * "1", code=1).stderr
    assert ru.told("conflicts")[0]["other_side"] == "acknowledged"
    ru.says("ack", "1", "--query", "--words", "Which level will you hold?")
    ru.says("ack", "1", "--cannot-assure")
    said = us.says("notices").stdout
    assert "open, answered" in said and "acknowledged (read back)" in said and "passed to 2nd flight" in said
    assert "read_back_differs" in said


def second_moves_away(us, ru, theirs):
    """Both notices close, and the maps are empty again."""
    assert "conflicts: none" not in ru.says("amend", theirs[:8], "--state", "Activated").stdout
    assert ru.told("intents")[0]["state"] == "Activated"
    assert "none disclosed to you" in ru.says("amend", theirs, "--polygon", ELSEWHERE).stdout
    again = ru.told("intents")[0]
    assert len(again["extents"][0]["polygon"]) == 3 and again["extents"][0]["high_mm"] == 6_400_800 and again["version"] == 3
    for office in (us, ru):
        assert [one["state"] for one in office.told("notices")] == ["over"]
        assert dict(maps(office))["notices"][0]["geometry"] is None
        names, _ = drawn(office.asks("/api/v1/overlay.kml", "*/*"))
        assert names["Conflicts: none disclosed to you"] == [] and names["Open notices"] == []


def questions_are_spent(us, ru):
    """Neither yes nor no, and the other side is warned as ever."""
    ru.files("--polygon", "32.5871234 38.1098761, 32.5871234 38.2098761, 32.6871234 38.2098761")
    third, said = ru.files("--polygon", PLAN_OF_RU)
    assert "unknown: call line (us.flight-safety, airspace)\n" in said and "none disclosed" not in said
    assert "unknown: call line" in ru.says("intents").stdout
    assert [one["state"] for one in us.told("notices", "--after", "1")] == ["open"]
    return third


def test_the_life_of_a_conflict(in_force):
    us, ru, sa = (Office(in_force, name) for name in (US, RU, SA))
    mine = first_is_filed(us)
    second_looks_first(us, ru)
    theirs = second_crosses_it(us, ru, mine)
    maps_show_the_squares(us, ru, sa)
    notices_are_answered(us, ru)
    second_moves_away(us, ru, theirs)
    third = questions_are_spent(us, ru)
    # What is ended is gone for both.
    ru.says("end", third)
    assert "no intent" in ru.says("end", third, code=3).stderr
    assert [one["state"] for one in us.told("notices")] == ["over", "over"]
    us.says("end", mine)
    assert us.says("intents").stdout == "no intents of this office\n"
    us.never_heard(theirs, third, *SECRETS[RU])
    ru.never_heard(mine, *SECRETS[US])
    sa.never_heard(mine, theirs, *SECRETS[US], *SECRETS[RU])
    for office in (us, ru, sa):
        office.never_heard("approved", "Approved", "clear ")


def test_geojson_goes_in_as_it_comes_out(in_force, tmp_path):
    sa = Office(in_force, SA)
    ring = [[Decimal("45.00000014"), 25], [45.5, 25], [45.5, 25.5], [45, 25.5], [Decimal("45.00000014"), 25]]
    feature = {"type": "Feature", "properties": {"low": "FL180", "high": "7000 m"}, "geometry":
               {"type": "Polygon", "coordinates": [ring]}}
    path = tmp_path / "area.geojson"
    path.write_text(json.dumps(feature, default=str).replace('"45.00000014"', "45.00000014"))
    printed = sa.told("file", "--geojson", str(path), "--from", moment(1), "--until", moment(2), "--print")
    assert printed["kind"] == "put_intent"
    assert printed["body"]["extents"][0]["polygon"][0] == [450000001, 250000000]
    assert printed["body"]["extents"][0]["low"] == {"value": 180, "unit": "FL", "reference": "FL"}
    assert "`until`" in sa.says("file", "--geojson", str(path), "--from", "now", code=2).stderr

    # Across the antimeridian, and back in again with the altitudes and times that it says.
    number = str(uuid.uuid4())
    sa.says("file", "--id", number, "--polygon", "10 179.9, 10.1 -179.9, 10.2 179.9", "--low", "100m", "--high", "1001ft",
            "--from", moment(1), "--until", moment(2))
    out = sa.asks("/api/v1/intents", "application/geo+json")
    feature = checked(out)[0]
    assert feature["id"] == number and feature["geometry"]["type"] == "MultiPolygon"
    assert {x for rings in polygons_of(feature["geometry"]) for x, _ in rings[0] if abs(x) == 180} == {180, -180}
    path.write_bytes(out.body)
    body = sa.told("file", str(path), "--print")["body"]
    assert [len(one["polygon"]) for one in body["extents"]] == [4, 3]
    assert body["extents"][0]["high"] == {"value": 1001, "unit": "ft", "reference": "W84"}
    sa.says("file", str(path))
    assert len(sa.told("intents")) == 2


def test_a_site_is_listed_drawn_and_withdrawn(in_force):
    sa = Office(in_force, SA)
    hostile = "</name><script>alert(1)</script>&$[id] \u202e"
    number = str(uuid.uuid4())
    site = {"id": number, "kind": "hospital", "name": hostile, "source": "<img src=x>", "measured": "survey",
            "reconfirm_by": "2099-01-01T00:00:00.000000Z",
            "extents": [{"polygon": [[450000000, 250000000], [450010000, 250000000], [450010000, 250010000]]}]}
    done = in_force.ask("POST", "/api/v1/commands", SA, json.dumps({"kind": "put_site", "body": site}),
                        {"Content-Type": "application/json"}, person=True)
    assert done.status == 200, done.body
    names, root = drawn(sa.asks("/api/v1/overlay.kml", "*/*"))
    assert names["Your sites"] == [hostile], "as text, whatever is in it"
    mark = next(one for one in root.iter(KML + "Placemark") if one.find(KML + "name").text == hostile)
    assert "<script" not in mark.find(KML + "description").text and "<img" not in mark.find(KML + "description").text
    assert checked(sa.asks("/api/v1/sites", "application/geo+json"))[0]["properties"]["name"] == hostile
    said = sa.says("sites", "list").stdout
    assert "hospital" in said and "\u202e" not in said
    assert "no site" in sa.says("sites", "withdraw", "ffff", "--yes", code=3).stderr
    sa.says("sites", "withdraw", number[:8], "--yes")
    assert sa.says("sites", "list").stdout == "no sites of this office\n"


def test_a_map_program_finds_its_way(in_force):
    """By the URL of the network link, with the password that it is asked for."""
    nobody = in_force.ask("GET", "/api/v1/kml")
    assert nobody.status == 401 and nobody.header("WWW-Authenticate").startswith("Basic ")
    link = in_force.ask("GET", "/api/v1/kml", US, headers={"Accept": "application/vnd.google-earth.kml+xml, */*;q=0.1"})
    assert link.status == 200 and link.header("Content-Type") == "application/vnd.google-earth.kml+xml"
    root = xml.fromstring(link.body)
    assert int(next(root.iter(KML + "refreshInterval")).text) > 0
    path = urljoin("/api/v1/kml", next(root.iter(KML + "href")).text)
    assert path == "/api/v1/overlay.kml" and in_force.ask("GET", path).status == 401
    drawn(in_force.ask("GET", path, US))
    assert in_force.ask("GET", path, US, headers={"Accept": "application/json"}).status == 406
    assert in_force.ask("GET", "/api/v1/notices?after=x", US, headers={"Accept": "application/geo+json"}).status == 400
