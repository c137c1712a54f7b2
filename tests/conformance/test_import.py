"""Sites from files (`comity sites import`) into a running centre: all of a file or nothing, again without doubling, and told to nobody
but the office that filed them."""
import json
import os
import subprocess

import pytest

import centre as c

IQ, IR, RELIEF = "iq/defence", "ir/general-staff", "relief/liaison"
FILES = c.ROOT / "tests/vectors/places"


@pytest.fixture(scope="module")
def running():
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


@pytest.fixture(autouse=True)
def empty(running):
    """Each test begins with no site of this office."""
    yield
    rows = sites(running)
    while rows:
        commands = [{"kind": "withdraw_site", "body": {"id": row["id"], "at": row["version"]}} for row in rows]
        assert post(running, commands).status == 200
        rows = sites(running)


def imported(centre, *words, office=IQ):
    keys = centre.data / "demo-keys"
    environment = {**os.environ, "COMITY_CREDENTIALS": str(keys / "credentials.toml"), "COMITY_URL": centre.url}
    return subprocess.run([c.PROGRAM, "--as", office, "sites", "import", *map(str, words)], env=environment, capture_output=True,
                          text=True, timeout=60)


def told(centre, *words, office=IQ):
    """The same with --json: how it ended, and what it said."""
    done = imported(centre, "--json", *words, office=office)
    return done.returncode, json.loads(done.stdout)


def sites(centre, office=IQ):
    answer = centre.ask("GET", "/api/v1/sites", office)
    assert answer.status == 200, answer.body
    return answer.json()


def post(centre, commands):
    return centre.ask("POST", "/api/v1/commands", IQ, json.dumps(commands), {"Content-Type": "application/json"})


def versions(centre):
    return {row["name"]: row["version"] for row in sites(centre)}


def doing(answer):
    return [one["doing"] for one in answer["places"]]


def test_a_table_a_second_time_and_with_a_change(running, tmp_path):
    done = imported(running, FILES / "sites.csv")
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert "4 new, 0 changed, 0 as they were" in done.stdout and "Primary school 4" in done.stdout
    rows = {row["name"]: row for row in sites(running)}
    assert len(rows) == 4 and rows["مستشفى الميدان"]["kind"] == "hospital"
    one = rows["Pumping station"]
    assert (one["kind"], one["source"], one["measured"], one["version"]) == ("water", "WASH cluster", "satellite image", 1)
    assert one["reconfirm_by"] == "2096-03-31T09:00:00.000000Z" and len(one["extents"]) == 1
    assert one["said"] == {"extents": [{"point": {"at": [370899000, 361511000], "uncertainty_m": 25}}]}

    code, answer = told(running, FILES / "sites.csv")
    assert code == 0 and doing(answer) == ["as it is"] * 4
    assert set(versions(running).values()) == {1}

    changed = tmp_path / "sites.csv"
    changed.write_text((FILES / "sites.csv").read_text().replace("Primary school 4", "Primary school 4a") +
                       "Shelter,C-1,36.3,37.3,20,shelter,,,2096-01-01\n")
    code, answer = told(running, changed)
    assert code == 0 and doing(answer) == ["as it is", "changed", "as it is", "as it is", "new"]
    assert versions(running)["Primary school 4a"] == 2 and len(sites(running)) == 5


def test_geojson_and_kmz(running):
    assert imported(running, FILES / "sites.geojson").returncode == 0
    rows = {row["name"]: row for row in sites(running)}
    camp = rows["Camp east of the river"]
    assert camp["extents"] == [{"polygon": [[373000000, 361000000], [373100000, 361000000], [373100000, 361100000],
                                            [373000000, 361100000]],
                                "from": "2095-11-01T00:00:00.000000Z", "until": "2096-04-30T23:59:59.999999Z"}]
    assert len(rows["Old citadel"]["extents"]) == 2 and rows["Old citadel"]["source"] == "sites.geojson"
    done = imported(running, FILES / "sites.kmz", "--source", "town plan")
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert {row["name"]: row["source"] for row in sites(running)}["School yard"] == "town plan"
    for name, more in (("sites.geojson", ()), ("sites.kmz", ("--source", "town plan"))):
        code, answer = told(running, FILES / name, *more)
        assert code == 0 and doing(answer) == ["as it is"] * 2, name
    assert set(versions(running).values()) == {1} and len(sites(running)) == 4


@pytest.mark.parametrize("name, options, zone, volumes", [
    ("zones-ed269.json", ("--ground", "350..900", "--until", "2095-12-31", "--accept-findings"), "Airport east", 2),
    ("zones-ed318.json", ("--ground", "100..2500", "--until", "2095-12-20", "--accept-findings"), "Hill", 2)])
def test_geozones(running, name, options, zone, volumes):
    """Limits above the ground, and a schedule, in whose windows the centre has it there."""
    assert imported(running, FILES / name, "--reconfirm-by", "2096-01-31").returncode == 1
    options += ("--reconfirm-by", "2096-01-31")
    done = imported(running, FILES / name, *options)
    assert done.returncode == 0, (done.stdout, done.stderr)
    rows = {row["name"]: row for row in sites(running)}
    assert len(rows) == 2 and any("schedule" in row.get("said", {}) for row in rows.values())
    extents = rows[zone]["extents"]
    assert len(extents) == volumes and all(one["low_mm"] < one["high_mm"] for one in extents)
    code, answer = told(running, FILES / name, *options)
    told_again = {one["name"]: one["doing"] for one in answer["places"]}
    assert code == 0 and set(told_again.values()) == {"as it is"}


