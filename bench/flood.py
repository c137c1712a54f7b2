#!/usr/bin/env python3
"""What a flood or a thousand slow clients of one party cost another party: tests/conformance/flood.py, measured.

    bench/flood.py [--seconds S] [--only NAME]... [--markdown]

For each flood: latencies of a bystander, an office of another party that reads pages of 100 and gives an object in turn, in
the quiet and meanwhile; memory of the centre beyond that just before; what the flood was answered. Needs the release build
(COMITY_BUILD names another). Flood, bystander and centre share the machine; the flood's process gives way (nice 10).
"""
import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/conformance"))
import centre as c  # noqa: E402
import flood as f  # noqa: E402


def filled():
    """The scenario with pages to read."""
    centre = c.Centre(c.load_scenario())
    by = f.Bystander(centre)
    for _ in range(4):
        by.ask("POST", by.give, f.envelope(*[f.indicator(size=400) for _ in range(300)]))
    centre.post(f.FLOODER, f.ROOM, [f.indicator("first", 400) for _ in range(1000)])
    by.renew()
    return centre


def row(cells, markdown):
    print("| " + " | ".join(cells) + " |" if markdown else f"{cells[0]:26} " + "  ".join(f"{cell:>15}" for cell in cells[1:]), flush=True)


def cells_of(name, measured, quiet, told):
    of = measured.figures()
    both = [f"{of[kind + ' p50'] * 1e3:.2f} / {of[kind + ' p99'] * 1e3:.1f}" for kind in ("GET", "POST")]
    answers = ", ".join(f"{count} × {what}" for what, count in sorted(told.items())) or "none"
    return [name, *both, f"{(measured.memory - (measured.memory_before or quiet.memory)) / 2**20:+.0f}", answers]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    f.files_allowed()
    centre = filled()
    try:
        f.Bystander(centre).measure(1)
        quiet = f.Bystander(centre).measure(options.seconds)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; the centre has {quiet.memory >> 20} MiB in the quiet", flush=True)
        row(["flood", "GET p50 / p99, ms", "POST p50 / p99, ms", "MiB more", "the flood was answered"], options.markdown)
        if options.markdown:
            row(["---"] * 5, True)
        row(cells_of("none", quiet, quiet, {}), options.markdown)
        for name, work in f.floods_of(centre).items():
            if options.only and name not in options.only:
                continue
            before = f.memory_of(centre)
            with f.Flood(centre.port, *work) as flood:
                loud = f.Bystander(centre).measure(options.seconds)
            loud.memory_before = before
            row(cells_of(name, loud, quiet, flood.told), options.markdown)
    finally:
        centre.close()


if __name__ == "__main__":
    main()
