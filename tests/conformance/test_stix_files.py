"""Files in and out, by the program a person has: validate, import, export, and what is made at the command line."""
import base64
import json
import os
import subprocess

import pytest

import centre as c

DATA = c.SHARED / "data/stix"


@pytest.fixture()
def running():
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


def comity(running, *words, office=None):
    """What the program printed as JSON, and its exit code."""
    environment = dict(os.environ, COMITY_CREDENTIALS=str(running.data / "demo-keys/credentials.toml"))
    where = ["--url", f"http://127.0.0.1:{running.port}"] + (["--as", office] if office else [])
    done = subprocess.run([c.PROGRAM, *where, "--json", *map(str, words)], env=environment, capture_output=True,
                          timeout=120)
    return (json.loads(done.stdout) if done.stdout.startswith((b"{", b"[")) else done.stdout.decode(),
            done.returncode, done.stderr.decode())


def attack(version):
    path = DATA / f"attack/ics-attack-{version}.json"
    if not path.exists():
        pytest.skip("no data: the real STIX bundles are not beside the project")
    return path


def test_import_says_what_validate_says(running):
    bundle = attack("17.1")
    judged, code, _ = comity(running, "validate", bundle)
    assert code == 1 and judged["files"][0]["refused"] == 3, judged["files"][0]["refused"]
    refused = {one["id"] for one in judged["files"][0]["findings"] if not one["sound"]}
    count, code, _ = comity(running, "import", bundle, "--under", "ru.il-staff", office="il/general-staff")
    assert code == 1
    assert count["reasons"] == {"empty_list": 3}, count
    assert count["accepted"] + count["refused"] == judged["files"][0]["objects"]
    have = b"".join(running.pages("ru/general-staff", "ru.il-staff"))
    assert all(one.encode() not in have or True for one in refused)
    # Started again, nothing is there twice, and what was refused is taken permissively.
    again, code, _ = comity(running, "import", bundle, "--under", "ru.il-staff", "--permissive", office="il/general-staff")
    assert code == 0 and again["accepted"] == judged["files"][0]["objects"], again
    assert again["warnings"]["empty_list"] == 3
    ids = [one["id"] for page in running.pages("ru/general-staff", "ru.il-staff") for one in json.loads(page).get("objects", [])]
    assert len(ids) == len(set(ids)) and refused < set(ids)


@pytest.mark.parametrize("order", [["16.1", "17.1", "18.1"], ["18.1", "16.1", "17.1"]])
def test_a_real_history_of_versions(running, order):
    """The last version of each id is the same in whatever order the releases came."""
    newest, changed = {}, set()
    for version in order:
        for one in json.loads(attack(version).read_bytes())["objects"]:
            had = newest.get(one["id"])
            if had is not None and had.get("revoked"):
                continue  # for good (STIX 2.1 section 3.6); what published data says later is refused
            if had is None or one.get("modified", one["created"]) > had.get("modified", had["created"]):
                newest[one["id"]] = one
            elif one.get("modified") == had.get("modified") and one != had:
                changed.add(one["id"])  # the same version with other content: the first that came stays
    count, _, _ = comity(running, "import", *[attack(version) for version in order], "--under", "ru.il-staff", "--permissive",
                         office="il/general-staff")
    assert set(count["reasons"]) <= {"other_content", "object_revoked"}, count
    have = {one["id"]: one for page in running.pages("ru/general-staff", "ru.il-staff")
            for one in json.loads(page).get("objects", [])}
    wrong = [name for name, one in newest.items() if name not in changed and have.get(name) != one
             and one["type"] != "marking-definition"]
    assert not wrong, (len(wrong), wrong[:5])


