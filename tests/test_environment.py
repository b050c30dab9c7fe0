"""What is installed: one list of dependencies, the locks, the conda file and the set-up script agree."""

from __future__ import annotations

import ast
import fnmatch
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("uv", "lean", "lab")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+?)(?: ; (.+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def load_installer() -> ModuleType:
    """Return the set-up script as a module; it is no part of the package."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "requirements" / "install.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


install = load_installer()


def lines(lock: str) -> list[str]:
    """Return the lines of a lock that are no comment."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def pins(lock: str) -> dict[str, str]:
    """Return the version that a lock holds for each distribution."""
    found = [match for match in map(PIN.match, lines(lock)) if match]
    assert len({match[1] for match in found}) == len(found), f"{lock}.txt pins a distribution twice"
    return {match[1]: match[2] for match in found}


def names(requirements: list[str]) -> set[str]:
    """Return the normalised names in a list of requirements."""
    bare = [re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in requirements]
    return {re.sub(r"[-_.]+", "-", each).lower() for each in bare}


RUNTIME = names(PROJECT["project"]["dependencies"])
EXTRAS = {name: names(each) for name, each in PROJECT["project"]["optional-dependencies"].items()}
INSTALLER = names(PROJECT["dependency-groups"]["installer"])


# ---------------------------------------------------------------------------------------------- locks


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_or_a_hash_and_every_pin_has_one(lock: str) -> None:
    previous_is_pin = False
    for line in lines(lock):
        is_pin, is_hash = PIN.match(line), HASH.match(line)
        assert is_pin or is_hash, f"{lock}.txt holds neither a pin nor a hash: {line}"
        assert not (is_pin and previous_is_pin), f"{lock}.txt holds a pin without a hash before: {line}"
        previous_is_pin = bool(is_pin)
    assert not previous_is_pin, f"{lock}.txt ends in a pin without a hash"


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address_or_a_folder(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert set(re.findall(r"--[a-z-]+", text)) == {"--hash"}
    assert [word for word in ("://", "/", "@") if word in text] == []


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("lean", RUNTIME | EXTRAS["test"]),
        ("lab", RUNTIME | EXTRAS["test"] | EXTRAS["lab"]),
        ("uv", INSTALLER),
    ],
)
def test_every_direct_dependency_is_locked(lock: str, asked: set[str]) -> None:
    assert asked - pins(lock).keys() == set()


def test_the_lab_lock_is_the_lean_lock_and_more() -> None:
    lean, lab = pins("lean"), pins("lab")
    # What changes the code is in no lab: conda's pip would insist on its databases and web clients.
    needed = {name: lean[name] for name in lean.keys() - names(PROJECT["dependency-groups"]["mutants"])}
    assert {name: lab.get(name) for name in needed} == needed
    assert "jupyterlab" in lab and "jupyterlab" not in lean


@pytest.mark.parametrize("lock", ["lean", "lab"])
def test_what_slows_every_process_down_is_kept_out(lock: str) -> None:
    assert "rfc3987-syntax" not in pins(lock)


def installed_version(name: str) -> str:
    """Return the version of a distribution in this environment, or "missing"."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def test_this_environment_is_the_locked_one() -> None:
    """The tests speak of the locked versions only where those are what runs them."""
    if not (Path(sys.prefix) / install.STAMP).exists():
        pytest.skip("this environment was not made by requirements/install.py")
    locked = pins("lean")
    direct = RUNTIME | EXTRAS["test"]
    assert {name: installed_version(name) for name in direct} == {name: locked[name] for name in direct}


# ------------------------------------------------------------------------------------ one list, everywhere


def test_conda_installs_exactly_the_lab_lock() -> None:
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    plain = [each for each in conda["dependencies"] if isinstance(each, str)]
    sections = [each for each in conda["dependencies"] if isinstance(each, dict)]
    assert plain == ["python=3.11", "pip"]
    assert sections == [{"pip": ["-r requirements/lab.txt"]}]
    assert conda["name"] == PROJECT["project"]["name"]
    assert conda["channels"] == ["conda-forge", "nodefaults"]


def imported(file: Path) -> set[str]:
    """Return the top-level names that a module imports, wherever in the module it does."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - {"compare", "__future__"}


def test_the_library_imports_only_what_it_declares() -> None:
    providers = packages_distributions()
    undeclared = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in (ROOT / "src").rglob("*.py")
        for name in imported(file)
        if not names(providers.get(name, [name])) & RUNTIME
    }
    assert undeclared == set()


def test_the_set_up_script_needs_nothing_but_python() -> None:
    assert imported(ROOT / "requirements" / "install.py") == set()


def test_every_direct_dependency_has_its_reason() -> None:
    told = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").lower()
    direct = RUNTIME | INSTALLER | set().union(*EXTRAS.values())
    assert {name for name in direct if f"`{name}`" not in told} == set()


