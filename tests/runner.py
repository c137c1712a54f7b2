"""Builds what suites of tests/suites need, runs them and adds up what they say. See ./test."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as xml
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "build" / "test-logs"
TIME_LIMIT = {"quick": 20 * 60, "long": 6 * 3600}  # seconds; a suite that hangs is a suite that failed
SHOWN_LINES = 200  # of the output of a failing suite; all of it is in its log
TELLING = threading.Lock()
OWN_LINE = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", re.MULTILINE)
OWN_SKIP = re.compile(r"^skipped (.+)$", re.MULTILINE)


@dataclass
class Suite:
    name: str
    kind: str
    cores: int  # that it keeps busy: with one, another suite runs beside it
    trees: list  # to build before: PRESET, or PRESET:TARGET
    command: str


@dataclass
class Sum:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    reasons: list = field(default_factory=list)
    output: str = ""

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.reasons += other.reasons
        self.output += other.output

    def __str__(self):
        skips = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skips}"


def read_suites():
    suites = []
    for line in (ROOT / "tests/suites").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            name, kind, cores, trees, command = line.split(None, 4)
            if kind not in TIME_LIMIT or any(name == suite.name for suite in suites):
                sys.exit(f"tests/suites: '{line}' is neither quick nor long, or its name stands there twice")
            suites.append(Suite(name, kind, int(cores), [] if trees == "-" else trees.split(","), command))
    return suites


def room_programs():
    """The test programs of the rooms, as CMake registered them."""
    listing = subprocess.run(["ctest", "--test-dir", ROOT / "build/dev", "--show-only=json-v1"], capture_output=True,
                             text=True, check=True)
    return [(test["name"], test["command"]) for test in json.loads(listing.stdout)["tests"] if "command" in test]


def reported(folder):
    """What GoogleTest or pytest wrote into its report: both write the same kind of XML."""
    total = Sum()
    for report in sorted(folder.glob("*.xml")):
        for case in xml.parse(report).getroot().iter("testcase"):
            skip = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                total.failed += 1
            elif skip is not None or case.get("status") == "notrun":
                reason = skip.get("message", "").strip() if skip is not None else "disabled"
                total.skipped += 1
                total.reasons.append(f"{case.get('name')}: {reason.splitlines()[-1] if reason else 'NO REASON GIVEN'}")
            else:
                total.passed += 1
    return total


def run_program(command, name, folder, limit):
    """One program, its output in folder/NAME.log. What it says about itself is believed, except that it went well."""
    folder.mkdir(parents=True)
    log = LOGS / f"{folder.relative_to(LOGS)}.log".replace("/", "-")
    environment = {**os.environ, "GTEST_OUTPUT": f"xml:{folder}/", "PYTHONDONTWRITEBYTECODE": "1",
                   "PYTEST_ADDOPTS": f"-q -rs --tb=short -p no:cacheprovider --junitxml={folder}/pytest.xml",
                   "UBSAN_OPTIONS": "print_stacktrace=1"}
    with open(log, "wb") as out:
        child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                 env=environment, start_new_session=True)
        try:
            ended = f"ended with status {child.wait(limit)}"
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            ended = f"was stopped after {limit} s"
    output = log.read_text(errors="replace")
    total = reported(folder)
    own = OWN_LINE.findall(output)
    if not any(folder.glob("*.xml")) and own:
        total.passed, total.failed, total.skipped = (int(number or 0) for number in own[-1])
        total.reasons = OWN_SKIP.findall(output)
    if child.returncode != 0 and total.failed == 0:
        total.failed = 1
        output += f"\n{name} {ended}\n"
    elif total.passed + total.failed + total.skipped == 0:
        total.failed = 1
        output += f"\n{name} ran no test\n"
    if total.failed:
        total.output = output
    return total


def run_suite(suite):
    folder = LOGS / suite.name
    limit = TIME_LIMIT[suite.kind]
    if suite.command != "ctest":
        return run_program(["bash", "-c", suite.command], suite.name, folder, limit)
    total = Sum()
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(run_program, command, name, folder / name, limit) for name, command in room_programs()]
        for run in runs:
            total.add(run.result())
    if not runs:
        total = Sum(failed=1, output="no room has a test program\n")
    return total


def told_suite(suite):
    begun = time.monotonic()
    total = run_suite(suite)
    with TELLING:
        tell(suite, total, time.monotonic() - begun)
    return suite.name, total


def run_all(suites):
    """In order; of those that keep one core busy two at a time."""
    for cores, group in groupby(suites, key=lambda suite: suite.cores):
        with ThreadPoolExecutor(2 if cores == 1 else 1) as pool:
            yield from pool.map(told_suite, list(group))


def tell(suite, total, seconds):
    print(f"{suite.name:<14} {total}, {seconds:.1f} s", flush=True)
    for reason in total.reasons:
        print(f"  skipped {reason}")
    if total.failed:
        lines = total.output.splitlines()
        if len(lines) > SHOWN_LINES:
            print(f"  ... {len(lines) - SHOWN_LINES} lines more in build/test-logs/")
        print("\n".join("  | " + line for line in lines[-SHOWN_LINES:]), flush=True)


def to_build(suites):
    """For each preset the targets that the suites need of it; none: everything."""
    wanted = {}
    for tree in (tree for suite in suites for tree in suite.trees):
        preset, _, target = tree.partition(":")
        wanted.setdefault(preset, []).append(target)
    return {preset: [] if "" in targets else sorted(set(targets)) for preset, targets in wanted.items()}


def choose(suites, words):
    """The suites that the words of the command line name."""
    if words == ["--long"]:
        return suites
    if not words:
        return [suite for suite in suites if suite.kind == "quick"]
    unknown = [word for word in words if word not in {suite.name for suite in suites}]
    if unknown:
        sys.exit(f"test: no suite {', '.join(unknown)}. There are: {', '.join(suite.name for suite in suites)}")
    return [suite for suite in suites if suite.name in words]


def main(words):
    suites = read_suites()
    if words == ["--list"]:
        for suite in suites:
            print(f"{suite.name:<14} {suite.kind:<6} {suite.command}")
        return 0
    if words and words[0] in ("--help", "-h"):
        text = (ROOT / "test").read_text().splitlines()[1:8]
        print("\n".join(line[2:] for line in text if line.startswith("# ")))
        return 0
    chosen = choose(suites, words)
    started = time.monotonic()
    for preset, targets in to_build(chosen).items():
        if subprocess.run([ROOT / "tools/build", preset, *targets]).returncode != 0:
            return 1
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir(parents=True)
    print(f"run {len(chosen)} suites: {', '.join(suite.name for suite in chosen)}", flush=True)
    everything, ran = Sum(), []
    for name, total in run_all(chosen):
        everything.add(total)
        ran.append(name)
    complete = ran == [suite.name for suite in chosen]
    print(f"{len(ran)} of {len(chosen)} suites in {time.monotonic() - started:.0f} s; logs in build/test-logs")
    print(everything)
    return 0 if complete and everything.failed == 0 and everything.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
