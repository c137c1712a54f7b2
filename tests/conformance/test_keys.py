"""The keys of a party and of the host's officers by the command line, over a real socket: rotated, limited, lost, stolen, recovered
(25-isolation B5). docs/operations.md describes the same steps."""
import datetime
import json

import pytest

from test_frameworks import HOST, OwnCentre


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    one = OwnCentre(tmp_path_factory.mktemp("keys"))
    one.admit_parties()
    yield one
    one.running.close()


def new_key(own, name):
    """Its file, its id and its public half."""
    path = own.folder / f"{name}.key"
    done = own.comity("key", "new", path)
    assert done.returncode == 0, done.stderr
    return path, done.stderr.strip(), done.stdout.strip()


def keys_of(own, slug):
    return {one["key"]: one for one in json.loads(own.me(slug))["party"]["keys"]}


def parsed(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def adds_office(own, slug, name, key):
    return own.comity("office", "add", name, "--key", key, who=slug).returncode == 0


def test_a_key_is_rotated_and_the_old_one_signs_nothing_more(own):
    path, name, _ = new_key(own, "ru-2")
    foreseen = own.comity("keys", "rotate", path, "--preview", who="ru")
    assert foreseen.returncode == 0 and name in foreseen.stderr and "signs nothing more" in foreseen.stderr
    assert name not in keys_of(own, "ru"), "a preview is no act"
    own.made("keys", "rotate", path, who="ru")
    known = keys_of(own, "ru")
    assert known[name]["state"] == "valid" and [one["state"] for one in known.values()] == ["revoked", "valid"]
    assert not adds_office(own, "ru", "archive", own.folder / "ru.key")
    assert adds_office(own, "ru", "archive", path)


def test_full_powers(own):
    path, name, _ = new_key(own, "embassy")
    own.made("keys", "add", path, "--act", "register_office", "--key", own.folder / "iq.key", who="iq")
    assert keys_of(own, "iq")[name]["acts"] == ["register_office"]
    assert adds_office(own, "iq", "embassy", path)
    other, _, _ = new_key(own, "other")
    refused = own.comity("keys", "add", other, "--key", path, who="iq")
    assert refused.returncode == 1 and "key_not_allowed" in refused.stdout + refused.stderr
    own.made("keys", "revoke", name, who="iq")
    assert not adds_office(own, "iq", "consulate", path)
    assert own.comity("keys", "revoke", next(iter(keys_of(own, "iq"))), who="iq").returncode == 1, "the last one stays"


def test_a_stolen_key_is_ended_by_two_safes_that_never_meet(own):
    safes = [new_key(own, f"safe-{number}") for number in (1, 2, 3)]
    own.made("recovery", "set", *(path for path, _, _ in safes), "--needed", "2", who="il")
    thief, stolen, _ = new_key(own, "thief")
    own.made("keys", "rotate", thief, who="il")
    assert own.comity("keys", "revoke", safes[0][1], "--key", thief, who="il").returncode == 1
    mine, name, _ = new_key(own, "il-2")
    written = own.made("keys", "rotate", mine, "--end", stolen, "--key", safes[0][0], "--write", who="il")
    life = parsed(json.loads(written)["act"]["not_after"]) - datetime.datetime.now(datetime.timezone.utc)
    assert life > datetime.timedelta(days=5), "time to carry it from safe to safe"
    refused = own.comity("keys", "rotate", mine, "--key", safes[0][0], who="il")
    assert refused.returncode != 0 and "--end" in refused.stderr, "a safe does not end with what it signs"
    act = own.folder / "rotation.json"
    act.write_text(written)
    assert own.comity("command", act, who="il").returncode == 1, "one of two"
    written = own.made("keys", "rotate", mine, "--end", stolen, "--key", safes[0][0], "--write", who="il")
    act.write_text(written)
    act.write_text(own.made("sign", act, "--key", safes[2][0]))  # on another machine, without a network
    own.made("command", act, who="il")
    assert keys_of(own, "il")[stolen]["state"] == "revoked" and keys_of(own, "il")[name]["state"] == "valid"
    assert not adds_office(own, "il", "archive", thief) and adds_office(own, "il", "archive", mine)


def test_a_lost_key_is_replaced_by_the_host_unless_it_is_not_lost(own):
    _, name, public = new_key(own, "iq-2")
    (own.folder / "iq-2.pub").write_text(public + "\n")
    own.by_two("host", "recover-key", "iq", own.folder / "iq-2.pub")
    (told,) = json.loads(own.made("recovery", "list", who="iq"))
    assert told["new_key"] == name and told["party"] == "iq"
    assert json.loads(own.made("recovery", "list", who="ru")) == [], "nothing that it shares with iq"
    own.made("recovery", "object", name, who="iq")
    assert json.loads(own.made("recovery", "list", who="iq")) == []
    proposed = json.loads(own.made("host", "recover-key", "iq", own.folder / "iq-2.pub", who="anna"))
    refused = own.comity("host", "countersign", proposed["digest"], who="bert")
    assert refused.returncode == 1 and "recovery_under_way" in refused.stdout


def test_an_officers_key_is_replaced_by_two_others_and_two_remain(own):
    _, _, first = new_key(own, "carl")
    body = {"person": "carl@operator", "office": HOST, "roles": ["host", "admin"]}
    own.made("people", "add", "carl", HOST, "--role", "admin", who="anna")
    own.by_two("host", "propose", own.file({"kind": "set_roles", "body": {**body, "officer_key": first}}))
    _, _, second = new_key(own, "carl-2")
    own.by_two("host", "propose", own.file({"kind": "set_roles", "body": {**body, "officer_key": second}}))
    own.by_two("host", "propose", own.file({"kind": "set_roles", "body": {**body, "roles": ["admin"]}}))
    proposed = json.loads(own.made("host", "propose", own.file(
        {"kind": "set_roles", "body": {"person": "bert@operator", "office": HOST, "roles": ["admin"]}}), who="anna"))
    refused = own.comity("host", "countersign", proposed["digest"], who="bert")
    assert refused.returncode == 1 and "too_few_officers" in refused.stdout
