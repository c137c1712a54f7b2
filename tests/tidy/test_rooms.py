"""The tree: rooms, their order, what they include."""
import re
from pathlib import Path

from house import cpp_files, includes_of, project_files, text_of
from rooms import HEIGHT, PURE, linked, room_of


def lines(found):
    return "\n".join(found)


def test_every_source_stands_in_a_room():
    lost = [name for name in cpp_files() if name != "src/main.cc" and room_of(name[4:]) is None]
    assert not lost, lines(lost) + "\nmove it into a room, or add its room to tests/tidy/rooms.py and CMakeLists.txt"


def test_rooms_link_only_downward():
    wrong = [f"CMakeLists.txt: {room} links {other}, which does not stand below it"
             for room, others in linked().items() for other in others if HEIGHT[other] >= HEIGHT[room]]
    assert not wrong, lines(wrong)
    assert set(linked()) == set(HEIGHT), "CMakeLists.txt and tests/tidy/rooms.py name different rooms"


def test_rulings_link_only_plain_data():
    wrong = [f"CMakeLists.txt: {room} may link only {', '.join(sorted(allowed))}"
             for room, allowed in PURE.items() if not linked()[room] <= allowed]
    assert not wrong, lines(wrong)


def test_includes_point_downward():
    links, wrong = linked(), []
    for name in cpp_files():
        room = room_of(name[4:])
        for number, included in includes_of(name):
            other = room_of(included.strip('"<>')) if included.startswith('"') else None
            if room and other and other != room and other not in links[room]:
                wrong.append(f"{name}:{number}: {room} does not see {other}: include only what CMakeLists.txt links "
                             f"it against, and link only downward")
    assert not wrong, lines(wrong)


def test_includes_are_written_from_src():
    """A room's tests may also include what all tests have in common, a header right in tests/."""
    root = Path(__file__).resolve().parents[2]

    def stands(name, path):
        return (root / "src" / path).is_file() or (name.endswith(("_test.cc", "_fixture.h", "_double.cc")) and (root / "tests" / path).is_file())

    wrong = [f"{name}:{number}: {included}: write the path from src/, as \"room/file.h\""
             for name in cpp_files() for number, included in includes_of(name)
             if included.startswith('"') and not stands(name, included[1:-1])]
    assert not wrong, lines(wrong)


def test_no_drawers_for_odds_and_ends():
    drawer = re.compile(r"(^|/)(common|utils?|helpers?|misc|shared)/|manager", re.IGNORECASE)
    wrong = [name for name in project_files() if drawer.search(name)]
    assert not wrong, lines(wrong) + "\nname the file or folder after what it does"


def test_two_levels_of_folders():
    wrong = [name for name in cpp_files() if name.count("/") > 3]
    assert not wrong, lines(wrong) + "\nsrc/ROOM/file or src/doors/DOOR/file"


def test_public_headers_open_with_an_essay():
    wrong = []
    for name in cpp_files():
        if name.endswith(".h"):
            head = text_of(name).split("#pragma once")[0]
            words = re.findall(r"\w+", head)
            if not head.startswith("//") or len(words) < 12 or any(line and not line.startswith("//")
                                                                    for line in head.splitlines()):
                wrong.append(f"{name}: begin with a comment that says what this is, what it promises and what not, its "
                             "errors, units and thread rules; then #pragma once")
    assert not wrong, lines(wrong)
