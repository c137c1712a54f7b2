"""The kill test: what was acknowledged on the writers' side is found after kill -9 inside commits."""
import os
import subprocess
import tempfile

import centre as c

KILLS = "300" if os.environ.get("COMITY_LONG") else "30"


def test_nothing_acknowledged_is_lost():
    data = tempfile.mkdtemp(prefix="comity-crash-") + "/centre"
    run = subprocess.run([c.PROGRAM, "demo", "crash", "--data", data, "--kills", KILLS], capture_output=True, text=True,
                         timeout=3000)
    assert run.returncode == 0, run.stdout + run.stderr
    assert ", lost 0" in run.stdout, run.stdout
