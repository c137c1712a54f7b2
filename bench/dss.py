#!/usr/bin/env python3
"""The DSS of ASTM F3548-21 under load, beside the way such servers are built today, in one run (40-deconfliction, figures to reach).

    bench/dss.py [--seconds S] [--city N]... [--reference-city N] [--only PLACE]... [--no-reference] [--markdown]

    polygons, rectangles   intents of about 500 m over a country of five degrees, 20,000 there before; 64 clients create, update, end
    busy                   one cell of level 13 that holds 2,000 intents, of which each new one meets 16
    city                   N intents in 30 x 30 km and four hours; 20, 64 and 200 clients change, query, and file without a key; then
                           the server starts again

The server is `comity serve --preset dss` of the release build on a directory of its own; its clients have tokens by RS256, kept
connections and right keys (bench/dss/load.cc). The reference is PostgreSQL 15 on the same disk, durable as it is installed, asked in
SQL by as many threads (bench/dss/reference.cc), without HTTP, tokens and JSON; once with serializable transactions and once with
row locks, and the ratio is to the better. Both check every answer, and at the end how often each subscription was told. A run
whose answers are not what they must be ends the bench.

Needs ninja's targets comity, bench_dss_load and bench_dss_reference of the release build (COMITY_BUILD names another), python3-jwt
and, for the reference, postgresql-15. Client and server share the machine; "of the server" is its processor time for a request.
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/conformance"))
import centre as c  # noqa: E402
import dss  # noqa: E402
import dss_volumes as volumes  # noqa: E402

BUILD = c.PROGRAM.parent
POSTGRES = Path("/usr/lib/postgresql/15/bin")
CLIENTS = 200
MIDDLE = 48.13, 8.2  # of the city
GOALS = {"polygons": 20_000, "rectangles": 30_000, "busy": 10_000}  # changes a second with 64 clients
TIMES_REFERENCE = {"polygons": 20, "rectangles": 20, "busy": 100}


def phases_of(program, place, *options):
    """The phases that a load generator says, one after another."""
    command = [str(word) for word in (BUILD / program, "--place", place, *options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")


@contextmanager
def served(after=lambda server: None):
    """`after`: with the server, when its clients are done."""
    folder = Path(tempfile.mkdtemp(prefix="comity-bench-"))
    server = dss.Served(folder)
    tokens = folder / "tokens"
    tokens.write_text("".join(server.issuer.token(f"uss{n}") + "\n" for n in range(CLIENTS)))
    try:
        yield ["--port", server.port, "--pid", server.process.pid, "--tokens", tokens]
        after(server)
    finally:
        server.close()
        shutil.rmtree(folder)


@contextmanager
def postgres():
    """A private cluster as Debian's package makes one: fsync and synchronous_commit are on. Not by root, who is refused."""
    folder = Path(tempfile.mkdtemp(prefix="comity-bench-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    quiet = {"stdout": subprocess.DEVNULL, "check": True, "cwd": "/"}
    subprocess.run([*as_user, POSTGRES / "initdb", "-D", folder / "data", "-E", "UTF8", "--locale=C", "-A", "trust"], **quiet)
    memory = ["shared_buffers=1GB", "max_wal_size=8GB", "max_connections=300", "max_pred_locks_per_transaction=1024"]
    options = " ".join(f"-c {one}" for one in ["listen_addresses=", f"unix_socket_directories={folder}", *memory])
    control = [*as_user, POSTGRES / "pg_ctl", "-D", folder / "data", "-w"]
    subprocess.run([*control, "-l", folder / "log", "-o", options, "start"], **quiet)
    try:
        process = (folder / "data/postmaster.pid").read_text().split()[0]
        yield ["--database", f"host={folder} dbname=postgres user=postgres", "--pid", process]
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], **quiet)
        shutil.rmtree(folder)


