"""docs/architecture.md: the picture of the floors, drawn from the imports, and how much stands on each.

python -m benchmarks.structure --write
"""

from __future__ import annotations

import argparse
import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "compare"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawn from the imports -->", "<!-- end of the picture -->"
FLOORS = ("language", "texts", "tables", "rules", "coding", "analysis")
FLOORS += ("words", "charts", "sections", "outputs", "build")
# What changes with every line of code is no reason to draw the picture anew.
PICTURED = re.compile(r"\d+ (?:modules|lines)|\|\d+\|")
# Beside Python: what is weighed with it.
KINDS = (".py", ".j2", ".css", ".js")


def floor_of(path: Path) -> str:
    """Return the floor that a file stands on, or "beside" where it stands beside them."""
    first = path.relative_to(PACKAGE).parts[0]
    return first if first in FLOORS else "beside"


def imports() -> Counter[tuple[str, str]]:
    """Return how many modules of one floor import from another, for each two floors."""
    found: Counter[tuple[str, str]] = Counter()
    for path in PACKAGE.rglob("*.py"):
        names = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("compare."):
                names.add(node.module.split(".")[1])
        own = floor_of(path)
        found.update((own, name) for name in names & set(FLOORS) if name != own and own != "beside")
    return found


def weights() -> dict[str, tuple[int, int]]:
    """Return the number of modules and the lines of code, templates, style and script of each floor."""
    modules: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for path in PACKAGE.rglob("*"):
        if path.suffix in KINDS:
            modules[floor_of(path)] += path.suffix == ".py"
            lines[floor_of(path)] += path.read_text(encoding="utf-8").count("\n")
    return {name: (modules[name], lines[name]) for name in (*FLOORS, "beside")}


def picture() -> str:
    """Return the picture as Mermaid, and the table under it."""
    held = weights()
    boxes = [f'    {name}["{name}<br>{held[name][0]} modules, {held[name][1]} lines"]' for name in FLOORS]
    arrows = [
        f"    {above} -->|{count}| {below}"
        for (below, above), count in sorted(
            imports().items(), key=lambda one: (FLOORS.index(one[0][1]), FLOORS.index(one[0][0]))
        )
    ]
    total = sum(lines for _, lines in held.values())
    modules, lines = held["beside"]
    beside = f"Beside the floors: {modules} modules, {lines} lines. In all {total} lines."
    return "\n".join(["```mermaid", "flowchart TD", *boxes, *arrows, "```", "", beside])


def page_with_picture(page: str) -> str:
    """Return the text of docs/architecture.md with the picture drawn anew."""
    head, rest = page.split(BEGIN)
    return f"{head}{BEGIN}\n{picture()}\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Print the picture, or write it into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write it into docs/architecture.md")
    if parser.parse_args().write:
        PAGE.write_text(page_with_picture(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    else:
        print(picture())


if __name__ == "__main__":
    main()
