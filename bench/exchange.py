#!/usr/bin/env python3
"""The exchange as its clients meet it, over real sockets: what 30-exchange asks for, line by line, beside its goal.

    bench/exchange.py [--only PART]... [--objects N] [--seconds S] [--large] [--markdown]

    envelope   1,000 indicators in one POST
    walk       all objects of a collection by `next`, pages of 1,000 and of 100
    tls        pages and envelopes by HTTP and HTTPS, connections kept and new ones
    nginx      the newest, a middle and the oldest page, beside nginx with the octets of such a page
    import     ATT&CK for ICS 18.1 by `comity import`, and posted as prepared envelopes
    streams    4, 40 and 400 readers of one feed while another office contributes; a neighbour who does not read
    growth     pages, a look by id and memory as objects get more, and as parties to one agreement get more

Needs the release build, wrk, openssl and libsodium; nginx and the bundle if they are there. Each part checks that what is
read is what was written, and only then says how long it took. Requests are made before the clock runs, answers are looked
at after it; client and centre share the machine. Of the centre: its processor time, by its clock in nanoseconds. `--large`
adds a million objects and 400 parties, some minutes more.
"""
import argparse
import http.client
import json
import os
import re
import shutil
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent / "tests/conformance")]
import centre as c  # noqa: E402
import load  # noqa: E402
import parties  # noqa: E402
from raw import ID, Raw, Report, envelope, ids_of, memory, post_all, processor, request, walk, wrk  # noqa: E402
from streams import streams  # noqa: E402

BUNDLE = c.SHARED / "data/stix/attack/ics-attack-18.1.json"
RED = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
BUNDLE_ORDER, GOOD_ORDER = "as they stand", "what is referred to first"
FEED, GIVER, TAKER = "ru.il-staff", "il/general-staff", "ru/general-staff"  # of the scenario; everything is released


# --- centres --------------------------------------------------------------------------------------------------------
class Secure(c.Centre):
    scheme = "https"

    def __init__(self, data, certificate):
        self.trusted = ssl.create_default_context(cafile=certificate[0])
        self.trusted.check_hostname = False
        super().__init__(data, options=("--tls-cert", certificate[0], "--tls-key", certificate[1]))

    def connect(self):
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=self.trusted)


class Scene:
    """The scenario with N objects in one feed, made when the first part asks for it; later also a copy served by TLS."""

    def __init__(self, objects):
        self.folder = Path(tempfile.mkdtemp(prefix="comity-bench-"))
        self.objects, self.plain, self.secure, self.took = objects, None, None, []

    def filled(self):
        if self.plain is None:
            self.plain = c.Centre(c.load_scenario())
            feed, raw = self.plain.collection(TAKER, FEED, "received"), Raw(self.plain.port)
            self.ids = ids_of(walk(raw, feed, self.plain.access[TAKER], 1000)[0])  # the scenario has some there
            made = [load.indicator(n) for n in range(self.objects - len(self.ids))]
            self.ids += [ID.search(one)[1].decode() for one in made]
            bodies = [envelope(made[n:n + 1000]) for n in range(0, len(made), 1000)]
            before = processor(self.plain)
            self.took = post_all(raw, self.plain.collection(GIVER, FEED, "contributed"), self.plain.access[GIVER], bodies)
            self.spent = (processor(self.plain) - before) / len(bodies)
        return self.plain

    def certificate(self):
        names = [str(self.folder / "certificate.pem"), str(self.folder / "key.pem")]
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                        "30", "-subj", "/CN=localhost", "-out", names[0], "-keyout", names[1]], check=True, capture_output=True)
        return names

    def both(self):
        if self.secure is None:
            self.filled().close()
            self.files = self.certificate()
            self.secure = Secure(c.copy_of(self.plain.data, "secure"), self.files)
            self.plain = c.Centre(self.plain.data)
        return self.plain, self.secure

    def close(self):
        for one in filter(None, (self.plain, self.secure)):
            finish(one)
        shutil.rmtree(self.folder)


def finish(centre):
    centre.close()
    shutil.rmtree(centre.data)
    if not any(centre.data.parent.iterdir()):
        centre.data.parent.rmdir()


# --- the parts ------------------------------------------------------------------------------------------------------
def envelopes(scene, report, options):
    scene.filled()
    report.say("envelope of 1,000 indicators, median", statistics.median(scene.took), "ms", most=20,
               beside=f"longest {max(scene.took):.0f} ms of {len(scene.took)}; {scene.spent * 1e3:.0f} ms of the centre each")


