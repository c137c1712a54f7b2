"""F3548 door: what was answered is kept (rules X2, M2): over kill -9, over a kill amid writes, and over a proper end; and a directory
is gone on with as it is."""
import itertools
import json
import subprocess
import threading
import time

import pytest

import centre as c
import dss
import dss_volumes as v
from dss import CONSTRAINTS, INTENTS, ONE, SUBSCRIPTIONS, missing, new_id, told_of, uuid7

KINDS = (INTENTS, CONSTRAINTS, SUBSCRIPTIONS)


@pytest.fixture
def own(tmp_path):
    """A centre of this test alone, since it is killed."""
    one = dss.Served(tmp_path)
    yield one
    one.close()


class World:
    """A little of everything, as it was answered last."""

    def __init__(self, served):
        self.served, self.place = served, v.Spot()
        self.alder, self.birch = served.uss("alder"), served.uss("birch")
        self.uss = served.uss("down-one")
        place, alder, birch = self.place, self.alder, self.birch
        watcher = birch.subscribed(place.volume(low=None, high=None, start=0, end=60), True, True)
        implicit = alder.filed(place.volume(), new_subscription=alder.implicit(notify_for_constraints=True))
        suffixed = alder.filed(place.volume(low=300, high=400), requested_ovn_suffix=uuid7().upper())
        two = birch.filed(place.volume(low=500, high=600), place.volume(place.in_cell(3), low=550, high=650, start=30, end=40))
        two = birch.changed(two, place.volume(low=500, high=600), state="Activated", subscription_id=watcher["id"])
        gone = alder.filed(place.volume(low=700, high=800))
        alder.delete(INTENTS, gone["id"], gone["ovn"])
        fence = birch.restricted(place.volume(low=None, high=None))
        self.uss.filed(place.volume(low=900, high=950))
        self.version = alder.mark("down-one", "Down", "")["version"]
        self.intents, self.fence, self.suffixed, self.gone = [implicit, suffixed, two], fence, suffixed, gone

    def told(self):
        """Everything that both would be answered."""
        everything, area = {}, self.place.anytime(self.place.square(6000))
        for client, kind in itertools.product((self.alder, self.birch), KINDS):
            found = sorted(client.query(kind, area), key=lambda one: one["id"])
            everything[client.sub, kind] = found
            for one in found:
                everything[client.sub, kind, one["id"]] = client.get(kind, one["id"])
        everything["down"] = self.alder.call("GET", "/dss/v1/uss_availability/down-one", None, 200).json()
        return everything

    def goes_on(self):
        """Every kind is changed under the OVN of before; keys, indices, past OVNs and Down hold."""
        place, alder, birch = self.place, self.alder, self.birch
        implicit, suffixed, two = self.intents
        told = alder.changed(implicit, place.volume(low=100, high=950), subscription_id=implicit["subscription_id"], want=409)
        assert missing(told) == {suffixed["id"], two["id"]} and missing(told, "missing_constraints") == {self.fence["id"]}
        key = [suffixed["ovn"], two["ovn"], self.fence["ovn"]]
        told = alder.put(INTENTS, implicit["id"], alder.intent(place.volume(low=100, high=950), key=key,
                         subscription_id=implicit["subscription_id"]), implicit["ovn"])
        assert told[ONE[INTENTS]]["version"] == implicit["version"] + 1
        before = {one["id"]: one for client in (alder, birch) for one in self.last[client.sub, SUBSCRIPTIONS]}
        assert told_of(told) == {name: one["notification_index"] + 1 for name, one in before.items()}
        suffix = suffixed["ovn"].rpartition("_")[2]
        alder.changed(suffixed, place.volume(low=2000, high=2100), requested_ovn_suffix=suffix, want=400)
        alder.changed(suffixed, place.volume(low=2000, high=2100))
        birch.put(CONSTRAINTS, self.fence["id"], birch.constraint(place.volume()), self.fence["ovn"])
        self.uss.put(INTENTS, new_id(), self.uss.intent(place.volume(low=5000, high=5001)), want=412)
        alder.mark("down-one", "Normal", self.version)
        again = alder.put(INTENTS, self.gone["id"], alder.intent(place.volume(low=7000, high=7001)))[ONE[INTENTS]]
        assert again["version"] == 1 and again["ovn"] != self.gone["ovn"]
        alder.delete(INTENTS, implicit["id"], told[ONE[INTENTS]]["ovn"])
        alder.get(SUBSCRIPTIONS, implicit["subscription_id"], want=404)


@pytest.mark.parametrize("end", ["kill", "close"])
def test_everything_that_was_answered_is_there(own, end):
    """X2: after kill -9 right after the last answer, twice, and after a proper end."""
    world = World(own)
    world.last = world.told()
    assert len(world.last["alder", INTENTS]) == 4 and len(world.last["birch", SUBSCRIPTIONS]) == 1
    for _ in range(2):
        getattr(own, end)()
        own.start()
        assert world.told() == world.last
    world.goes_on()


