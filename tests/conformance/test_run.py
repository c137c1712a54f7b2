"""What `./run` and `./run fire` leave behind and print: flights that lie ahead, also of a demo that was loaded yesterday, and commands
that work as they are printed."""
import os
import re
import subprocess
from types import SimpleNamespace

import pytest

import centre as c
import play
from generate import written  # of the oracle; ledger.py knows where it lies
from held_clock import HeldClock
from test_airspace_cli import Office

US, RU, RELIEF = "us/defense", "ru/general-staff", "relief/liaison"
HOUR_US = 3_600_000_000


class Demo:
    def __init__(self, folder, *step):
        self.data, self.port, self.step = folder / "demo", c.free_port(), step
        self.clock = HeldClock(play.START + HOUR_US // 3)
        self.url = f"http://127.0.0.1:{self.port}"

    def run(self, *step):
        done = subprocess.run([c.PROGRAM, "demo", *step, "--data", self.data, "--port", str(self.port)], cwd=c.ROOT, capture_output=True,
                              text=True, timeout=300, env=self.clock.environment())
        assert done.returncode == 0, (done.stdout, done.stderr)
        return done.stdout

    def shown(self):
        return self.run(*self.step)

    def told(self, office, *words):
        return Office(SimpleNamespace(data=self.data, url=self.url), office).told(*words)

    def commands(self, text):
        """Of what is printed: what can be typed, without the remarks behind it."""
        begins = re.compile(r"  (?:\S*comity |COMITY_)")
        lines = text.replace("\\\n      ", "").splitlines()
        return [re.split(r"  +", line.strip())[0] for line in lines if begins.match(line)]

    def types(self, command):
        exports = f"export COMITY_CREDENTIALS={self.data}/demo-keys/credentials.toml COMITY_URL={self.url}; "
        return subprocess.run(["bash", "-c", exports + command], cwd=c.ROOT, capture_output=True, text=True, timeout=60,
                              stdin=subprocess.DEVNULL, env=dict(os.environ))


@pytest.fixture
def demo(tmp_path):
    one = Demo(tmp_path)
    yield one
    one.run("stop")


@pytest.fixture
def fire(tmp_path):
    one = Demo(tmp_path, "fire")
    yield one
    one.run("stop")


def rows_of(text, office):
    """Of the table of notices."""
    lines = text[text.index("Flights are filed"):].split("\n\n")[0].splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith(office))
    end = next((n for n in range(first + 1, len(lines)) if lines[n] and not lines[n].startswith(" ")), len(lines))
    return lines[first:end]


def of(demo, office):
    (intent,) = [one for one in demo.told(office, "intents") if one["extents"][0]["until"] > written(demo.clock.now)]
    return intent["id"], intent["extents"][0]["from"]


def test_two_flights_cross_over_eastern_syria_and_one_passes_a_hospital(demo):
    text = demo.shown()
    assert "14 parties, 4 agreements" in text
    (us,), ru = rows_of(text, US), rows_of(text, RU)
    assert "a flight of the other side" in us and "military-line" in us and len(ru) == 2
    assert "hospital" in "".join(ru) and "medical-line" in "".join(ru) and "hospital" not in us
    for office, met in ((US, ["intent"]), (RU, ["intent", "site"])):
        assert sorted(one["about"] for one in demo.told(office, "notices") if one["state"] == "open") == met
        assert of(demo, office)[1] > written(demo.clock.now)
    assert demo.told(RU, "sites", "list") == [] and len(demo.told(RELIEF, "sites", "list")) == 1
    assert demo.told(RELIEF, "notices") == []


def test_what_is_over_is_filed_again_and_what_is_not_stays(demo):
    demo.shown()
    first = {office: of(demo, office) for office in (US, RU)}
    demo.shown()
    assert {office: of(demo, office) for office in (US, RU)} == first
    demo.run("stop")
    demo.clock.set(demo.clock.now + 30 * HOUR_US)
    text = demo.shown()
    for office in (US, RU):
        id, begins = of(demo, office)
        assert id != first[office][0] and begins > written(demo.clock.now)
        assert "a flight of the other side" in "".join(rows_of(text, office))
    assert "hospital" in "".join(rows_of(text, RU))


@pytest.mark.parametrize("which", ["demo", "fire"])
def test_every_command_that_is_printed_works(which, request):
    one = request.getfixturevalue(which)
    commands = [command for command in one.commands(one.shown()) if " demo stop" not in command]
    assert len(commands) >= 6
    for command in commands:
        done = one.types(command)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
