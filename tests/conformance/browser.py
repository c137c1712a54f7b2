"""A browser as far as the console's door sees one: a cookie, the fields that browsers add, one stream."""
import base64
import hmac
import http.client
import json
import socket
import struct
import time

import centre as c

OWN = {"Comity-Console": "1", "Sec-Fetch-Site": "same-origin"}


class Browser:
    def __init__(self, centre, cookie=None):
        self.centre, self.cookie = centre, cookie
        self.name = "__Secure-comity" if centre.scheme == "https" else "comity"

    def ask(self, method, path, body=None, headers=None, own=True):
        """One request; a cookie that is set is kept, one that is taken away is gone."""
        connection = self.centre.connect()
        fields = {"Accept": "application/json"}
        if own and method not in ("GET", "HEAD"):
            fields.update(OWN, Origin=self.centre.url)
        if body is not None:
            fields["Content-Type"] = "application/json"
        if self.cookie:
            fields["Cookie"] = f"other=1; {self.name}={self.cookie}"
        fields.update(headers or {})
        connection.request(method, path, body=None if body is None else json.dumps(body), headers=fields)
        answer = c.Answer(connection.getresponse())
        connection.close()
        given = answer.header("Set-Cookie")
        if given:
            self.cookie = given.split(";")[0].partition("=")[2] or None
        return answer

    def sign_in(self, office, **more):
        who = self.centre.access[office]
        return self.ask("POST", "/console/session", {"person": who["person"], "password": who["person_password"],
                                                     "office": office, **more})


def signed_in(centre, office):
    browser = Browser(centre)
    answer = browser.sign_in(office)
    assert answer.status == 200, (answer.status, answer.body)
    return browser


class Live:
    """GET /console/live on a socket of its own, so that a reset is seen as one."""

    def __init__(self, centre, browser, last=None):
        self.socket = socket.create_connection(("127.0.0.1", centre.port), timeout=20)
        fields = f"Last-Event-ID: {last}\r\n" if last else ""
        self.socket.sendall((f"GET /console/live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n"
                             f"Cookie: comity={browser.cookie}\r\n{fields}\r\n").encode())
        self.bytes = b""
        self.read_until(b"\r\n\r\n")
        self.head, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
        self.status = int(self.head.split()[1])

    def read_until(self, mark):
        while mark not in self.bytes:
            more = self.socket.recv(65536)
            if not more:
                raise EOFError
            self.bytes += more

    def next(self, within=10):
        """The next event, as (id, data), or None if there is none in that time."""
        self.socket.settimeout(within)
        try:
            while True:
                while b"\n\n" not in self.bytes:
                    more = self.socket.recv(65536)
                    if not more:
                        raise EOFError
                    self.bytes += more
                part, self.bytes = self.bytes.split(b"\n\n", 1)
                lines = [line for line in part.replace(b"\r\n", b"\n").split(b"\n") if b": " in line]
                said = dict(line.decode().split(": ", 1) for line in lines)
                if said.get("event") == "changed":
                    return said["id"], json.loads(said["data"])
        except TimeoutError:
            return None

    def ends_within(self, seconds):
        """How long until the connection is reset; None if it is not in that time."""
        started = time.monotonic()
        self.socket.settimeout(seconds)
        try:
            while self.socket.recv(65536):
                pass
            return None  # an orderly end, which a cut is not
        except TimeoutError:
            return None
        except ConnectionResetError:
            return time.monotonic() - started

    def close(self):
        self.socket.close()


def code_of(secret, at):
    """RFC 6238, by another hand than the program's."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(at) // 30), "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7fffffff) % 1_000_000:06}"


def raw(centre, text):
    """What is answered to octets that no client would send."""
    with socket.create_connection(("127.0.0.1", centre.port), timeout=20) as connection:
        connection.sendall(text)
        response = http.client.HTTPResponse(connection)
        response.begin()
        return c.Answer(response)