def walks(scene, report, options):
    centre = scene.filled()
    path, raw = centre.collection(TAKER, FEED, "received"), Raw(centre.port)
    for limit in (1000, 100):
        rates, spent = [], processor(centre)
        for _ in range(3):
            begin = time.perf_counter()
            bodies, _ = walk(raw, path, centre.access[TAKER], limit)
            rates.append(scene.objects / (time.perf_counter() - begin))
            assert sorted(ids_of(bodies)) == sorted(scene.ids), "what is read is not what was written"
        spent = (processor(centre) - spent) / 3 / scene.objects
        report.say(f"walk of {scene.objects:,}, pages of {limit:,}", statistics.median(rates), "objects/s", least=300_000,
                   beside=f"{spent * 1e6:.2f} us of the centre for an object")


def tls(scene, report, options):
    centres, given = scene.both(), {centre: 0 for centre in scene.both()}
    page = centres[0].collection(TAKER, FEED, "received") + "objects/?limit=100"
    post = centres[0].collection("iq/defence", "ru.baghdad-centre", "contributed") + "objects/"
    before = {centre: read_back(centre) for centre in centres}
    for what, path, who, script in (("page of 100", page, TAKER, None), ("envelope of one", post, "iq/defence", load.ENVELOPE)):
        for how, headers in (("kept", ()), ("new", ("Connection: close",))):
            for connections in (1, 16):
                told = [wrk(centre, path, who, options, connections, script=script, headers=headers) for centre in centres]
                for centre, one in zip(centres, told):
                    given[centre] += one["answers"] if script else 0
                report.say(f"{what}, {how:4} connections, {connections:2}: TLS of plain", told[1]["rate"] / told[0]["rate"], "",
                           beside=f"{told[0]['rate']:,.0f}/s plain, p50 {told[0]['p50']:.2g} ms; "
                                  f"{told[1]['rate']:,.0f}/s TLS, p50 {told[1]['p50']:.2g} ms")
    for centre, answers in given.items():
        read = read_back(centre) - before[centre]
        assert answers <= read <= answers + 4 * 16, (answers, read)  # when wrk stops, some are under way


def read_back(centre):
    """How many objects an office finds that others contributed, by the door's own client."""
    return sum(len(json.loads(body).get("objects", [])) for body in centre.pages(TAKER, "ru.baghdad-centre", limit=1000))


def middle_and_ends(raw, path, who, last):
    """Pages of 100 of a collection that was walked so: {name: its path}; each is full, so that they can be compared."""
    base = path + "objects/?limit=100"
    pages = {"newest": f"{base}&added_after={last[-2]}", "middle": f"{base}&added_after={last[len(last) // 2 - 1]}", "oldest": base}
    for page in pages.values():
        assert len(ids_of([raw.ask(request("GET", page, who))[1]])) == 100, page
    return pages


def nginx(scene, report, options):
    plain, secure = scene.both()
    path, who = plain.collection(TAKER, FEED, "received"), plain.access[TAKER]
    raw = Raw(plain.port)
    report.say("a page of 100 never read since the start", raw.timed(request("GET", path + "objects/?limit=100", who))[0], "ms",
               most=5)
    bodies, last = walk(raw, path, who, 100)
    with load.nginx_serving(bodies[-1], scene.files) as urls:
        if not urls:
            return print("nginx: not installed")
        for centre, url in zip((plain, secure), urls):
            for connections in (1, 16):
                for name, page in middle_and_ends(raw, path, who, last).items():
                    beside = load.wrk_figures(url, "-", options.seconds, connections)  # anew for each: others may use the machine
                    assert not beside["wrong"], beside
                    told = wrk(centre, page, TAKER, options, connections)
                    report.say(f"{name} page by {centre.scheme}, {connections:2} connections, of nginx", told["rate"] / beside["rate"],
                               "", least=0.5 if name == "newest" else 0.25,
                               beside=f"{told['rate']:,.0f}/s, nginx {beside['rate']:,.0f}/s")


def objects_in(text):
    """The texts of a bundle's objects as they stand in it."""
    decoder, found = json.JSONDecoder(), []
    at = text.index("[", text.index('"objects"')) + 1
    while (at := re.compile(r"[\s,]*").match(text, at).end()) < len(text) and text[at] != "]":
        end = decoder.raw_decode(text, at)[1]
        found.append(text[at:end].encode())
        at = end
    return found


