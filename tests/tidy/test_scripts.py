"""Shell scripts, the list of suites and the style page hold what they say."""
import os
import re
import subprocess

from house import ROOT, project_files, text_of


def scripts():
    return [name for name in project_files() if re.match(r"#!.*\bbash\b", text_of(name))]


def test_scripts_parse():
    wrong = [done.stderr for name in scripts()
             if (done := subprocess.run(["bash", "-n", name], cwd=ROOT, capture_output=True, text=True)).returncode]
    assert not wrong, "\n".join(wrong)


def test_scripts_stop_at_the_first_failure():
    wrong = [name for name in scripts() if not re.search(r"^set -[a-z]*e[a-z]*u?", text_of(name), re.MULTILINE)]
    assert not wrong, "\n".join(wrong) + "\nbegin with: set -euo pipefail"


def test_scripts_can_be_started():
    wrong = [name for name in project_files() if text_of(name).startswith("#!") and not os.access(ROOT / name, os.X_OK)]
    assert not wrong, "\n".join(wrong) + "\nchmod +x"


def test_every_package_has_a_reason():
    wrong = [line for line in text_of("tools/packages").splitlines()
             if not line.startswith("#") and not re.match(r"[a-z0-9][a-z0-9.+-]+ +# \S.{5,}", line)]
    assert not wrong, "tools/packages: `name # why`: " + ", ".join(wrong)


def test_every_rule_of_the_style_page_has_a_check():
    """Each row of the table in STYLE.md ends with a check that exists: a test of tidy, a rule of words.toml, a suite,
    a compiler flag of the build, or clang-format."""
    known = set(re.findall(r"^def (test_\w+)", "".join(text_of(name) for name in project_files()
                                                       if name.startswith("tests/tidy/test_")), re.MULTILINE))
    known |= set(re.findall(r"^\[([\w-]+)\]", text_of("tests/tidy/words.toml"), re.MULTILINE))
    known |= {line.split()[0] for line in text_of("tests/suites").splitlines() if line and not line.startswith("#")}
    known |= set(re.findall(r"-[WfO][\w=,-]+", text_of("CMakeLists.txt")))
    rows = [line for line in text_of("STYLE.md").splitlines() if re.match(r"\| (?!rule|---)", line)]
    assert rows
    for row in rows:
        checks = re.findall(r"`([^`]+)`", row.rstrip("| ").split("|")[-1])
        assert checks and set(checks) <= known, f"STYLE.md: no such check: {row}"
