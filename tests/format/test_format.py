"""The suite `format`: every C++ file looks as .clang-format says."""
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_clang_format_changes_nothing():
    files = sorted(str(path.relative_to(ROOT)) for folder in ("src", "tests", "bench")
                   for ending in ("*.cc", "*.h") for path in (ROOT / folder).rglob(ending))
    assert files
    found = subprocess.run(["clang-format-19", "--dry-run", *files], cwd=ROOT, capture_output=True, text=True)
    wrong = sorted({line.split(":")[0] for line in found.stderr.splitlines() if "-Wclang-format-violations" in line})
    assert found.returncode == 0, found.stderr
    assert not wrong, "not formatted; run: clang-format-19 -i " + " ".join(wrong)
