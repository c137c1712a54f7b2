"""Words that stand for secrets, and the search for them in what was sent, in every form in which they could leave.

Each secret bears one of four stems, by which it is found fast in whatever encoding; what follows the stem says which it is:
  a word        zqxjkv0000000017    in texts, labels, names, slugs
  an id         ...--5ec2e7ab-...   in ids of objects
  a moment      1987-05-...         in times
  a place       33.7177170000017    in coordinates; the digits after the stem are finer than any centre rounds to
"""
import base64
import re
import urllib.parse

WORD, ID, MOMENT, PLACE = "zqxjkv", "5ec2e7ab", "1987-05-", "717717"
WIDTHS = {WORD: 16, ID: 36, MOMENT: 26, PLACE: 13}  # of a whole secret, its stem included
LAYERS = 2  # of escapes within escapes


class Mint:
    """Secrets that nobody else has; `first` parts those of one world from those of another."""

    def __init__(self, first):
        self.next = first

    def number(self):
        self.next += 1
        return self.next

    def word(self):
        return f"{WORD}{self.number():010d}"

    def uuid(self):
        number = self.number()
        return f"{ID}-{number % 9973:04x}-4{number % 4093:03x}-8{number % 4091:03x}-{number:012x}"

    def id(self, kind):
        return f"{kind}--{self.uuid()}"

    def moment(self):
        number = self.number()
        return f"{MOMENT}{1 + number % 28:02d}T{number // 28 % 24:02d}:{number % 59:02d}:{number % 53:02d}.{number:06d}"

    def place(self, degrees):
        return f"{degrees}.{PLACE}{self.number():07d}"


SECRET = re.compile(rf"{WORD}[0-9]{{10}}|{ID}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}|{MOMENT}[0-9T:.]{{18}}|{PLACE}[0-9]{{7}}")


def secrets_in(text):
    return set(SECRET.findall(text))


def aligned(octets, encode):
    """Of the base64 of a text around these octets, what does not depend on the text: once for each place in three."""
    forms = []
    for offset in range(3):
        padded = b"\0" * offset + octets
        first, last = -(-offset * 8 // 6), len(padded) * 8 // 6
        forms.append(encode(padded)[first:last])
    return forms


def forms_of(secret):
    """{name of the form: octets}, besides the plain form and what escapes make of it."""
    forms = {"reversed": secret[::-1].encode(), "hexadecimal": secret.encode().hex().encode(),
             "hexadecimal in capitals": secret.encode().hex().upper().encode(),
             "UTF-16LE": secret.encode("utf-16-le"), "UTF-16BE": secret.encode("utf-16-be")}
    octets = {"": secret.encode(), " in capitals": secret.upper().encode()}
    if secret.startswith(ID):
        octets[" of the octets"] = bytes.fromhex(secret.replace("-", ""))
        forms["without hyphens"] = secret.replace("-", "").encode()
    for how, raw in octets.items():
        for name, encode in (("base64", base64.b64encode), ("base64 for URLs", base64.urlsafe_b64encode)):
            for offset, form in enumerate(aligned(raw, encode)):
                forms[f"{name}{how}, {offset}"] = form
    return forms


def unescaped(hit):
    if hit[1]:
        return chr(int(hit[1], 16)).encode("utf-8", "replace")
    return {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"f": b"\f"}.get(hit[2], hit[2])


def without_json_escapes(text):
    return re.sub(rb"\\(?:u([0-9a-fA-F]{4})|(.))", unescaped, text)


def views_of(text):
    """The octets, and what they are with their escapes undone, layer by layer."""
    views, layer = {text}, {text}
    for _ in range(LAYERS):
        layer = {undone for view in layer for undone in (without_json_escapes(view), urllib.parse.unquote_to_bytes(view))}
        views |= layer
    return views


def is_all_there(name, form, secret, view):
    """The base64 that depends on nothing around it leaves out the secret's end, which may be all that tells it from another
    one: what stands behind it is decoded too."""
    if "of the octets" in name:
        return True
    offset, wanted = int(name[-1]), (secret.upper() if "capitals" in name else secret)[1:].encode()
    lead = b"A" * -(-offset * 8 // 6)
    at = view.find(form)
    while at >= 0:
        digits = lead + re.match(rb"[A-Za-z0-9+/_-]*", view[at:at + len(form) + 4])[0].translate(bytes.maketrans(b"-_", b"+/"))
        if wanted in base64.b64decode(digits + b"A" * (-len(digits) % 4)):
            return True
        at = view.find(form, at + 1)
    return False


class Search:
    """Finds all of these secrets. Plain hits are read off behind their stem; encoded ones are looked for only where the
    encoded stem is, so that a form costs one pass and not one for each secret."""

    def __init__(self, secrets):
        self.secrets = set(secrets)
        self.encoded = {}  # what a form begins with (or ends with, where it is reversed): [(name, form, secret)]
        for secret in self.secrets:
            for name, form in forms_of(secret).items():
                stem = form[-6:] if name == "reversed" else form[:5] if "base64" in name else form[:8]
                self.encoded.setdefault(stem, []).append((name, form, secret))

    def found_in(self, text):
        """{secret: the form in which it is there}"""
        found = {}
        for view in views_of(text):
            for secret in secrets_in(view.decode("latin-1").lower().replace("t", "T")) & self.secrets:
                found.setdefault(secret, "plain")
            for stem, several in self.encoded.items():
                if stem in view:
                    for name, form, secret in several:
                        if form in view and ("base64" not in name or is_all_there(name, form, secret, view)):
                            found.setdefault(secret, name)
        return found
