"""The package: what is in it and with which rights, what Debian's own critic says of it, and what happens when it is installed,
taken off and purged, in a copy of this machine's root that is thrown away afterwards."""
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "conformance"))
import centre as c  # noqa: E402

# What Debian's critic says of a package that nobody uploads to Debian: it has no maintainer there.
NOT_FOR_US = {"bogus-mail-host", "bogus-mail-host-in-debian-changelog", "initial-upload-closes-no-bugs"}
HOLDS = {"/usr/bin/comity": 0o755, "/lib/systemd/system/comity.service": 0o644, "/etc/comity/comity.toml": 0o644,
         "/usr/share/man/man1/comity.1.gz": 0o644, "/usr/share/bash-completion/completions/comity": 0o644,
         "/usr/share/zsh/vendor-completions/_comity": 0o644, "/usr/share/fish/vendor_completions.d/comity.fish": 0o644,
         "/usr/share/doc/comity/operations.md": 0o644, "/usr/share/doc/comity/copyright": 0o644}


@pytest.fixture(scope="module")
def package():
    if not shutil.which("dpkg-deb") or not shutil.which("dpkg-shlibdeps"):
        pytest.skip("no dpkg-deb or dpkg-shlibdeps here; apt-get install dpkg-dev")
    made = subprocess.run([c.ROOT / "tools/package", c.PROGRAM], capture_output=True, text=True, timeout=300)
    assert made.returncode == 0, made.stderr
    return c.ROOT / made.stdout.strip()


