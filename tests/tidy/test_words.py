"""The words of words.toml, one test per rule."""
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from house import ROOT, code_of, project_files, text_of

RULES = tomllib.loads((Path(__file__).parent / "words.toml").read_text())
KNOWN = {"pattern", "in", "except", "text", "most", "unless", "example", "reason"}


def looked_at(rule):
    places = rule.get("in", ["src/*"])
    return [name for name in project_files() if any(fnmatch(name, glob) for glob in places)
            and not any(fnmatch(name, glob) for glob in rule.get("except", []))]


def hits(rule):
    pattern, unless = re.compile(rule["pattern"]), re.compile(rule.get("unless", r"(?!)"))
    read = text_of if rule.get("text") == "all" else code_of
    return [f"{name}:{number}: {line.strip()[:90]}" for name in looked_at(rule)
            for number, line in enumerate(read(name).splitlines(), 1) if pattern.search(line) and not unless.search(line)]


@pytest.mark.parametrize("rule", RULES)
def test_words(rule):
    table = RULES[rule]
    assert set(table) <= KNOWN and len(table["reason"]) > 15, f"words.toml: {rule} needs a reason, or has an odd key"
    assert re.search(table["pattern"], table.get("example", "")) or "example" not in table, "the pattern finds nothing"
    found = hits(table)
    files = {hit.split(":")[0] for hit in found}
    assert len(files) <= table.get("most", 0), "\n".join(found) + f"\n{rule}: {table['reason']}"


def test_no_path_of_this_machine():
    """Wherever the project is checked out, its texts do not say so."""
    banned = [str(ROOT) + "/"]
    if len(ROOT.parent.parts) > 1:
        banned.append(str(ROOT.parent) + "/")
    wrong = [f"{name}: {place}" for name in project_files() for place in banned
             if re.search(r"(?<![\w.*}])" + re.escape(place), text_of(name))]
    assert not wrong, "\n".join(wrong) + "\nwrite paths from the root of the project"