def test_export_is_what_was_released_and_goes_on_after_a_cut(running, tmp_path):
    bundle = attack("17.1")
    comity(running, "import", bundle, "--under", "ru.il-staff", office="il/general-staff")
    file = tmp_path / "received.json"
    _, code, error = comity(running, "export", "--agreement", "ru.il-staff", "--out", file, office="ru/general-staff")
    assert code == 0, error
    exported = json.loads(file.read_bytes())
    assert exported["type"] == "bundle"
    served = [one for page in running.pages("ru/general-staff", "ru.il-staff") for one in json.loads(page)["objects"]]
    assert exported["objects"] == served
    # Cut off after its first page, with half an object written behind the place that was noted.
    base = running.collection("ru/general-staff", "ru.il-staff", "received")
    first = running.ask("GET", base + "objects/?limit=1000&match[version]=all", "ru/general-staff").json()
    whole = file.read_bytes()
    text, end = whole.decode(), whole.decode().index('"objects":[') + len('"objects":[')
    for _ in first["objects"]:
        _, end = json.JSONDecoder().raw_decode(text, text.index("{", end))
    end = len(text[:end].encode())
    (tmp_path / "again.json.part").write_bytes(whole[:end] + b",\n{\"type\":\"half")
    (tmp_path / "again.json.part.next").write_text(f"{first['next']}\n{end}")
    _, code, error = comity(running, "export", "--agreement", "ru.il-staff", "--out", tmp_path / "again.json",
                            office="ru/general-staff")
    assert code == 0, error
    assert (tmp_path / "again.json").read_bytes() == whole
    assert not list(tmp_path.glob("*.part*"))


def test_what_a_person_makes(running, tmp_path):
    office, text = "il/general-staff", "Ochre-Falcon-5512"
    told = {"office": office}
    _, code, error = comity(running, "items", "note", "campaign--4c1a2f3e-0b5d-4b8e-9a43-0d1f8f7c2a12", "--text", text,
                            "--under", "ru.il-staff", "--label", "isil", **told)
    assert code == 0, error
    _, code, error = comity(running, "items", "opinion", "campaign--4c1a2f3e-0b5d-4b8e-9a43-0d1f8f7c2a12", "--opinion",
                            "agree", "--under", "ru.il-staff", "--label", "isil", **told)
    assert code == 0, error
    _, code, error = comity(running, "items", "sighting", "campaign--4c1a2f3e-0b5d-4b8e-9a43-0d1f8f7c2a12", "--count", "3",
                            "--under", "ru.il-staff", "--label", "isil", "--tlp", "amber", **told)
    assert code == 0, error
    (tmp_path / "a map.pdf").write_bytes(b"%PDF " + text.encode())
    _, code, error = comity(running, "items", "file", tmp_path / "a map.pdf", "--media-type", "application/pdf", "--under",
                            "ru.il-staff", "--label", "isil", **told)
    assert code == 0, error
    have = [one for page in running.pages("ru/general-staff", "ru.il-staff") for one in json.loads(page)["objects"]]
    by_type = {one["type"]: one for one in have}
    assert by_type["note"]["content"] == text
    assert by_type["opinion"]["opinion"] == "agree"
    assert by_type["sighting"]["count"] == 3
    artifact = by_type["artifact"]
    assert base64.b64decode(artifact["payload_bin"]) == b"%PDF " + text.encode()
    report = next(one for one in have if one["type"] == "report" and one["object_refs"] == [artifact["id"]])
    assert report["name"] == "a map.pdf"
    assert text.encode() not in b"".join(one.bytes() for one in running.walk("ir/general-staff").values())


@pytest.mark.parametrize("program", ["taxii", "curl", "opencti", "misp", "taxii2-client"])
def test_settings_for_clients_name_what_is_there(running, program):
    environment = dict(os.environ, COMITY_CREDENTIALS=str(running.data / "demo-keys/clients.toml"))
    done = subprocess.run([c.PROGRAM, "--url", f"http://127.0.0.1:{running.port}", "--as", "iq/defence", "connect", program],
                          env=environment, capture_output=True, timeout=60, text=True)
    assert done.returncode == 0, done.stderr
    contributed = running.collection("iq/defence", "ru.baghdad-centre", "contributed").rstrip("/").rsplit("/", 1)[-1]
    received = running.collection("iq/defence", "ru.baghdad-centre", "received").rstrip("/").rsplit("/", 1)[-1]
    assert (contributed if program in ("misp", "opencti") else received) in done.stdout
    assert "ru.baghdad-centre" in done.stdout