@pytest.fixture(scope="module")
def root(package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("root")
    subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
    return folder


def control(package, name):
    return subprocess.run(["dpkg-deb", "-I", package, name], capture_output=True, text=True, check=True).stdout


def test_what_is_in_it_and_with_which_rights(package):
    listing = subprocess.run(["dpkg-deb", "--fsys-tarfile", package], capture_output=True, check=True).stdout
    held = {}
    with tarfile.open(fileobj=io.BytesIO(listing)) as archive:
        for one in archive.getmembers():
            assert (one.uid, one.gid) == (0, 0), one.name
            assert one.isdir() and one.mode & 0o7777 == 0o755 or one.isfile() and one.mode & 0o6022 == 0, one.name
            if one.isfile():
                held[one.name.lstrip(".")] = one.mode & 0o7777
    assert {name: held.get(name) for name in HOLDS} == HOLDS
    assert all(name in HOLDS or name.startswith("/usr/share/doc/comity/") for name in held), held
    assert not any(name.startswith("/var") for name in held), "data is never the package's"
    assert control(package, "conffiles").split() == ["/etc/comity/comity.toml"]
    assert package.name.startswith("comity_") and package.name.endswith(".deb")


def test_it_asks_for_what_the_program_is_linked_to(package):
    depends = re.search(r"^Depends: (.*)$", control(package, "control"), re.MULTILINE)[1]
    for library in ("libc6", "libssl3", "libsqlite3-0", "libsodium23", "libcurl4", "libcsv3", "libexpat1", "libzip4", "adduser"):
        assert re.search(rf"\b{library}\b", depends), depends


def test_the_program_in_it_starts_and_is_the_one_that_was_built(root):
    for words in (["--version"], ["--help"], ["config"], ["completions", "zsh"]):
        told = [subprocess.run([program, *words], capture_output=True, text=True, timeout=30, check=True).stdout
                for program in (root / "usr/bin/comity", c.PROGRAM)]
        assert told[0] == told[1] and told[0]


def test_its_configuration_is_the_commented_one_and_is_valid(root):
    config = root / "etc/comity/comity.toml"
    checked = subprocess.run([root / "usr/bin/comity", "config", "check", config], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert [line for line in config.read_text().splitlines() if line and line[0] != "#"] == ['data = "/var/lib/comity"']


ASK = {  # each asks as its shell does when Tab is pressed behind `comity config` and behind `comity serve --con`
    "bash": """source {bash}
        COMP_WORDS=(comity config ''); COMP_CWORD=2; _comity_complete; printf '%s\\n' "${{COMPREPLY[@]}}"
        COMP_WORDS=(comity serve --con); COMP_CWORD=2; _comity_complete; printf '%s\\n' "${{COMPREPLY[@]}}" """,
    "zsh": """autoload -U +X compinit && compinit -D -u; source {zsh}
        words=(comity config ''); CURRENT=3; COMP_WORDS=(comity config ''); COMP_CWORD=2; compgen -F _comity_complete -- ''
        words=(comity serve --con); COMP_WORDS=(comity serve --con); compgen -F _comity_complete -- --con""",
    "fish": "source {fish}; complete -C 'comity config '; complete -C 'comity serve --con'",
}


@pytest.mark.parametrize("shell", ASK)
def test_the_completions_work_in_their_shells(root, shell):
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here; apt-get install {shell}")
    files = {"bash": root / "usr/share/bash-completion/completions/comity", "zsh": root / "usr/share/zsh/vendor-completions/_comity",
             "fish": root / "usr/share/fish/vendor_completions.d/comity.fish"}
    told = subprocess.run([shell, *(["-f"] if shell == "zsh" else []), "-c", ASK[shell].format(**files)], capture_output=True, text=True,
                          timeout=60)
    proposed = {line.split("\t")[0] for line in told.stdout.splitlines()}
    assert {"check", "--config", "--connections", "--connections-per-address"} <= proposed and told.stderr == "", told


def test_the_manual_page_can_be_read(root):
    if not shutil.which("man"):
        pytest.skip("no man here; apt-get install man-db")
    told = subprocess.run(["man", "--warnings", "-l", root / "usr/share/man/man1/comity.1.gz"], capture_output=True, text=True,
                          env={**os.environ, "MANWIDTH": "120", "LC_ALL": "C.UTF-8"}, timeout=60)
    assert told.returncode == 0 and told.stderr == "", told.stderr
    assert "--connections-per-address" in told.stdout and "comity config" in told.stdout


def test_debians_critic(package):
    if not shutil.which("lintian"):
        pytest.skip("no lintian here; apt-get install lintian")
    told = subprocess.run(["lintian", "--allow-root", "--fail-on=none", package], capture_output=True, text=True, timeout=300)
    found = [line for line in told.stdout.splitlines() if line[:2] in ("E:", "W:") and line.split()[2] not in NOT_FOR_US]
    assert not found, "\n".join(found)


INSTALL = """set -eu
mount -t tmpfs none {scratch}
mkdir {scratch}/upper {scratch}/work {scratch}/root
mount -t overlay -o lowerdir=/,upperdir={scratch}/upper,workdir={scratch}/work none {scratch}/root || exit 77
cp {package} {scratch}/root/comity.deb
mount -t proc none {scratch}/root/proc || mount --bind /proc {scratch}/root/proc || exit 77
mount --bind /dev {scratch}/root/dev || exit 77
chroot {scratch}/root /bin/sh -eu <<'INSIDE'
{inside}
INSIDE
"""
INSIDE = r"""
fail() { echo "FAILED: $*" >&2; exit 1; }
export DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin
command -v adduser >/dev/null || { echo "no adduser here" >&2; exit 77; }
dpkg -i /comity.deb >/tmp/install.log 2>&1 || { cat /tmp/install.log >&2; fail install; }
grep -q 'comity init' /tmp/install.log || fail 'it is not said how to go on'
[ "$(stat -c '%U:%G %a' /var/lib/comity)" = 'comity:comity 700' ] || fail "$(stat -c '%U:%G %a' /var/lib/comity)"
[ "$(getent passwd comity | cut -d: -f7)" = /usr/sbin/nologin ] || fail 'comity may log in'
# A centre is made and served by its user, by the installed configuration.
mkdir -m 755 /tmp/keys
for name in host anna bert; do comity key new /tmp/keys/$name.key >/tmp/keys/$name.pub; done
chmod 644 /tmp/keys/*.pub
runuser -u comity -- comity init --data /var/lib/comity --name n --origin o.example/1 --host-key /tmp/keys/host.pub \
  --officer anna=/tmp/keys/anna.pub --officer bert=/tmp/keys/bert.pub >/dev/null || fail init
setpriv --reuid=comity --regid=comity --clear-groups comity serve --config /etc/comity/comity.toml --port 0 >/tmp/serve.log 2>&1 &
served=$!
for i in $(seq 100); do grep -q 'serving on' /tmp/serve.log && break; sleep 0.1; done
grep -q 'serving on' /tmp/serve.log || { cat /tmp/serve.log >&2; fail serve; }
comity serve --config /etc/comity/comity.toml --port 0 2>&1 | grep -q 'runuser -u comity' || fail 'root may serve it'
kill $served
wait $served || fail 'it does not stop well'
# What an administrator wrote stays through an installation of the same, and a removal.
echo 'port = 8643' >>/etc/comity/comity.toml
dpkg -i --force-confold /comity.deb >/tmp/again.log 2>&1 || fail 'installed again'
grep -q 'port = 8643' /etc/comity/comity.toml || fail 'the configuration was overwritten'
dpkg -r comity >/tmp/remove.log 2>&1 || fail remove
[ ! -e /usr/bin/comity ] && grep -q 'port = 8643' /etc/comity/comity.toml || fail 'removal'
# A purge deletes the configuration and says that it keeps the data; it never deletes them.
dpkg -P comity >/tmp/purge.log 2>&1 || fail purge
[ ! -e /etc/comity/comity.toml ] || fail 'a purge leaves the configuration'
[ -s /var/lib/comity/journal.sqlite ] || fail 'a purge deleted the data'
grep -q 'is kept' /tmp/purge.log || { cat /tmp/purge.log; fail 'a purge says nothing'; }
getent passwd comity >/dev/null || fail 'the data have no owner any more'
# Without data nothing is left.
rm -r /var/lib/comity
dpkg -i /comity.deb >/tmp/third.log 2>&1 && dpkg -P comity >/tmp/third.log 2>&1 || { cat /tmp/third.log >&2; fail third; }
[ ! -e /var/lib/comity ] && ! getent passwd comity >/dev/null || fail 'an empty directory or its user is left'
echo installed
"""


def test_installed_taken_off_and_purged(package, tmp_path):
    if os.getuid() != 0 or not shutil.which("unshare"):
        pytest.skip("only root can make a root that is thrown away")
    script = INSTALL.format(scratch=tmp_path, package=package, inside=INSIDE)
    done = subprocess.run(["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "bash", "-c", script],
                          capture_output=True, text=True, timeout=300)
    if done.returncode in (32, 77) or "permission denied" in done.stderr.lower() and "mount" in done.stderr:
        pytest.skip("this machine lets nobody put a file system over its root: " + done.stderr.strip().splitlines()[-1][:200])
    assert done.returncode == 0 and done.stdout.strip().endswith("installed"), done.stdout + done.stderr