def test_a_kill_amid_writes_loses_nothing_that_was_answered(own):
    """X2: six writers; whatever had its answer is found, and what had none is there whole or not at all."""
    answered, place, stop = {}, v.Spot(), threading.Event()
    watcher = own.uss("watcher").subscribed(place.volume(low=None, high=None, start=0, end=60))

    def write(number):
        client = own.uss(f"uss-{number}")
        area = place.volume(low=100 * number, high=100 * number + 90)
        try:
            for turn in itertools.count():
                reference = client.filed(area, new_subscription=client.implicit())
                answered[number, "last"] = reference
                for _ in range(3):
                    reference = client.changed(reference, area, subscription_id=reference["subscription_id"], state="Activated")
                    answered[number, "last"] = reference
                if stop.is_set():
                    return
                client.delete(INTENTS, reference["id"], reference["ovn"])
                answered[number, "last"] = None
                answered[number, "gone"] = reference["id"]
        except (OSError, c.http.client.HTTPException, ValueError):
            pass  # it was killed

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    time.sleep(1.0)
    own.kill()
    stop.set()
    for writer in writers:
        writer.join(30)
    own.start()
    assert any(key[1] == "gone" for key in answered), "they had time to do something"
    for number in range(6):
        client, last = own.uss(f"uss-{number}"), answered.get((number, "last"))
        if gone := answered.get((number, "gone")):
            client.get(INTENTS, gone, want=404)
        mine = [one for one in client.query(INTENTS, place.anytime()) if one["manager"] == client.sub]
        assert len(mine) <= 1
        if last and mine:
            assert mine[0]["id"] == last["id"] and mine[0]["version"] in (last["version"], last["version"] + 1)
            assert mine[0]["version"] != last["version"] or mine[0] == last
        elif last:
            assert last["version"] == 4, "only its delete can have been under way"
        owned = client.query(SUBSCRIPTIONS, place.anytime())
        assert {one["id"] for one in owned} == {one["subscription_id"] for one in mine}, "no implicit subscription without its intent"
    index = own.uss("watcher").get(SUBSCRIPTIONS, watcher["id"])["notification_index"]
    told = own.uss("last").put(INTENTS, new_id(), own.uss("last").intent(place.volume(low=5000, high=5001)))
    assert told_of(told)[watcher["id"]] == index + 1


def test_other_keys_after_a_restart(own):
    """M2, T6: keys and audiences are said at each start; what is there belongs to the subjects that it belonged to."""
    place, other = v.Spot(), dss.Issuer("second")
    reference = own.uss("alder").filed(place.volume())
    own.close()
    (own.folder / "other.pem").write_bytes(other.pem())
    own.options = ["--issuer-key", own.folder / "other.pem", "--audience", dss.HOST]
    own.start()
    assert own.with_token(own.issuer.token("alder")) == 401
    own.issuer = other
    assert own.uss("alder").get(INTENTS, reference["id"]) == reference
    own.uss("alder").changed(reference, place.volume())


def test_a_second_one_on_the_same_directory_is_refused(own):
    """M2: one centre, one writer; the first goes on."""
    reference = own.uss("alder").filed(v.Spot().volume())
    words = [c.PROGRAM, "serve", "--preset", "dss", "--data", own.data, *own.options, "--port", "0", "--metrics-port", "0", "--json"]
    assert subprocess.run(words, capture_output=True, timeout=60).returncode != 0
    assert own.uss("alder").get(INTENTS, reference["id"]) == reference


@pytest.mark.parametrize("wrong", ["no key", "no audience", "no such file", "no PEM", "private key", "no set"])
def test_a_start_without_what_it_needs(tmp_path, wrong):
    """T6: a door that would trust everyone, or nobody, does not open."""
    (tmp_path / "centre").mkdir(mode=0o700)
    good = tmp_path / "good.pem"
    good.write_bytes(dss.issuer().pem())
    bad = tmp_path / "bad.pem"
    serialization = dss.serialization
    private = dss.issuer().key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    bad.write_bytes({"private key": private}.get(wrong, b"-----BEGIN PUBLIC KEY-----\nnone\n-----END PUBLIC KEY-----\n"))
    (tmp_path / "bad.json").write_text(json.dumps({"keys": []}))
    words = {"no key": ["--audience", dss.HOST], "no audience": ["--issuer-key", good],
             "no such file": ["--issuer-key", tmp_path / "none.pem", "--audience", dss.HOST],
             "no set": ["--issuer-key", tmp_path / "bad.json", "--audience", dss.HOST]}
    words = words.get(wrong, ["--issuer-key", bad, "--audience", dss.HOST])
    done = subprocess.run([c.PROGRAM, "serve", "--preset", "dss", "--data", tmp_path / "centre", *words, "--port", "0",
                           "--metrics-port", "0", "--json"], capture_output=True, timeout=60)
    assert done.returncode != 0 and b"Sanitizer" not in done.stderr


def test_a_directory_that_is_no_such_centre(tmp_path):
    """M2: preset dss is a property of a whole centre (25-isolation D18): of another kind of data it makes none."""
    (tmp_path / "centre").mkdir(mode=0o700)
    (tmp_path / "centre" / "something.txt").write_text("of somebody else")
    (tmp_path / "key.pem").write_bytes(dss.issuer().pem())
    done = subprocess.run([c.PROGRAM, "serve", "--preset", "dss", "--data", tmp_path / "centre", "--issuer-key", tmp_path / "key.pem",
                           "--audience", dss.HOST, "--port", "0", "--metrics-port", "0", "--json"], capture_output=True, timeout=60)
    assert done.returncode != 0
    assert (tmp_path / "centre" / "something.txt").read_text() == "of somebody else"
