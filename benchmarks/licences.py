"""docs/licences.md: the licence of all that goes out in a file, and of all that is installed to make it.

python -m benchmarks.licences --write

What is installed speaks for itself: the metadata of the packages, and the notices that plotly.js carries. Two
things are asked of a registry, when the page is written and never in a test: the packages that the lock keeps
for other systems, and what plotly.js is built from.
"""

from __future__ import annotations

import argparse
import importlib.metadata as installed
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from plotly.offline import get_plotlyjs, get_plotlyjs_version

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
LOCK = ROOT / "requirements" / "lean.txt"
NOTICES = ("<!-- notices of plotly.js -->", "<!-- end of notices -->")
PARTS = ("<!-- parts of plotly.js -->", "<!-- end of parts -->")
PACKAGES = ("<!-- locked packages -->", "<!-- end of packages -->")
PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)
# A script holds `/*` in its texts too: a notice begins a line.
COMMENT = re.compile(r"^/\*[*!](.*?)\*/", re.DOTALL | re.MULTILINE)
# Notices that the bundler gathered, each after the names of its files.
GATHERED = re.compile(r"^(?:\S+\.m?js:\n)+ *\(\*[*!]?(.*?)\*\)", re.DOTALL | re.MULTILINE)
TELLS = re.compile(r"licen[sc]e|copyright|\(c\)", re.IGNORECASE)


def notices(script: str) -> list[str]:
    """Return the notices on copyright and licence that a script carries, each on one line.

    >>> notices("/*! a. MIT License. */\\nx='/* (c) */'\\n/*! Bundled license information:\\n\\n"
    ...         "b/c.js:\\n  (*!\\n   * b (c) D\\n   * @license ISC\\n   *)\\n*/")
    ['a. MIT License.', 'b (c) D @license ISC']
    """
    found: list[str] = []
    for comment in (one for one in COMMENT.findall(script) if TELLS.search(one)):
        found += GATHERED.findall(comment) or ([] if "Bundled license" in comment else [comment])
    return list(dict.fromkeys(" ".join(one.replace("*", " ").split()) for one in found))


def licence(distribution: installed.Distribution) -> str:
    """Return the licence of an installed package as its own metadata tell it, in a few words."""
    said = distribution.metadata
    if expression := said.get("License-Expression"):
        return str(expression)
    word = str(said.get("License") or "").strip()
    if word and "\n" not in word and len(word) < 60 and word != "UNKNOWN":
        return word
    classes = [
        one.split(" :: ")[-1] for one in said.get_all("Classifier") or [] if one.startswith("License ::")
    ]
    return " or ".join(classes) or _first_line(distribution)


def _first_line(distribution: installed.Distribution) -> str:
    for file in distribution.files or []:
        if re.match(r"licen[sc]e", file.name, re.IGNORECASE):
            lines = file.read_text().strip().splitlines()
            return lines[0].strip() if lines else ""
    return ""


def packages(lock: str, folder: Path | None = None) -> dict[tuple[str, str], str]:
    """Return the licence of each package and version of a lock that is installed, or stands in `folder`."""
    path = [str(folder)] if folder else sys.path
    there = {(_plain(one.name), one.version): one for one in installed.distributions(path=path)}
    return {pin: licence(there[pin]) for pin in PIN.findall(lock) if pin in there}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _packages_elsewhere(lock: str, held: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the licences of the packages that the lock keeps for other systems, from the registry."""
    lacking = [
        f"{name}=={version}" for name, version in PIN.findall(lock) if (name, version) not in set(held)
    ]
    if not lacking:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        line = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--target", folder]
        subprocess.run([*line, *lacking], check=True)
        return packages(lock, Path(folder))


def parts() -> list[str]:
    """Return a line per licence with the packages that this plotly.js is built from, as npm resolves them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "package.json").write_text("{}", encoding="utf-8")
        line = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(
            [*line, f"plotly.js@{get_plotlyjs_version()}"], cwd=folder, check=True, capture_output=True
        )
        held = json.loads(Path(folder, "package-lock.json").read_bytes())["packages"]
    by_licence: dict[str, list[str]] = {}
    for path, one in sorted(held.items()):
        if path and not path.endswith("/plotly.js"):
            name = f"{path.split('node_modules/')[-1]} {one['version']}"
            by_licence.setdefault(str(one.get("license", "none told")), []).append(name)
    ordered = sorted(by_licence.items(), key=lambda one: (-len(one[1]), one[0]))
    return [f"- **{name}** ({len(of)}): {', '.join(dict.fromkeys(of))}." for name, of in ordered]


def table(held: dict[tuple[str, str], str]) -> Iterator[str]:
    """Yield the lines of the table of packages."""
    yield from ("| package | version | licence |", "|---|---|---|")
    yield from (f"| {name} | {version} | {words} |" for (name, version), words in sorted(held.items()))


def with_section(page: str, marks: tuple[str, str], lines: Iterable[str]) -> str:
    """Return the text of the page with the lines between two marks written anew."""
    head, rest = page.split(marks[0])
    return "\n".join([f"{head}{marks[0]}", "", *lines, "", marks[1]]) + rest.split(marks[1])[1]


def section(page: str, marks: tuple[str, str]) -> list[str]:
    """Return the lines that stand between two marks of the page."""
    return page.split(marks[0])[1].split(marks[1])[0].strip().splitlines()


def notice_lines() -> list[str]:
    """Return the notices of the installed plotly.js, a line each."""
    return [f"- {notice}" for notice in notices(get_plotlyjs())]


def main() -> None:
    """Write docs/licences.md anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", required=True, help="write docs/licences.md")
    parser.parse_args()
    lock, page = LOCK.read_text(encoding="utf-8"), PAGE.read_text(encoding="utf-8")
    held = packages(lock)
    page = with_section(page, NOTICES, notice_lines())
    page = with_section(page, PARTS, [f"plotly.js {get_plotlyjs_version()}:", "", *parts()])
    page = with_section(page, PACKAGES, table(held | _packages_elsewhere(lock, held)))
    PAGE.write_text(page, encoding="utf-8", newline="")
    print(f"{PAGE.relative_to(ROOT).as_posix()} is written.")


if __name__ == "__main__":
    main()