def test_the_version_is_one_everywhere() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == PROJECT["project"]["version"]
    assert cited["license"] == PROJECT["project"]["license"]
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()


# -------------------------------------------------------------------------------------------- commands


def makefile() -> str:
    """Return the text of the Makefile."""
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_command_of_make_says_what_it_does() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", makefile(), re.MULTILINE)
    assert phony
    explained = re.findall(r"^([a-z-]+):.*## \S", makefile(), re.MULTILINE)
    assert sorted(phony[1].split()) == sorted(explained)


def test_the_guide_names_only_commands_that_exist() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"^([a-z]+):", makefile(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)|^    make ([a-z]+)", guide, re.MULTILINE))
    assert named and {one or other for one, other in named} <= commands


def test_an_environment_is_stale_when_its_lock_or_its_installer_changes() -> None:
    for folder, lock in ((".venv", "lean"), (".venv-lab", "lab")):
        needed = " ".join(f"requirements/{file}" for file in (f"{lock}.txt", "uv.txt", "install.py"))
        assert f"{folder}/{install.STAMP}: {needed}\n" in makefile()


def test_the_bytes_of_the_sources_are_left_alone() -> None:
    rules = [
        line.split()
        for line in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    governing = [rule for rule in rules if fnmatch.fnmatch("data/raw/jinan/jinan-2019.txt", rule[0])]
    assert governing[-1][1:] == ["-text"]


# -------------------------------------------------------------------------------------- what pip was told


@pytest.mark.parametrize(
    ("listing", "expected", "reason"),
    [
        ("", {}, "a machine without any configuration"),
        ("global.timeout='60'\n", {"timeout": "60"}, "a plain option"),
        ("global.proxy='one'\n:env:.proxy='two'\n", {"proxy": "two"}, "the environment outdoes a file"),
        (":env:.proxy='two'\nglobal.proxy='one'\n", {"proxy": "two"}, "in whatever order they are listed"),
        ("install.proxy='two'\nglobal.proxy='one'\n", {"proxy": "two"}, "install outdoes global"),
        ("download.proxy='one'\n", {}, "another command's section says nothing about install"),
        ("global.extra-index-url='\\nA\\nB'\n", {"extra-index-url": "A\nB"}, "a value of several lines"),
        ("global.index-url='x=1&y=2'\n", {"index-url": "x=1&y=2"}, "an equals sign inside the value"),
        ("global.index-url=''\n", {}, "an empty value sets nothing"),
        (":env:.default-timeout='9'\n", {"default-timeout": "9", "timeout": "9"}, "pip's other name"),
        ('global.cert="it\'s"\n', {"cert": "it's"}, "the other kind of quotes"),
    ],
)
def test_pip_settings(listing: str, expected: dict[str, str], reason: str) -> None:
    assert install.pip_settings(listing) == expected, reason


BEST = {"UV_INDEX_STRATEGY": "unsafe-best-match"}


@pytest.mark.parametrize(
    ("pip", "environ", "told", "flags", "reason"),
    [
        ({}, {}, {}, [], "nothing told, nothing handed on"),
        ({"index-url": "M"}, {}, {"UV_DEFAULT_INDEX": "M"}, [], "a mirror takes the default's place"),
        ({"index-url": "M"}, {"UV_DEFAULT_INDEX": "U"}, {}, [], "what uv was told stays"),
        ({"extra-index-url": "A\nB"}, {}, {"UV_INDEX": "A B", **BEST}, [], "pip treats all indexes alike"),
        ({"cert": "C"}, {"SSL_CERT_FILE": "S"}, {"SSL_CERT_FILE": "C"}, [], "pip, too, prefers its own"),
        ({"proxy": "P"}, {}, {"HTTP_PROXY": "P", "HTTPS_PROXY": "P"}, [], "one proxy serves both"),
        ({"trusted-host": "a\nb"}, {}, {"UV_INSECURE_HOST": "a b"}, [], "hosts stand in one line"),
        ({"client-cert": "C"}, {}, {"SSL_CLIENT_CERT": "C"}, [], "the user's own certificate"),
        ({"timeout": "60"}, {}, {"UV_HTTP_TIMEOUT": "60"}, [], "a slow network"),
        ({"find-links": "W"}, {}, {}, [], "beside an index, a folder may hold files with other hashes"),
        (
            {"no-index": "true", "find-links": "W\nX", "index-url": "M"},
            {},
            {},
            ["--no-index", "-f", "W", "-f", "X"],
            "no network: the folders are all",
        ),
        ({"no-index": "0", "index-url": "M"}, {}, {"UV_DEFAULT_INDEX": "M"}, [], "pip reads 0 as no"),
        ({"user": "true", "quiet": "1"}, {}, {}, [], "the rest does not concern uv"),
    ],
)
def test_uv_settings(
    pip: dict[str, str], environ: dict[str, str], told: dict[str, str], flags: list[str], reason: str
) -> None:
    assert install.uv_settings(pip, environ) == (told, flags), reason


@hypothesis_settings(derandomize=True, max_examples=100)
@given(st.dictionaries(st.sampled_from(["proxy", "cert", "index-url", "timeout"]), st.text(min_size=1)))
def test_pip_settings_gives_back_what_was_set(settings: dict[str, str]) -> None:
    listing = "".join(f"global.{option}={value!r}\n" for option, value in settings.items())
    expected = {option: value.strip() for option, value in settings.items() if value.strip()}
    assert install.pip_settings(listing) == expected


# ------------------------------------------------------------------------------------------ the set-up itself


@pytest.mark.parametrize(
    ("version", "has_ensurepip", "words"),
    [
        ((3, 10), True, ["Python 3.11 or newer", "this is Python 3.10", "make PYTHON="]),
        ((3, 9), False, ["Python 3.11 or newer", "this is Python 3.9"]),
        ((3, 11), False, ["apt-get install python3.11-venv"]),
        ((3, 13), False, ["apt-get install python3.13-venv"]),
    ],
)
def test_an_obstacle_names_its_remedy(
    version: tuple[int, int], has_ensurepip: bool, words: list[str]
) -> None:
    said = install.python_obstacle(version, has_ensurepip)
    assert said is not None
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 14), (4, 0)])
def test_a_good_python_meets_no_obstacle(version: tuple[int, int]) -> None:
    assert install.python_obstacle(version, True) is None


