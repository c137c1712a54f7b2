"""What an office is given of its own records proves itself against the leaves of the journal (25-isolation G7)."""
import base64
import hashlib
import json
import sqlite3
import uuid

import pytest

import centre as c


def sha(octets):
    return hashlib.sha256(octets).digest()


@pytest.fixture(scope="module")
def running():
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


def records_of(running, office):
    rows, after = [], ""
    while True:
        page = running.ask("GET", f"/api/v1/records?limit=50{after}", office, person=True)
        assert page.status == 200, page.body
        page = page.json()
        rows += page["records"]
        if not page["more"]:
            return rows
        after = "&after=" + page["next"]


def leaf(row):
    """Of the list of hashes alone, as anybody can compute it."""
    return sha(b"\x00\x01" + sha(b"".join(bytes.fromhex(one) for one in row["list"])))


def leaves(running):
    with sqlite3.connect(f"file:{running.data}/journal.sqlite?mode=ro", uri=True) as journal:
        return {row[0] for row in journal.execute("SELECT leaf FROM records")}


def test_the_parts_are_in_the_list_and_the_list_is_a_leaf(running):
    at = "2026-01-01T00:00:00Z"
    report = {"type": "report", "spec_version": "2.1", "id": f"report--{uuid.uuid4()}", "created": at, "modified": at,
              "name": "Russet-Kestrel-5512", "published": at, "object_refs": [f"campaign--{uuid.uuid4()}"]}
    assert running.post("il/general-staff", "ru.il-staff", [json.dumps(report).encode()])["success_count"] == 1
    rows = records_of(running, "il/general-staff")
    known = leaves(running)
    for row in rows:
        assert len(row["list"]) == 6
        assert leaf(row) in known, row["kind"]
        for part in row["parts"]:
            octets = base64.b64decode(part["bytes"])
            assert row["list"][part["place"]] == sha(bytes.fromhex(part["salt"]) + octets).hex()
    contributed = [row for row in rows if row["kind"] == "contribute"][-1]
    assert sorted(part["part"] for part in contributed["parts"]) == ["command", "ruling", "sealed"]
    command = next(base64.b64decode(part["bytes"]) for part in contributed["parts"] if part["part"] == "command")
    assert report["id"].encode() in command and b"Russet" not in command  # a payload is named, not told


def test_no_part_of_an_office_holds_a_verifier(running):
    for office in ("il/general-staff", "ru/mfa"):
        for row in records_of(running, office):
            for part in row["parts"]:
                assert b"$argon2id$" not in base64.b64decode(part["bytes"]), (row["kind"], part["part"])