def imports(scene, report, options):
    if not BUNDLE.exists():
        return print(f"import: no {BUNDLE.name} here (COMITY_SHARED)")
    objects, took, alone, posted = objects_in(BUNDLE.read_text()), [], [], {}
    for _ in range(3):
        centre = c.Centre(c.load_scenario())
        environment = {**os.environ, "COMITY_URL": centre.url, "COMITY_CREDENTIALS": str(centre.data / "demo-keys/credentials.toml")}

        def comity(*words):
            begin = time.perf_counter()
            done = subprocess.run([c.PROGRAM, "--as", GIVER, "--json", *words], env=environment, capture_output=True)
            assert done.returncode in (0, 1), done.stderr
            return (time.perf_counter() - begin) * 1e3, json.loads(done.stdout)
        comity("me")  # a first login takes 58 ms; what is measured is one that the centre knows
        alone.append(comity("me")[0])
        milliseconds, told = comity("import", str(BUNDLE), "--under", FEED)
        took.append(milliseconds)
        check_import(centre, objects, told["accepted"], told["refused"])
        finish(centre)
        for order in (BUNDLE_ORDER, GOOD_ORDER):
            centre = c.Centre(c.load_scenario())
            given = objects if order is BUNDLE_ORDER else sorted(objects, key=what_it_needs_first)
            posted.setdefault(order, []).append(post_bundle(centre, given, told["refused"]))
            finish(centre)
    report.say(f"comity import, {len(objects):,} objects, median of 3", statistics.median(took), "ms", most=60,
               beside=f"{told['refused']} refused; `comity me` takes {statistics.median(alone):.0f} ms")
    for order, times in posted.items():
        report.say(f"the same in prepared envelopes, {order}", statistics.median(times), "ms", most=60)


def what_it_needs_first(text):
    """Whoever refers comes behind what it refers to, roughly; as the command line sends them."""
    kind = json.loads(text)["type"]
    return {"identity": 0, "marking-definition": 1, "relationship": 3, "x-mitre-collection": 4}.get(kind, 2)


def check_import(centre, objects, accepted, refused):
    """Versions that are there, against what was said; a bundle may hold an object twice."""
    assert accepted + refused == len(objects), (accepted, refused)
    path = centre.collection(GIVER, FEED, "contributed") + "objects/?limit=1000&match[version]=all"
    read, next_page = 0, ""
    while next_page is not None:
        page = centre.ask("GET", path + (f"&next={next_page}" if next_page else ""), GIVER).json()
        read, next_page = read + len(page.get("objects", [])), page.get("next")
    assert accepted <= read <= accepted + 10, (accepted, read)  # the scenario has some there


def post_bundle(centre, objects, refused):
    path, raw, who = centre.collection(GIVER, FEED, "contributed"), Raw(centre.port), centre.access[GIVER]
    requests = [request("POST", path + "objects/", who, envelope(objects[n:n + 1000])) for n in range(0, len(objects), 1000)]
    begin = time.perf_counter()
    answers = [raw.ask(octets)[1] for octets in requests]
    took = (time.perf_counter() - begin) * 1e3
    assert sum(json.loads(answer)["failure_count"] for answer in answers) == refused
    return took


# --- growth ---------------------------------------------------------------------------------------------------------
def growth(scene, report, options):
    world = parties.World(401 if options.large else 41)
    try:
        world.as_host([{"kind": "set_limits", "body": {"contributions": 100_000_000}}])
        by_objects(world, report, options)
        for count in (4, 40, 400) if options.large else (4, 40):
            for kind in ("shared", "addressed"):
                by_parties(world, report, options, count, kind)
    finally:
        world.close()