class Report:
    def __init__(self):
        self.rows = []

    def say(self, what, phase, goal=None, reference=None, least=None):
        """A phase in one line; against a goal, and against the reference's best rate."""
        kinds = ", ".join(f"{kind} {of['p50'] / 1e3:.2f} / {of['p99'] / 1e3:.2f}" for kind, of in phase["kinds"].items())
        told = ", ".join(f"{count:,} x {answer}" for answer, count in phase["answers"].items())
        again = f", {phase['again'] / max(1, phase['requests']):.2f} tries again each" if phase["again"] else ""
        each = f"{phase['server_us']:.0f} us of the server, {phase['own_us']:.0f} of the client"
        against = f"; goal {goal:,}: {'reached' if phase['rate'] >= goal else 'missed'}" if goal else ""
        if reference:
            ratio = phase["rate"] / reference
            verdict = f", goal {least}: {'reached' if ratio >= least else 'missed'}" if least else ""
            against += f"; {ratio:.1f} x the reference{verdict}"
        print(f"{what:44} {phase['rate']:9,.0f}/s   p50 / p99 ms: {kinds}   {each}{again}   [{told}]{against}", flush=True)
        self.rows.append(f"| {what} | {phase['rate']:,.0f}/s | {kinds} | {each}{again} | {against.lstrip('; ')} |")


def reference_rate(report, place, options, *more, goals=()):
    """The better of both ways, by the kind of work."""
    best = {}
    for isolation in ("serializable", "locked"):
        with postgres() as database:
            for phase in phases_of("bench_dss_reference", place, *database, "--isolation", isolation, "--seconds", options.seconds, *more):
                report.say(f"{place}, PostgreSQL, {isolation}, {phase['clients']} {phase['phase']}", phase)
                name = phase["phase"], phase["clients"]
                best[name] = max(best.get(name, 0), phase["rate"])
    return best


def changes(report, place, options):
    load = ["--load", 2_000 if place == "busy" else 20_000]
    best = {} if options.no_reference else reference_rate(report, place, options, *load)
    with served() as server:
        for phase in phases_of("bench_dss_load", place, *server, "--seconds", options.seconds, *load):
            ruled = phase["phase"] == "changes"
            report.say(f"{place}, {phase['clients']} clients, {phase['phase']}", phase, GOALS[place] if ruled else None,
                       best.get((phase["phase"], phase["clients"])), TIMES_REFERENCE[place])


def restart(server, size):
    """Stopped, and from its snapshot; killed, and from that and what the journal has since. Until it is healthy and has found something."""
    for how, stop in (("stopped", server.close), ("killed", server.kill)):
        began = time.monotonic()
        stop()
        stopped = time.monotonic()
        server.start()
        here = volumes.volume(volumes.square(*MIDDLE, 500), 0, 120)
        found = server.uss().ask("POST", f"/dss/v1/{dss.INTENTS}/query", {"area_of_interest": here})
        assert found.status == 200 and found.json()["operational_intent_references"], (found.status, found.body[:200])
        gone = f"{stopped - began:.1f} s to stop, " if how == "stopped" else ""
        print(f"city of {size:,}, {how} {gone:22} {time.monotonic() - stopped:.1f} s until its first answer to a query", flush=True)


def city(report, options):
    work = ["--work", "queries,checks,changes"]
    sizes = options.city or [100_000, 1_000_000]
    best = {}
    if not options.no_reference:
        best = reference_rate(report, "city", options, "--load", options.reference_city, "--clients", "20,64", *work)
    for size in sizes:
        with served(lambda server, size=size: restart(server, size)) as server:
            for phase in phases_of("bench_dss_load", "city", *server, "--seconds", options.seconds, "--load", size, "--clients", "20,64,200",
                                   *work):
                beside = best.get((phase["phase"], phase["clients"])) if size == options.reference_city else None
                report.say(f"city of {size:,}, {phase['clients']} clients, {phase['phase']}", phase, None, beside)


def main():
    places = ("polygons", "rectangles", "busy", "city")
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=int, default=5)
    arguments.add_argument("--city", type=int, action="append", help="intents there; 100,000 and 1,000,000 unless told")
    arguments.add_argument("--reference-city", type=int, default=100_000)
    arguments.add_argument("--only", action="append", choices=places)
    arguments.add_argument("--no-reference", action="store_true")
    arguments.add_argument("--markdown", action="store_true", help="at the end the rows of a table")
    options = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no server is left behind
    report = Report()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    for place in options.only or places:
        city(report, options) if place == "city" else changes(report, place, options)
    print(f"load {os.getloadavg()[0]:.1f}")
    if options.markdown:
        print("\n| what | rate | p50 / p99 ms | processor | |\n|---|---|---|---|---|", *report.rows, sep="\n")


if __name__ == "__main__":
    main()
