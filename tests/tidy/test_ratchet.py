"""Ratchets: files of at most 500 lines, functions of at most 70. ratchet.json lists the exceptions: {"files": {"path":
{"lines": n, "reason": "..."}}, "functions": {"path:name": ...}}. A number there may only become smaller."""
import json
import subprocess
from pathlib import Path

from house import ROOT, cpp_files, functions_of, project_files, source_files, text_of

MOST = {"files": 500, "functions": 70}
EXCEPTIONS = json.loads((Path(__file__).parent / "ratchet.json").read_text())


def measured():
    sizes = {"files": {}, "functions": {}}
    for name in source_files():
        sizes["files"][name] = len(text_of(name).splitlines())
    python = [name for name in source_files() if name.endswith(".py") or "python3" in text_of(name)[:40]]
    for name in cpp_files("src") + cpp_files("tests") + cpp_files("bench") + python:
        for function in functions_of(name):
            key = f"{name}:{function.name}"
            sizes["functions"][key] = max(function.lines, sizes["functions"].get(key, 0))
    return sizes


SIZES = measured()


def check(kind):
    wrong = []
    for key, lines in SIZES[kind].items():
        most = EXCEPTIONS[kind].get(key, {}).get("lines", MOST[kind])
        if lines > most:
            wrong.append(f"{key}: {lines} lines, at most {most}: split it by what its parts do")
    assert not wrong, "\n".join(wrong)


def test_files_are_short():
    check("files")


def test_functions_are_short():
    check("functions")


def test_exceptions_are_needed_and_tight():
    wrong = []
    for kind, table in EXCEPTIONS.items():
        for key, exception in table.items():
            lines = SIZES[kind].get(key, 0)
            if lines <= MOST[kind]:
                wrong.append(f"{key}: needs no exception any more, delete it")
            elif lines < exception["lines"]:
                wrong.append(f"{key}: shrank, set its number to {lines}")
            if len(exception.get("reason", "")) < 20:
                wrong.append(f"{key}: say why in `reason`")
    assert not wrong, "tests/tidy/ratchet.json:\n" + "\n".join(wrong)


def test_exceptions_only_shrink():
    """Against the last two commits, where there is a history."""
    wrong = []
    for commit in ("HEAD", "HEAD^"):
        old = subprocess.run(["git", "-c", "safe.directory=*", "show", f"{commit}:tests/tidy/ratchet.json"], cwd=ROOT,
                             capture_output=True, text=True)
        for kind, table in (json.loads(old.stdout) if old.returncode == 0 else {}).items():
            wrong += [f"{key}: was {exception['lines']}" for key, exception in table.items()
                      if EXCEPTIONS[kind].get(key, exception)["lines"] > exception["lines"]]
    assert not wrong, "tests/tidy/ratchet.json grew:\n" + "\n".join(wrong)


def test_the_measure_sees_functions():
    """The measure itself: a known function is found with its known length."""
    assert "src/base/bytes.h" in project_files()
    found = {function.name: function.lines for function in functions_of("src/base/bytes.cc")}
    assert found["digit"] == 6 and found["to_hex"] == 10
