"""The sandbox that a unit asks for, as far as it is a matter of system calls, made by libseccomp around a program of ours.

systemd itself is not needed to run it, only its list of groups (`systemd-analyze syscall-filter`). What the unit says of file
systems and name spaces is not made here.
"""
import ctypes
import errno
import re
import subprocess
from functools import lru_cache

ALLOW, ERRNO = 0x7FFF0000, 0x00050000
EQ, MASKED_EQ = 4, 7
PROT_WRITE, PROT_EXEC, SHM_EXEC = 2, 4, 0o100000
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}
PR_SET_NO_NEW_PRIVS = 38


class Comparison(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("how", ctypes.c_int), ("first", ctypes.c_uint64), ("second", ctypes.c_uint64)]


def settings_of(unit):
    """{name: [values]} of a unit file, those of one name in their order."""
    found = {}
    for line in unit.read_text().splitlines():
        if line and line[0] not in "#[":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


@lru_cache
def group(name):
    """The calls of a group of systemd's, groups within it included."""
    told = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True).stdout
    words = [line.strip() for line in told.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return set().union(*(group(word) if word.startswith("@") else {word} for word in words))


def calls_of(lines):
    """The calls that lines of SystemCallFilter leave."""
    allowed = set()
    for line in lines:
        calls = set().union(*(group(word) if word.startswith("@") else {word} for word in line.lstrip("~").split()))
        allowed = allowed - calls if line.startswith("~") else allowed | calls
    return allowed | group("@default")


class Filter:
    def __init__(self, otherwise):
        self.seccomp = ctypes.CDLL("libseccomp.so.2", use_errno=True)
        self.seccomp.seccomp_init.restype = ctypes.c_void_p
        self.context = ctypes.c_void_p(self.seccomp.seccomp_init(ctypes.c_uint32(otherwise)))

    def rule(self, action, call, *comparisons):
        number = self.seccomp.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:  # others are of other machines
            array = (Comparison * max(1, len(comparisons)))(*comparisons)
            done = self.seccomp.seccomp_rule_add_array(self.context, ctypes.c_uint32(action), number, len(comparisons), array)
            assert done in (0, -errno.EACCES, -errno.EEXIST), (call, done)

    def load(self):
        done = self.seccomp.seccomp_load(self.context)
        assert done == 0, done


def filters_of(unit):
    """Filters to be loaded by a child; the strictest of them decides."""
    told = settings_of(unit)
    assert told["SystemCallErrorNumber"] == ["EPERM"] and told["MemoryDenyWriteExecute"] == ["yes"]
    allowed = Filter(ERRNO | errno.EPERM)
    for call in sorted(calls_of(told["SystemCallFilter"])):
        allowed.rule(ALLOW, call)
    memory = Filter(ALLOW)
    both = PROT_WRITE | PROT_EXEC
    memory.rule(ERRNO | errno.EPERM, "mmap", Comparison(2, MASKED_EQ, both, both))
    for call in ("mprotect", "pkey_mprotect"):
        memory.rule(ERRNO | errno.EPERM, call, Comparison(2, MASKED_EQ, PROT_EXEC, PROT_EXEC))
    memory.rule(ERRNO | errno.EPERM, "shmat", Comparison(2, MASKED_EQ, SHM_EXEC, SHM_EXEC))
    sockets = Filter(ALLOW)
    known = {FAMILIES[name] for name in told["RestrictAddressFamilies"][0].split()}
    for family in set(range(50)) - known:
        sockets.rule(ERRNO | errno.EAFNOSUPPORT, "socket", Comparison(0, EQ, family, 0))
    return [memory, sockets, allowed]


def enter(unit):
    """For preexec_fn: from here on this process lives in the unit's sandbox."""
    filters = filters_of(unit)

    def enter_now():
        assert ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        for one in filters:
            one.load()

    return enter_now