def test_the_link_leads_to_the_source_from_wherever_python_starts(tmp_path: Path) -> None:
    site = tmp_path / "lib" / "site-packages"
    site.mkdir(parents=True)
    file = install.link(site)
    assert not Path(file.read_text(encoding="ascii").strip()).is_absolute()
    ask = "import site, sys; site.addsitedir(sys.argv[1]); import compare; print(compare.__path__[0])"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ask, str(site)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=clean,
    )
    assert Path(done.stdout.strip()).resolve() == ROOT / "src" / "compare"


def seal_of(folder: Path, lock: str = "a", uv: str = "b", python: str = "3.11") -> str:
    """Return the seal of an environment made from these texts."""
    (folder / "lean.txt").write_text(lock, encoding="utf-8")
    (folder / "uv.txt").write_text(uv, encoding="utf-8")
    return str(install.seal(folder / "lean.txt", python))


def test_the_seal_changes_with_each_thing_it_seals(tmp_path: Path) -> None:
    seals = [
        seal_of(tmp_path),
        seal_of(tmp_path, lock="c"),
        seal_of(tmp_path, uv="c"),
        seal_of(tmp_path, python="3.12"),
    ]
    assert len(set(seals)) == len(seals)
    assert seal_of(tmp_path) == seals[0]


def prepared(folder: Path, stamp: str) -> Path:
    """Return a lock beside which an environment stands whose stamp reads so."""
    seal_of(folder)
    (folder / "venv").mkdir()
    (folder / "venv" / install.STAMP).write_text(stamp, encoding="ascii")
    return folder / "lean.txt"


def test_a_sealed_environment_is_not_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seal_of(tmp_path)
    lock = prepared(tmp_path, install.seal(tmp_path / "lean.txt", sys.version))
    monkeypatch.setattr(install, "run", lambda *_: pytest.fail("something was installed"))
    install.set_up(tmp_path / "venv", lock)


def test_a_failed_set_up_leaves_no_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = prepared(tmp_path, "of an older lock")
    monkeypatch.setattr(install, "run", lambda *_: False)
    with pytest.raises(install.Obstacle):
        install.set_up(tmp_path / "venv", lock)
    assert not (tmp_path / "venv" / install.STAMP).exists()


@pytest.mark.parametrize(
    ("failing", "used"),
    [
        ((), ["pip install uv.txt", "uv pip sync lean.txt"]),
        (("uv pip sync lean.txt",), ["pip install uv.txt", "uv pip sync lean.txt", "pip install lean.txt"]),
        (("pip install uv.txt",), ["pip install uv.txt", "pip install lean.txt"]),
    ],
)
def test_pip_takes_over_where_uv_fails(
    failing: tuple[str, ...], used: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def pretend(command: list[object], *_: object) -> bool:
        words = [str(part) for part in command]
        assert "--require-hashes" in words
        tool = "uv pip sync" if "uv" in words else "pip install"
        seen.append(f"{tool} {Path(words[-1]).name}")
        return seen[-1] not in failing

    monkeypatch.setattr(install, "run", pretend)
    monkeypatch.setattr(install, "answer", lambda *_: "")
    install.install(tmp_path / "venv", tmp_path / "lean.txt")
    assert seen == used
