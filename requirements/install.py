"""Sets up a virtual environment from a locked list of packages; needs nothing but Python itself.

    python requirements/install.py                          # .venv from lean.txt
    python requirements/install.py --into .venv-lab --lock requirements/lab.txt
    python requirements/install.py --link                   # only make `compare` importable here (conda)

uv does the installing, at about a third of pip's time. uv does not read pip's configuration, so what
a user has told pip (a mirror, a proxy, a certificate) is handed on to it. Where uv cannot be had or
fails, pip installs the same list. Either way every file must have a hash that stands in the lock.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import importlib.util
import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
STAMP = "installed"
# pip lets a command's own section outdo [global], and the environment outdo both.
SECTIONS = ("global", "install", ":env:")


class Obstacle(Exception):
    """What keeps the set-up from going on, worded for the person at the keyboard."""


def python_obstacle(version: tuple[int, int], has_ensurepip: bool) -> str | None:
    """Return why this Python cannot make the environment, or None when it can.

    >>> python_obstacle((3, 12), True) is None
    True
    """
    name = "python%d.%d" % version  # noqa: UP031
    if version < OLDEST:
        return (
            f"city-compare needs Python 3.11 or newer; this is Python {version[0]}.{version[1]}.\n"
            "Name a newer one: make PYTHON=python3.11\n"
            "On Debian and Ubuntu: sudo apt-get install python3.11 python3.11-venv"
        )
    if not has_ensurepip:
        return (
            f"{name} cannot make virtual environments: its module ensurepip is missing.\n"
            f"On Debian and Ubuntu: sudo apt-get install {name}-venv"
        )
    return None


def pip_settings(listing: str) -> dict[str, str]:
    """Return the options that hold for `pip install`, read from what `pip config list` prints.

    >>> pip_settings("global.timeout='15'\\n:env:.timeout='60'")
    {'timeout': '60'}
    """
    found: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        section, _, option = key.strip().rpartition(".")
        if section in found and value:
            found[section][option] = str(ast.literal_eval(value.strip())).strip()
    settings: dict[str, str] = {}
    for section in SECTIONS:
        settings.update(found[section])
    if "default-timeout" in settings:  # pip's other name for the same option
        settings.setdefault("timeout", settings["default-timeout"])
    return {option: value for option, value in sorted(settings.items()) if value}


def uv_settings(pip: Mapping[str, str], environ: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the environment variables and flags that tell uv what pip has been told.

    What the user has told uv itself stays as it is. A `find-links` folder is handed on only when pip
    is forbidden every index: beside an index it could offer rebuilt files whose hashes are not locked.

    >>> uv_settings({"index-url": "M"}, {})
    ({'UV_DEFAULT_INDEX': 'M'}, [])
    """
    told: dict[str, str] = {}
    for option, names in (
        ("proxy", ("HTTP_PROXY", "HTTPS_PROXY")),
        ("cert", ("SSL_CERT_FILE",)),
        ("client-cert", ("SSL_CLIENT_CERT",)),
    ):
        told.update({name: pip[option] for name in names if option in pip})
    own: dict[str, str] = {}
    for option, name in (("trusted-host", "UV_INSECURE_HOST"), ("timeout", "UV_HTTP_TIMEOUT")):
        if option in pip:
            own[name] = " ".join(pip[option].split())
    flags: list[str] = []
    if pip.get("no-index", "").lower() in ("1", "true", "yes", "on"):
        flags.append("--no-index")
        for place in pip.get("find-links", "").split():
            flags += ["-f", place]
    else:
        if "index-url" in pip:
            own["UV_DEFAULT_INDEX"] = pip["index-url"]
        if "extra-index-url" in pip:
            own["UV_INDEX"] = " ".join(pip["extra-index-url"].split())
            # pip treats all indexes alike. That is safe here: no file passes without a locked hash.
            own["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    told.update({name: value for name, value in own.items() if name not in environ})
    return told, flags


def interpreter(environment: Path) -> Path:
    """Return the path of the Python inside a virtual environment, on any system."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def seal(lock: Path, python: str) -> str:
    """Return the fingerprint of what an environment was made from: its lock, its installer, its Python."""
    parts = [path.read_bytes() for path in (lock, lock.with_name("uv.txt"), Path(__file__))]
    return hashlib.sha256(b"\0".join([*parts, python.encode()])).hexdigest()


def link(site: Path) -> Path:
    """Return the .pth file written into `site`, which makes `import compare` read this checkout's src/.

    The path in it is relative: it holds when the folder is moved, and for names outside ASCII, which
    Python before 3.13 reads from a .pth file in the encoding of the locale.
    """
    source = ROOT / "src"
    try:
        told = os.path.relpath(source, site)
    except ValueError:  # another drive: Windows knows no way from one to the other
        told = str(source)
    file = site / "city-compare.pth"
    file.write_text(told + "\n", encoding="ascii" if told.isascii() else None)
    return file


def run(command: Sequence[object], extra: Mapping[str, str] | None = None) -> bool:
    """Return whether the command ran through; what it prints goes to the user as it comes."""
    environ = {**os.environ, **(extra or {})}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every later start compiles everything again
    try:
        return subprocess.run([str(part) for part in command], env=environ, cwd=ROOT).returncode == 0
    except OSError:
        return False


def answer(command: Sequence[object]) -> str:
    """Return what the command prints, or nothing where it fails."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, cwd=ROOT)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def say(text: str) -> None:
    """Return nothing; the text is on the screen before the next command prints."""
    print(text, flush=True)


def make_environment(environment: Path) -> None:
    """Return once a working virtual environment stands there, kept where one of the same Python does.

    Raises `Obstacle` where this Python cannot make one.
    """
    ask = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    if answer([interpreter(environment), "-c", ask]).strip() == "%d.%d" % sys.version_info[:2]:  # noqa: UP031
        return
    if not run([sys.executable, "-m", "venv", "--clear", environment]):
        raise Obstacle(f"The virtual environment {environment.name} could not be made.")


def install(environment: Path, lock: Path) -> None:
    """Return once exactly the locked packages are in the environment, by uv or else by pip.

    Raises `Obstacle` where neither could do it.
    """
    python = interpreter(environment)
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    settings = pip_settings(answer([*pip, "config", "list"]))
    told, flags = uv_settings(settings, os.environ)
    if told or flags:
        say("  pip's configuration is handed on to uv: " + ", ".join([*sorted(told), *flags[:1]]))
    told.setdefault("UV_COMPILE_BYTECODE", "1")
    # no-user: a `user = true` in pip's configuration would make pip refuse a virtual environment
    add = [*pip, "install", "--no-user", "--no-deps", "--require-hashes"]
    sync = [python, "-m", "uv", "pip", "sync", *flags, "--require-hashes", "--python", python, lock]
    if run([*add, "--quiet", "--only-binary", ":all:", "-r", lock.with_name("uv.txt")]) and run(sync, told):
        return
    say("  uv could not be used; pip installs the same packages, which takes some minutes.")
    if not run([*add, "-r", lock]):
        raise Obstacle(
            "The packages could not be installed: pip's own words stand above.\n"
            "A mirror or a proxy is set with: python -m pip config set global.index-url ..."
        )


def set_up(environment: Path, lock: Path) -> None:
    """Return once the environment is ready, having done only what its stamp says is missing.

    Raises `Obstacle` with what to do.
    """
    obstacle = python_obstacle(sys.version_info[:2], importlib.util.find_spec("ensurepip") is not None)
    if obstacle:
        raise Obstacle(obstacle)
    stamp, wanted = environment / STAMP, seal(lock, sys.version)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        stamp.touch()  # make compares times; the content has not changed
        return
    stamp.unlink(missing_ok=True)
    count = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    say(
        f"Setting up {environment.name} with Python {sys.version.split()[0]}: "
        f"up to {count} packages, once; about half a minute plus the download."
    )
    make_environment(environment)
    install(environment, lock)
    site = answer([interpreter(environment), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    link(Path(site.strip()))
    stamp.write_text(wanted, encoding="ascii")
    say(f"{environment.name} is ready.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit status: 0 when the environment is ready."""
    parser = argparse.ArgumentParser(description="Set up the environment of city-compare.")
    parser.add_argument("--into", default=".venv", help="folder of the virtual environment")
    parser.add_argument("--lock", default="requirements/lean.txt", help="locked list of packages")
    parser.add_argument(
        "--link", action="store_true", help="only make `import compare` work in the Python that runs this"
    )
    asked = parser.parse_args(arguments)
    try:
        if asked.link:
            link(Path(sysconfig.get_path("purelib")))
        else:
            set_up(ROOT / asked.into, ROOT / asked.lock)
    except Obstacle as obstacle:
        print(obstacle, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
