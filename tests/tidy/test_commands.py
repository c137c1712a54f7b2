"""The closed list of commands, src/model/commands.inc, against what must exist for each command that is built."""
import re

from house import ROOT, project_files, text_of

LIST = "src/model/commands.inc"


def listed():
    """(number, name) of every COMMAND(number, name, ...)"""
    if not (ROOT / LIST).is_file():
        return []
    text = re.sub(r"//.*", "", text_of(LIST))
    return [(int(number), name) for number, name in re.findall(r"^\s*COMMAND\(\s*(\d+)\s*,\s*(\w+)", text, re.MULTILINE)]


def built():
    return [name for _, name in listed() if (ROOT / f"src/commands/{name}.cc").is_file()]


def spelled(name):
    """A command as a transcript or a page may write it."""
    return re.compile(r"(?<![\w-])" + name.replace("_", "[_-]") + r"(?![\w-])")


def test_numbers_and_names_are_given_once():
    numbers, names = [number for number, _ in listed()], [name for _, name in listed()]
    assert len(set(numbers)) == len(numbers), f"{LIST}: a number is permanent and belongs to one command"
    assert len(set(names)) == len(names), f"{LIST}: a name stands there twice"


def test_reasons_have_numbers_that_are_given_once():
    numbers = re.findall(r"^REASON\((\d+), \w+, ", text_of("src/model/reasons.inc"), re.MULTILINE)
    assert numbers and len(set(numbers)) == len(numbers), "reasons.inc: a number is permanent and belongs to one reason"
    assert len(numbers) == text_of("src/model/reasons.inc").count("\nREASON("), "reasons.inc: a reason without a number"


def test_every_command_has_a_transcript():
    texts = [text_of(name) for name in project_files() if name.startswith("tests/transcripts/") and not
             name.endswith((".cc", ".h", ".py"))]
    missing = [name for name in built() if not any(spelled(name).search(text) for text in texts)]
    assert not missing, f"write a transcript in tests/transcripts/ that uses: {', '.join(missing)}"


def test_every_command_has_a_row_in_the_rulings():
    page = "docs/rulings.md"
    rows = [line for line in text_of(page).splitlines() if line.startswith("|")] if (ROOT / page).is_file() else []
    missing = [name for name in built() if not any(spelled(name).search(row) for row in rows)]
    assert not missing, f"add to the tables of {page}, with the reasons in their order: {', '.join(missing)}"
