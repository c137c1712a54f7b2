"""The unit says nothing that systemd does not understand, shuts the program in, and leaves it what it needs."""
import ctypes.util
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import sandbox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "conformance"))
import centre as c  # noqa: E402
from test_frameworks import OwnCentre  # noqa: E402

UNIT = c.ROOT / "packaging/comity.service"
ACTOR = (b'{"type":"threat-actor","spec_version":"2.1","id":"threat-actor--5e0b2a0c-3f39-4b5a-9f4e-3f2b6f0e5a%s",'
         b'"created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","labels":["isil"],"name":"%s"}')
# A build with the address sanitizer looks for leaks by tracing itself at the end, which the sandbox forbids.
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}
EXPOSURE = 15  # tenths: systemd calls up to 2.0 "well", and less is better
systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here; apt-get install systemd")
seccomp = pytest.mark.skipif(not ctypes.util.find_library("seccomp"), reason="no libseccomp here; apt-get install libseccomp2")


@pytest.fixture
def with_a_program(tmp_path):
    """The unit as it is when it is installed: systemd looks whether the program is there."""
    unit = tmp_path / "comity.service"
    unit.write_text(UNIT.read_text().replace("/usr/bin/comity", "/bin/true").replace("man:comity(1) ", ""))
    return unit


@systemd
def test_systemd_understands_it(with_a_program):
    told = subprocess.run(["systemd-analyze", "verify", with_a_program], capture_output=True, text=True, timeout=60)
    assert told.returncode == 0 and "comity.service" not in told.stderr, told.stderr


@systemd
def test_it_is_shut_in(with_a_program):
    told = subprocess.run(["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", with_a_program],
                          capture_output=True, text=True, timeout=60)
    print(told.stdout.splitlines()[-1])
    assert told.returncode == 0, told.stdout


def test_what_was_asked_of_it_stands_there():
    told = sandbox.settings_of(UNIT)
    for name, value in {"User": "comity", "ProtectSystem": "strict", "ReadWritePaths": "/var/lib/comity", "NoNewPrivileges": "yes",
                        "CapabilityBoundingSet": "", "MemoryDenyWriteExecute": "yes", "LimitCORE": "0", "Type": "notify",
                        "Restart": "on-failure", "UMask": "0077", "ProtectHome": "yes"}.items():
        assert told[name] == [value], name


class Destination(threading.Thread):
    """A party's own machine, which the centre calls: answers 200 once it has been asked."""

    def __init__(self, certificate, key):
        super().__init__(daemon=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.listener = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
        self.port, self.heard = self.listener.getsockname()[1], threading.Event()
        self.start()

    def run(self):
        try:
            caller, _ = self.listener.accept()
            caller.recv(10_000)
            caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            self.heard.set()
        except OSError:
            pass  # closed by the test


def make_certificate(folder):
    names = folder / "cert.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", names[0], "-keyout",
                    names[1]], check=True, capture_output=True)
    return names


class Shut(c.Centre):
    """A centre in the sandbox of the unit, over TLS."""
    scheme = "https"

    def __init__(self, data, certificate, key):
        self.certificate = certificate
        super().__init__(data, ENVIRONMENT, ("--tls-cert", certificate, "--tls-key", key), sandbox.enter(UNIT))

    def connect(self):
        return http.client.HTTPSConnection("localhost", self.port, timeout=60,
                                           context=ssl.create_default_context(cafile=self.certificate))


@pytest.fixture(scope="module")
def shut(tmp_path_factory):
    certificate, key = make_certificate(tmp_path_factory.mktemp("certificate"))
    centre = Shut(c.load_scenario(), certificate, key)
    yield centre
    centre.close()


def refused_anyway(call):
    """In a child of this sandbox: the error that a call meets."""
    script = f"import os, socket, mmap, errno\ntry:\n  {call}\n  print('done')\nexcept OSError as e:\n  print(errno.errorcode[e.errno])"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, preexec_fn=sandbox.enter(UNIT),
                          timeout=60).stdout.strip()


@systemd
@seccomp
def test_the_sandbox_of_this_test_is_one():
    assert refused_anyway("os.setuid(0)") == "EPERM"
    assert refused_anyway("os.chroot('/')") == "EPERM"
    assert refused_anyway("os.chown('/', 0, 0)") == "EPERM"
    assert refused_anyway("socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)") == "EAFNOSUPPORT"
    assert refused_anyway("socket.socket(socket.AF_INET)") == "done"
    assert refused_anyway("mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC)") == "EPERM"


@systemd
@seccomp
def test_a_centre_does_in_it_what_a_centre_does(shut):
    """Serves over TLS, takes what is given, shows it, deletes it, whereupon a child makes a snapshot; and it is really in there."""
    status = open(f"/proc/{shut.process.pid}/status").read()
    assert re.search(r"^Seccomp:\s+2$", status, re.MULTILINE) and re.search(r"^NoNewPrivs:\s+1$", status, re.MULTILINE)
    id = "threat-actor--5e0b2a0c-3f39-4b5a-9f4e-3f2b6f0e5a77"
    assert shut.post("ru/general-staff", "ru.baghdad-centre", [ACTOR % (b"77", b"shut in")])["success_count"] == 1
    assert any(b"shut in" in page for page in shut.pages("iq/defence", "ru.baghdad-centre"))
    before = {path.name: path.stat().st_mtime_ns for path in shut.data.rglob("*") if "snapshot" in str(path)}
    path = shut.collection("ru/general-staff", "ru.baghdad-centre", "contributed") + f"objects/{id}/"
    assert shut.ask("DELETE", path, "ru/general-staff").status == 200
    until = time.monotonic() + 60
    while {path.name: path.stat().st_mtime_ns for path in shut.data.rglob("*") if "snapshot" in str(path)} == before:
        assert time.monotonic() < until, "no snapshot was made: " + (shut.data / "serve.log").read_text()
        time.sleep(0.2)


@systemd
@seccomp
def test_it_calls_out_from_it(tmp_path):
    """By a name, so the resolver works in there too."""
    certificate, key = make_certificate(tmp_path)
    destination = Destination(certificate, key)
    own = OwnCentre(tmp_path)
    own.admit_parties()
    own.agree("ru.joint", "ru", "iq")
    own.running.close()
    own.running = c.Centre(own.data, ENVIRONMENT, ("--call-ca", certificate), sandbox.enter(UNIT))
    try:
        url = f"https://localhost:{destination.port}/bell"
        own.made("destinations", "add", "siem", url, who="iq")
        own.made("destinations", "attach", "siem", "ru.joint", who="iq")
        own.made("host", "allow-destination", "iq/siem", url, "--address", "127.0.0.1", "--address", "::1", who="anna")
        own.give("ru", "ru.joint", ACTOR % (b"78", b"rings"))
        assert destination.heard.wait(30), own.made("destinations", "list", who="iq")
    finally:
        own.running.close()
        destination.listener.close()


@systemd
@seccomp
def test_it_stops_in_it(shut):
    shut.process.send_signal(signal.SIGTERM)
    assert shut.process.wait(timeout=30) == 0
