"""The leak museum (20-release): with each guard of base/mutants.inc taken away, the suite that it names must fail; with all of
them in place it passes. Prints how long each took to be noticed. The switch is in builds for tests only."""
import os
import re
import subprocess
import time
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / os.environ.get("COMITY_BUILD_DEV", "build/dev")
LIST = re.compile(r'^MUTANT\((\w+), "([^"]+)", "([^"]+)"\)$', re.M)
MUTANTS = LIST.findall((ROOT / "src/base/mutants.inc").read_text())


def run(killer, mutant=""):
    program, what = killer.split(" ", 1)
    words = what.split() if program == "suite_transcripts" else [f"--gtest_filter={what}", "--gtest_fail_fast"]
    began = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if name != "GTEST_OUTPUT"}  # it is no suite of its own
    done = subprocess.run([BUILD / program, *words], cwd=ROOT, env={**environment, "COMITY_MUTANT": mutant},
                          capture_output=True, text=True, timeout=600)
    return done, time.monotonic() - began


@lru_cache
def passes(killer):
    done, _ = run(killer)
    nothing = re.search(r"Running 0 tests|0 passed, 0 failed", done.stdout)
    return done.returncode == 0 and not nothing, done.stdout[-2000:] + done.stderr[-2000:]


def test_every_line_of_the_list_is_read():
    lines = [line for line in (ROOT / "src/base/mutants.inc").read_text().splitlines() if line.startswith("MUTANT")]
    assert len(lines) == len(MUTANTS) == len({name for name, *_ in MUTANTS})


def test_every_mutant_is_somewhere():
    sources = "".join(path.read_text() for path in (ROOT / "src").rglob("*.cc")) + \
        "".join(path.read_text() for path in (ROOT / "src").rglob("*.h"))
    assert [name for name, *_ in MUTANTS if f"mutated(Mutant::{name})" not in sources] == []


@pytest.mark.parametrize("name,wrong,killer", MUTANTS, ids=[name for name, *_ in MUTANTS])
def test_is_noticed(name, wrong, killer):
    good, said = passes(killer)
    assert good, f"{killer} does not pass with every guard in place: {said}"
    done, took = run(killer, name)
    assert done.returncode != 0, f"nothing notices that {wrong}: {killer} passes"
    print(f"{name}: noticed after {took:.1f} s by {killer}")