def by_objects(world, report, options):
    giver, taker = (world.machine(office) for office in world.offices[:2])
    centre, name = world.centre, world.agreement("objects", [giver, taker])
    path, raw, ids, usual = centre.collection(taker, name, "received"), Raw(centre.port), [], {}
    post, who = centre.collection(giver, name, "contributed"), centre.access[taker]
    memory_at = {0: memory(centre)}
    for size in (10_000, 100_000, 1_000_000) if options.large else (10_000, 100_000):
        while len(ids) < size:
            made = [load.indicator(n) for n in range(len(ids), len(ids) + 1000)]
            post_all(raw, post, centre.access[giver], [envelope(made)])
            ids += [ID.search(one)[1].decode() for one in made]
        memory_at[size] = memory(centre)
        bodies, last = walk(raw, path, who, 100)
        assert sorted(ids_of(bodies)) == sorted(ids), "what is read is not what was written"
        for which, page in middle_and_ends(raw, path, who, last).items():
            told = wrk(centre, page, taker, options)
            usual.setdefault(which, told["p50"])
            report.say(f"{which} page of 100 of {size:,}, p50", told["p50"], "ms", most=0.5,
                       beside=f"p99 {told['p99']:.2g} ms (≤ 2); {told['p50'] / usual[which]:.2f} x that of 10,000")
        looks = [request("GET", f"{path}objects/{id}/", who) for id in ids[::len(ids) // 1000]]
        took = [raw.timed(octets)[0] for octets in looks]
        usual.setdefault("look", statistics.median(took))
        report.say(f"look by id, any of {size:,}, p50", statistics.median(took), "ms",
                   beside=f"p99 {sorted(took)[989]:.2g} ms; {statistics.median(took) / usual['look']:.2f} x that of 10,000")
    sizes = sorted(memory_at)
    report.say(f"memory for an item, {sizes[-2]:,} to {sizes[-1]:,}", (memory_at[sizes[-1]] - memory_at[sizes[-2]]) /
               (sizes[-1] - sizes[-2]), "octets", beside="with payloads, as long as the cache of 64 MiB takes them")


def by_parties(world, report, options, count, kind):
    """One gives to all; or, marked TLP:RED, to one of them alone. That one, and another, read."""
    giver, taker, other = (world.machine(office) for office in world.offices[:3])
    centre, name = world.centre, world.agreement(f"{kind}-{count}", world.offices[:count])
    times, raw = 3 if count > 100 else 10, Raw(centre.port)
    made = [load.indicator(n) for n in range(1000 * times)]
    if kind == "addressed":
        made = [one[:-1] + b', "object_marking_refs": ["' + RED.encode() + b'"]}' for one in made]
    bodies = [envelope(made[n:n + 1000], [taker] if kind == "addressed" else ()) for n in range(0, len(made), 1000)]
    before, spent = memory(centre), processor(centre)
    took = post_all(raw, centre.collection(giver, name, "contributed"), centre.access[giver], bodies)
    octets, spent = (memory(centre) - before) / len(made), (processor(centre) - spent) / times
    path = centre.collection(taker, name, "received")
    bodies, _ = walk(raw, path, centre.access[taker], 1000)
    assert sorted(ids_of(bodies)) == sorted(ID.search(one)[1].decode() for one in made)
    bodies, _ = walk(raw, centre.collection(other, name, "received"), centre.access[other], 1000)
    assert len(ids_of(bodies)) == (0 if kind == "addressed" else len(made)), "another was given what is not for it"
    report.say(f"{count} parties, {kind}: envelope of 1,000, median", statistics.median(took), "ms",
               beside=f"{spent * 1e3:.0f} ms of the centre; {octets:,.0f} octets an item")
    told = wrk(centre, path + "objects/?limit=100", taker, options)
    report.say(f"{count} parties, {kind}: page of 100, p50", told["p50"], "ms", most=0.5, beside=f"p99 {told['p99']:.2g} ms (≤ 2)")


PARTS = {"envelope": envelopes, "walk": walks, "tls": tls, "nginx": nginx, "import": imports, "streams": streams, "growth": growth}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--only", action="append", choices=PARTS)
    arguments.add_argument("--objects", type=int, default=20_000, help="of the feed that envelope, walk, tls and nginx use")
    arguments.add_argument("--seconds", type=int, default=1, help="of each run of wrk")
    arguments.add_argument("--large", action="store_true")
    arguments.add_argument("--markdown", action="store_true", help="at the end the rows of a table")
    options = arguments.parse_args()
    options.objects = max(1000, options.objects // 1000 * 1000)
    report, scene = Report(), Scene(options.objects)
    try:
        for part in options.only or PARTS:
            PARTS[part](scene, report, options)
    finally:
        scene.close()
    if options.markdown:
        print("\n| what | measured | goal | |\n|---|---|---|---|", *report.rows, sep="\n")


if __name__ == "__main__":
    main()
