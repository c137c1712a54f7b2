"""What a centre is to the machine that it runs on (25-isolation F7): its memory is for nobody, its files are its owner's, its
configuration is read whole or not at all, and its supervisor is told when it is ready.
"""
import ctypes
import os
import re
import resource
import signal
import socket
import stat
import subprocess
import time

import pytest

import centre as c

NOBODY = 65534
PTRACE_ATTACH = 16


@pytest.fixture(scope="module")
def loaded():
    return c.load_scenario()


def run(*words, **options):
    return subprocess.run([c.PROGRAM, *words], capture_output=True, text=True, timeout=60, **options)


class Started:
    """`comity serve` with these words, once it is ready or has ended."""

    def __init__(self, *words, **options):
        self.process = subprocess.Popen([c.PROGRAM, "serve", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        **options)
        self.said = self.process.stdout.readline()

    def url(self):
        return re.search(r"(https?)://([0-9.]+|\[?::1\]?):(\d+)", self.said)

    def status(self, field):
        text = open(f"/proc/{self.process.pid}/status").read()
        return re.search(rf"^{field}:\s*(\S+)", text, re.MULTILINE)[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)
        self.process.stdout.close()
        self.process.stderr.close()


def fresh(loaded, name):
    data = c.copy_of(loaded, name)
    os.chmod(data, 0o700)
    return data


def modes(data):
    return {str(path.relative_to(data)): stat.S_IMODE(path.lstat().st_mode) for path in data.rglob("*")}


# --- memory ---
def may_be_looked_into(pid):
    """What a process of the same user comes by: 'none' if nothing."""
    for name in ("mem", "environ", "maps"):
        try:
            with open(f"/proc/{pid}/{name}", "rb") as file:
                file.read(1)
            return name
        except PermissionError:
            pass
        except OSError:  # of mem, at address 0: it could be opened
            return name
    libc = ctypes.CDLL(None, use_errno=True)
    return "ptrace" if libc.ptrace(PTRACE_ATTACH, pid, None, None) == 0 else "none"


def as_nobody(work):
    """In a child that is an ordinary user; what it said, by its exit code's text."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            os.write(writer, work().encode())
        finally:
            os._exit(0)
    os.close(writer)
    told = os.read(reader, 1000).decode()
    os.close(reader)
    os.waitpid(child, 0)
    return told


@pytest.fixture
def of_an_ordinary_user(loaded, tmp_path):
    """A centre that runs as one, started by root or by that user herself."""
    data, program, options = fresh(loaded, "ordinary"), c.PROGRAM, {}
    if os.getuid() == 0:
        place = "/var/tmp/comity-ordinary-%d" % os.getpid()
        subprocess.run(["mv", data, place], check=True)
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", place], check=True)
        subprocess.run(["cp", program, place + "/program"], check=True)
        os.chown(place + "/program", NOBODY, NOBODY)
        data, program = place, place + "/program"
        options = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    process = subprocess.Popen([program, "serve", "--data", data, "--port", "0"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True, **options)
    assert "serving on" in process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdout.close()
    subprocess.run(["rm", "-rf", data], check=True)


def test_no_process_of_the_same_user_looks_into_its_memory(of_an_ordinary_user):
    assert as_nobody(lambda: may_be_looked_into(of_an_ordinary_user.pid)) == "none"
    idle = subprocess.Popen(["sleep", "60"], **({"user": NOBODY, "group": NOBODY} if os.getuid() == 0 else {}))
    try:  # the test itself: others can be looked into
        time.sleep(0.3)
        assert as_nobody(lambda: may_be_looked_into(idle.pid)) != "none"
    finally:
        idle.kill()
        idle.wait()


def test_no_core_is_written(loaded):
    def ask_for_cores():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)

    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    wants = ask_for_cores if hard == resource.RLIM_INFINITY else None
    with Started("--data", fresh(loaded, "cores"), "--port", "0", preexec_fn=wants) as centre:
        limits = open(f"/proc/{centre.process.pid}/limits").read()
        assert re.search(r"^Max core file size\s+0\s+0\s", limits, re.MULTILINE), limits
        os.kill(centre.process.pid, signal.SIGSEGV)
        _, status = os.waitpid(centre.process.pid, 0)
        centre.process.returncode = -signal.SIGSEGV
        assert not os.WCOREDUMP(status)


# --- files ---
def test_what_it_makes_is_its_owners_alone(tmp_path):
    """Under the widest umask: init, serve, a snapshot and a log leave nothing that others may read."""
    def wide():
        os.umask(0)

    keys = {}
    for name in ("host", "anna", "bert"):
        keys[name] = run("key", "new", tmp_path / f"{name}.key").stdout
        (tmp_path / f"{name}.pub").write_text(keys[name])
    data = tmp_path / "centre"
    made = run("init", "--data", data, "--name", "n", "--origin", "centre.example/1", "--host-key", tmp_path / "host.pub",
               "--officer", f"anna={tmp_path}/anna.pub", "--officer", f"bert={tmp_path}/bert.pub", preexec_fn=wide)
    assert made.returncode == 0, made.stderr
    with Started("--data", data, "--port", "0", "--log", data / "access.log", preexec_fn=wide) as centre:
        assert centre.status("Umask") == "0077"
        assert run("snapshot", "--data", data, preexec_fn=wide).returncode == 0
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    found = modes(data)
    assert len(found) > 8 and {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}


@pytest.mark.parametrize("what", ["", "keys", "keys/prf"])
def test_what_others_may_read_is_refused_with_the_command_that_mends_it(loaded, what):
    data = fresh(loaded, "open-" + what.replace("/", "-"))
    open_to_all = data / what if what else data
    assert open_to_all.exists()
    os.chmod(open_to_all, stat.S_IMODE(open_to_all.stat().st_mode) | 0o055)
    before = modes(data)
    told = run("serve", "--data", data, "--port", "0")
    assert told.returncode == 2 and told.stdout == "", told
    command = re.search(r"run: (chmod .*)", told.stderr)[1]
    assert modes(data) == before
    subprocess.run(command, shell=True, check=True)
    with Started("--data", data, "--port", "0") as centre:
        assert "serving on" in centre.said


def test_a_directory_of_another_user_is_refused(loaded):
    if os.getuid() != 0:
        pytest.skip("only root can give a directory away")
    data = fresh(loaded, "given-away")
    os.chown(data, NOBODY, NOBODY)
    for words in (["serve", "--port", "0"], ["snapshot"], ["verify"], ["replay"], ["doctor"], ["backup", data.parent / "b"]):
        told = run(*words, "--data", data)
        assert told.returncode == 2 and "runuser -u nobody -- comity" in told.stderr, told
    assert not any(path.lstat().st_uid == NOBODY for path in data.rglob("*"))


# --- configuration ---
def test_serves_by_its_configuration_and_the_command_line_comes_first(loaded, tmp_path):
    data = fresh(loaded, "configured")
    config = tmp_path / "comity.toml"
    config.write_text(run("config").stdout.replace('"/var/lib/comity"', f'"{data}"').replace("#port = 8642", f"port = {c.free_port()}"))
    assert run("config", "check", config).returncode == 0
    with Started("--config", config) as centre:
        assert f'port = {centre.url()[3]}\n' in config.read_text()
    port = c.free_port()
    with Started("--config", config, "--port", str(port)) as centre:
        assert centre.url()[3] == str(port)


@pytest.mark.parametrize("line, why", [("prot = 1", "there is no setting prot; there are data, address, port"),
                                       ("port = '1'", "port takes a number, not a string"),
                                       ("port = 70000", "port takes a number from 0 to 65535, not 70000"),
                                       ("password = 'x'", "there is no setting password")])
def test_a_wrong_line_starts_nothing(loaded, tmp_path, line, why):
    data = fresh(loaded, "not-started-" + line.split()[0] + str(len(line)))
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    config = tmp_path / "comity.toml"
    config.write_text(f'data = "{data}"\nlog = "{data}/new.log"\n{line}\n')
    for words in (["serve", "--config", config], ["config", "check", config]):
        told = run(*words)
        assert told.returncode == 2 and told.stdout == "", told
        assert f"{config}, line 3: {why}" in told.stderr, told.stderr
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


# --- the supervisor ---
def test_the_supervisor_is_told_when_it_is_ready_and_when_it_stops(loaded, tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.settimeout(60)
        port = c.free_port()
        with Started("--data", fresh(loaded, "supervised"), "--port", str(port),
                     env={**os.environ, "NOTIFY_SOCKET": str(tmp_path / "notify")}) as centre:
            assert ear.recv(100) == b"READY=1"
            with socket.create_connection(("127.0.0.1", port), timeout=10) as asked:
                asked.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                assert asked.recv(12) == b"HTTP/1.1 200"
            centre.process.send_signal(signal.SIGTERM)
            assert ear.recv(100) == b"STOPPING=1"


def test_few_files_are_said_and_leave_fewer_connections(loaded):
    def few():
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))

    with Started("--data", fresh(loaded, "few-files"), "--port", "0", preexec_fn=few) as centre:
        assert "serving on" in centre.said
        assert "may open 1024 files, so 768 connections; 4096 need LimitNOFILE=4352" in centre.process.stderr.readline()
