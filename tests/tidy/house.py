"""Reads the project as text: which files belong to it, C++ without comments and strings, includes, functions.

Good enough for the house's own hand, not a C++ parser: a function is a brace at the level of a namespace or class whose
head ends in a parameter list.
"""
import ast
import re
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE_ENDINGS = {".cc", ".h", ".inc", ".py", ".cmake", ".sh", ".js", ".ts", ".svelte"}


@lru_cache
def project_files():
    """Paths, relative to the root, of all files that belong to the project: committed, or new and not ignored."""
    listed = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others",
                             "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        names = sorted(set(filter(None, listed.stdout.split("\0"))))
    else:  # unpacked without its history
        names = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*"))
        names = [name for name in names if not name.startswith(("build/", "data/", ".git/"))]
    return [name for name in names if (ROOT / name).is_file()]


@lru_cache
def text_of(name):
    """The text of a file, or "" if it is not text."""
    raw = (ROOT / name).read_bytes()
    return "" if b"\0" in raw else raw.decode("utf-8", errors="replace")


def cpp_files(folder="src"):
    return [name for name in project_files() if name.startswith(folder + "/") and name.endswith((".cc", ".h", ".inc"))]


def source_files():
    return [name for name in project_files()
            if Path(name).suffix in SOURCE_ENDINGS or Path(name).name == "CMakeLists.txt"
            or text_of(name).startswith("#!")]


TOKENS = re.compile(
    r"""(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)"""
    r"""|(?P<raw>R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")"""
    r"""|(?P<include>^[ \t]*\#[ \t]*include[^\n]*)"""
    r"""|(?P<string>"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')""", re.DOTALL | re.MULTILINE)


@lru_cache
def code_of(name):
    """C++ with comments and the insides of literals blanked; every line stays on its line."""
    def blank(match):
        if match["include"]:
            return re.sub(r"\s*//.*", "", match[0])
        lines = "\n" * match[0].count("\n")
        return lines if match["comment"] else f'""{lines}' if match["string"] or match["raw"] else "' '"
    return TOKENS.sub(blank, text_of(name))


def includes_of(name):
    """(line number, what is included, with its quotes or brackets)"""
    return [(number, found[1]) for number, line in enumerate(code_of(name).splitlines(), 1)
            if (found := re.match(r'\s*#\s*include\s*([<"][^>"]+[>"])', line))]


@dataclass
class Function:
    file: str
    name: str
    line: int
    lines: int


def functions_of(name):
    return python_functions(name) if name.endswith(".py") or "python3" in text_of(name)[:40] else cpp_functions(name)


def python_functions(name):
    return [Function(name, node.name, node.lineno, node.end_lineno - node.lineno + 1)
            for node in ast.walk(ast.parse(text_of(name))) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


NOT_A_FUNCTION = re.compile(r"^(?:inline\s+|export\s+|typedef\s+)*(?:namespace|class|struct|union|enum|extern)\b|=\s*$")


def function_name(head):
    """The name in the head of a function, or "" if the head is of something else."""
    head = re.sub(r"^(?:(?:public|private|protected)\s*:\s*)+", "", head.strip())
    head = re.sub(r"^template\s*<.*?>\s*(?=\w)", "", head, flags=re.DOTALL)
    if ")" not in head or NOT_A_FUNCTION.search(head):
        return ""
    case = re.match(r"TEST(?:_[FP])?\(\s*(\w+)\s*,\s*(\w+)", head)
    if case:
        return f"{case[1]}.{case[2]}"
    found = re.search(r"(operator\s*[^\s\w(]+|~?[\w:]+)\s*\(", head)
    return found[1] if found else "lambda"


def cpp_functions(name):
    code = re.sub(r"^[ \t]*#(?:\\\n|[^\n])*", lambda found: "\n" * found[0].count("\n"), code_of(name), flags=re.M)
    found, parentheses, head_from, inside, depth = [], 0, 0, None, 0
    for place, sign in enumerate(code):
        if inside:
            depth += (sign == "{") - (sign == "}")
            if depth == 0:
                title, first = inside
                found.append(Function(name, title, first, code.count("\n", 0, place) + 2 - first))
                inside, head_from = None, place + 1
        elif sign in "()":
            parentheses += 1 if sign == "(" else -1
        elif sign in ";{}" and parentheses == 0:
            head = code[head_from:place]
            title = function_name(head) if sign == "{" else ""
            if title:
                start = head_from + len(head) - len(head.lstrip())
                inside, depth = (title, code.count("\n", 0, start) + 1), 1
            head_from = place + 1
    return found
