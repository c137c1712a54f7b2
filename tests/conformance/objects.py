"""STIX objects in which every value is a secret, with what the oracle has to know of them.

`make` gives a step of a plan its `object` (the bytes to post), its `facts` (an item of tests/oracle/generate.py, without
what happens to it) and its `secrets`: (secret, kind, property, path) of each, where kind is
  text       stays as it is wherever its property is given
  own        the object's own id and times, which only whole releases keep
  moment     a time, which a grant may round;   place   a coordinate, which a grant may coarsen
  creator    who made it, which a grant may hide;   reference   an id of another object of this world
"""
import json
from hashlib import sha256

from canaries import secrets_in
from ledger import party_of

MARKINGS = {"clear": "94868c89-83c2-464b-929b-a1a8aa3c8487", "green": "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
            "amber": "55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber_strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
            "red": "e828b379-4e03-4974-9ac4-e53a884c97c1"}
LABEL = "isil"  # the one that filters ask for; it is no secret

# type: what it must have, what it may have besides, in the shapes below
TYPES = {
    "indicator": (["pattern", "pattern_type", "valid_from"], ["name", "description"]),
    "campaign": (["name"], ["description", "objective", "aliases", "first_seen"]),
    "location": (["latitude", "longitude"], ["name", "description", "country", "city"]),
    "report": (["name", "published", "object_refs"], ["description"]),
    "note": (["content", "object_refs"], ["abstract", "authors"]),
    "file": (["name"], ["mime_type"]),
}
OFTEN = ["labels", "external_references", "x_deep", "created_by_ref"]
MOMENTS, LISTS = {"valid_from", "first_seen", "published"}, {"aliases", "authors"}
OBSERVABLES = {"file"}
NAMES = sorted({name for must, may in TYPES.values() for name in must + may} | set(OFTEN))


def marking(level):
    return "marking-definition--" + MARKINGS[level]


class Maker:
    def __init__(self, random, mint):
        self.random, self.mint = random, mint

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def value(self, name):
        """A value of secrets, as JSON would have it."""
        word = self.mint.word
        if name in MOMENTS:
            return self.mint.moment() + "Z"
        if name in LISTS:
            return [word(), word()]
        special = {
            "pattern": lambda: f"[file:name = '{word()}']", "pattern_type": lambda: "stix", "country": lambda: "sy",
            "latitude": lambda: float(self.mint.place(30 + self.random.randrange(5))),
            "longitude": lambda: float(self.mint.place(40 + self.random.randrange(5))),
            "labels": lambda: [LABEL, word()] if self.chance(75) else [word()],
            "external_references": lambda: [{"source_name": word(), "description": f'"{word()}" \u00e9',
                                             "url": f"https://{word()}.example/{word()}"}],
            "x_deep": lambda: {"list": [{"deeper": word()}, word()], "kept": word()},
            "created_by_ref": lambda: self.mint.id("identity"),
        }
        return special.get(name, word)()

    def make(self, office, kind, references, id=None, after=""):
        """`references` are ids to refer to, where the type can; `id` and `after` make a later version of an object."""
        must, may = TYPES[kind]
        names = must + [name for name in may if self.chance(70)]
        names += [name for name in OFTEN if self.chance(60) and not (kind in OBSERVABLES and name in ("labels", "created_by_ref"))]
        made = {"type": kind, "spec_version": "2.1", "id": id or self.mint.id(kind)}
        if kind not in OBSERVABLES:
            made["created"] = "1986-01-01T00:00:00.000Z"
            made["modified"] = self.later_than(after)
        for name in names:
            made[name] = references if name == "object_refs" else self.value(name)
        if "object_refs" in made and self.chance(25):  # it refers to itself
            made["object_refs"] = [*made["object_refs"], made["id"]]
        made["object_refs"] = list(dict.fromkeys(made.get("object_refs", [])))
        if not made["object_refs"]:
            del made["object_refs"]
        if kind not in OBSERVABLES:
            self.mark(made)
        return self.step(office, made)

    def later_than(self, after):
        moment = self.mint.moment() + "Z"
        while moment <= after:
            moment = self.mint.moment() + "Z"
        return moment

    def mark(self, made):
        if self.chance(45):
            made["object_marking_refs"] = [marking(self.random.choice(["clear", "green", "amber", "amber_strict", "red"]))]
        if self.chance(35):
            places = [place for place in ("description", "labels.[0]", "external_references.[0].description", "x_deep.list.[0]",
                                          "x_deep.kept", "x_deep", "name") if place.split(".")[0] in made]
            if places:
                made["granular_markings"] = [{"marking_ref": marking(self.random.choice(["red", "amber_strict", "green"])),
                                              "selectors": sorted(self.random.sample(places, min(2, len(places))))}]

    def step(self, office, made):
        text = json.dumps(made, ensure_ascii=self.chance(50), indent=self.random.choice([None, None, 1]))
        place = [int(made[axis] * 10**7) for axis in ("longitude", "latitude")] if "latitude" in made else None
        facts = {"originator": party_of(office), "type": made["type"], "id": made["id"],
                 "version": made.get("modified", ""), "bytes": int(sha256(text.encode()).hexdigest()[:12], 16),
                 "labels": made.get("labels", []), "markings": made.get("object_marking_refs", []),
                 "granular": [{"marking": one["marking_ref"], "selectors": one["selectors"]}
                              for one in made.get("granular_markings", [])],
                 "location": place, "valid_from": None, "valid_until": None, "properties": sorted(made),
                 "references": [{"id": id, "kind": "in_must_list", "property": "object_refs"}
                                for id in made.get("object_refs", []) if id != made["id"]],
                 "creator": made.get("created_by_ref", ""), "marking_kind": "not_a_marking", "leaves": {}}
        if "created_by_ref" in made:
            facts["references"].append({"id": made["created_by_ref"], "kind": "creator", "property": "created_by_ref"})
        return {"object": text, "facts": facts, "secrets": [entry for name in sorted(made) for entry in self.secrets(made, name)]}

    @staticmethod
    def secrets(made, name):
        kind = {"id": "own", "created": "own", "modified": "own", "latitude": "place", "longitude": "place",
                "created_by_ref": "creator", "object_refs": "reference"}.get(name, "moment" if name in MOMENTS else "text")

        def walk(value, path):
            if isinstance(value, dict):
                return [entry for key, inner in value.items() for entry in walk(inner, f"{path}.{key}")]
            if isinstance(value, list):
                return [entry for n, inner in enumerate(value) for entry in walk(inner, f"{path}.[{n}]")]
            return [(secret, "own" if secret in made["id"] else kind, name, path)
                    for secret in sorted(secrets_in(json.dumps(value)))]
        return walk(made[name], name)


def copy_of(step, mint):
    """The same substance under an id that nobody has."""
    made = json.loads(step["object"])
    made["id"] = mint.id(made["type"])
    return {**step, "object": json.dumps(made, indent=2), "facts": {**step["facts"], "id": made["id"]}}