def test_they_are_told_to_nobody_else(running):
    assert imported(running, FILES / "sites.csv").returncode == 0
    assert len(sites(running)) == 4
    for office in running.access:
        if office != IQ:  # the scenario's own hospital is relief's
            assert [one["name"] for one in sites(running, office)] == ["Field hospital, east bank"] * (office == RELIEF), office
    assert not any(b"Pumping station" in answer.body for answer in running.walk(IR).values())


def test_a_dry_run_sends_nothing(running):
    done = imported(running, FILES / "sites.csv", "--dry-run")
    assert done.returncode == 0 and "dry run" in done.stdout and "Pumping station" in done.stdout
    assert sites(running) == []


@pytest.mark.parametrize("text, place", [
    ("name,kind,lat,lon,uncertainty\nA,school,36.1,37.1,20\n\"B,school,36.2,37.2,20\n", "line 3"),
    ('{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null}, {"type": "Site"}]}', "/features/1"),
    ('<kml><Placemark><Point></Placemark></kml>', "line 1"),
    ('<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/hostname">]><kml>&a;</kml>', "line 1"),
    ("PK\x03\x04 not an archive", "archive")])
def test_a_broken_file_sends_nothing_and_says_where(running, tmp_path, text, place):
    broken = tmp_path / "broken"
    broken.write_text(text)
    done = imported(running, broken, "--reconfirm-by", "2096-01-31")
    assert done.returncode == 2 and place in done.stderr, done.stderr
    assert sites(running) == []


def test_one_bad_row_stops_all(running, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("name,kind,lat,lon,uncertainty\nA,school,36.1,37.1,20\nB,school,north,37.2,20\n")
    code, answer = told(running, file, "--reconfirm-by", "2096-01-31", "--accept-findings")
    assert code == 1 and [(one["where"], one["code"]) for one in answer["findings"]] == [("line 3", "cannot_be_read")]
    assert sites(running) == []


def test_what_the_file_lacks_comes_by_options(running, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("name,lat,lon\nA,36.1,37.1\n")
    code, answer = told(running, file)
    assert code == 1 and {one["code"] for one in answer["findings"]} == {"no_kind", "no_uncertainty", "no_reconfirm_by"}
    assert sites(running) == []
    done = imported(running, file, "--kind", "heritage", "--uncertainty", "30", "--reconfirm-by", "2096-01-31")
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert [row["kind"] for row in sites(running)] == ["heritage"]


def test_findings_are_looked_at_and_accepted(running, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("name,kind,lat,lon,uncertainty\nIn the sea,shelter,40,-30,50\nA,school,36.1,37.1,50\nB,school,36.1003,37.1,50\n")
    options = (file, "--reconfirm-by", "2096-01-31")
    done = imported(running, *options)
    assert done.returncode == 1 and "--accept-findings" in done.stderr and sites(running) == []
    code, answer = told(running, *options)
    assert code == 1 and {(one["where"], one["code"]) for one in answer["findings"]} == {("line 2", "in_the_sea"),
                                                                                       ("line 4", "duplicate")}
    done = imported(running, *options, "--accept-findings")
    assert done.returncode == 0 and len(sites(running)) == 3, (done.stdout, done.stderr)


def test_what_another_source_has_filed_is_a_duplicate_and_not_changed(running):
    assert imported(running, FILES / "sites.csv").returncode == 0
    code, answer = told(running, FILES / "sites.csv", "--source", "another list")
    assert code == 1 and [one["code"] for one in answer["findings"]] == ["duplicate"] * 4
    assert doing(answer) == ["new"] * 4 and len(sites(running)) == 4


def test_what_the_form_does_not_take_is_said_in_words_of_the_file(running, tmp_path):
    file = tmp_path / "deep.csv"
    file.write_text("name,kind,lat,lon,uncertainty,low\nA,shelter,36.1,37.1,20,\nB,shelter,36.2,37.2,20,-9000 m W84\n")
    done = imported(running, file, "--reconfirm-by", "2096-01-31")
    assert done.returncode == 2 and "line 3 as put_site/extents/0/low/value" in done.stderr, done.stderr
    assert sites(running) == []


def test_if_the_centre_refuses_one_nothing_is_filed(running, tmp_path):
    """An office has as many sites as it may (limits::sites_per_office) but for one: of two new ones the second is refused, and the first is
    withdrawn again. A change of one that stands on the last page is known as a change."""
    first = tmp_path / "last.csv"
    head = "id,name,kind,lat,lon,uncertainty\n"
    first.write_text(head + "1,Last,school,36.1,37.1,20\n")
    options = ("--source", "a list", "--reconfirm-by", "2096-01-31")
    assert imported(running, first, *options).returncode == 0
    square = [[400000000, 350000000], [400001000, 350000000], [400001000, 350001000]]
    for thousand in range(20):
        many = [{"kind": "put_site", "body": {"id": f"00000000-0000-4000-8000-{1000 * thousand + i:012x}", "kind": "school", "name": "School",
                                              "source": "", "measured": "", "reconfirm_by": "2096-01-31T00:00:00.000000Z",
                                              "extents": [{"polygon": square}]}}
                for i in range(1000 if thousand < 19 else 998)]
        assert post(running, many).status == 200
    second = tmp_path / "more.csv"
    second.write_text(head + "1,Last,school,36.1,37.2,20\n")
    assert "0 new, 1 changed" in imported(running, second, *options).stdout
    third = tmp_path / "too-many.csv"
    third.write_text(head + "2,Another,school,36.2,37.2,20\n3,One too many,school,36.3,37.2,20\n")
    done = imported(running, third, *options)
    assert done.returncode == 1 and "quota" in done.stderr and "nothing of it is filed" in done.stderr, done.stderr
    rows = sites(running)
    assert len(rows) == 1000, "a page"
    assert post(running, [{"kind": "withdraw_site", "body": {"id": row["id"], "at": 1}} for row in rows]).status == 200
    assert imported(running, third, *options).returncode == 0
