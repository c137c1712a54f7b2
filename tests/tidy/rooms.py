"""The rooms of the house: their order, and what CMakeLists.txt links each of them against."""
import re

from house import text_of

# From the floor up. Rooms in one row stand beside each other and do not see each other.
ORDER = [
    ["base"],
    ["codec", "json", "crypto"],
    ["merkle"],
    ["model"],
    ["earth", "geometry", "stix"],
    ["places", "state"],
    ["commands"],
    ["forms"],
    ["release"],
    ["journal", "calling"],
    ["views", "guestbook"],
    ["sequencer"],
    ["doors/http"],
    ["doors/auth"],
    ["doors/api", "doors/bell", "doors/f3548", "doors/paging", "doors/taxii", "doors/uss"],  # a new door joins this row
    ["doors/console"],  # has the endpoints of doors/api by another way in
    ["cli"],
]
HEIGHT = {room: height for height, row in enumerate(ORDER) for room in row}

# What rulings are made of sees nothing but plain data: no JSON, no cryptography, no disk, no network.
PURE = {"geometry": {"base", "codec", "model"}, "state": {"base", "codec", "model", "geometry"},
        "commands": {"base", "codec", "model", "geometry", "state"}}


def room_of(path):
    """The room of a path below src/, or None for what stands above all rooms (main.cc)."""
    parts = path.split("/")
    for length in (2, 1):
        if len(parts) > length and "/".join(parts[:length]) in HEIGHT:
            return "/".join(parts[:length])
    return None


def linked():
    """For each room the rooms it links, from CMakeLists.txt."""
    text = re.sub(r"#.*", "", text_of("CMakeLists.txt"))
    rooms = {}
    for call in re.findall(r"comity_room\(([^)]*)\)", text):
        name, *words = call.split()
        if words[:1] == ["LINK"]:
            ends = [place for place, word in enumerate(words) if word.endswith("_LINK") or word in ("PRECOMPILED", "KIND")]
            words = words[1:ends[0]] if ends else words[1:]
        else:
            words = []
        rooms[name] = {word for word in words if "::" not in word}
    return rooms
