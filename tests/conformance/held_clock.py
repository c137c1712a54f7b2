"""A wall clock that stands until the test moves it, for centres that are to tell the same times in two worlds.

The program has no such switch, and needs none: it asks the system what time it is, and held_clock.c answers in its place.
Only the wall clock is held; what the program waits with (sleeps, deadlines of a request, the cost of a password) runs on.
"""
import mmap
import os
import struct
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MICROSECONDS = struct.Struct("<q")


def library():
    """The preloaded library, built once for each run of the tests."""
    built = Path(tempfile.mkdtemp(prefix="comity-clock-")) / "held_clock.so"
    compiler = os.environ.get("CC", "clang-19")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", built, HERE / "held_clock.c"], check=True)
    return built


class HeldClock:
    def __init__(self, now):
        handle, self.path = tempfile.mkstemp(prefix="comity-clock-")
        os.write(handle, MICROSECONDS.pack(now))
        self.memory = mmap.mmap(handle, MICROSECONDS.size)
        os.close(handle)
        self.library = library()

    @property
    def now(self):
        return MICROSECONDS.unpack(self.memory[:])[0]

    def set(self, now):
        self.memory[:] = MICROSECONDS.pack(now)

    def environment(self):
        return {**os.environ, "LD_PRELOAD": str(self.library), "HELD_CLOCK": self.path}
