"""The door: `import compare` costs next to nothing and offers a handful of names."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import compare

SOURCES = Path(compare.__file__).resolve().parents[1]
NOTEBOOKS = sorted((SOURCES.parent / "notebooks").glob("*.ipynb"))
HEAVY = ("pandas", "numpy", "regex", "opencc", "yaml", "plotly", "nbformat", "jinja2", "openpyxl")
HEAVY += ("icalendar", "bs4", "statsmodels", "compare.tables", "compare.analysis", "compare.words")
HEAVY += ("compare.charts", "compare.sections", "compare.outputs")
# A name a line, `dir(compare)` must be seen whole in a terminal of fifty lines, the prompt included:
# whoever looks for a function reads the list instead of the manual. One more, and one must leave.
MOST = 49


def code_of(notebook: Path) -> str:
    cells = json.loads(notebook.read_bytes())["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def run(code: str) -> str:
    path = f"import sys; sys.path.insert(0, {str(SOURCES)!r}); "
    return subprocess.run(
        [sys.executable, "-c", path + code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert run(f"import compare; print([name for name in {HEAVY} if name in sys.modules])") == "[]"


def test_asking_what_it_offers_imports_nothing_heavy() -> None:
    assert run("import compare; dir(compare); compare.__doc__; print('pandas' in sys.modules)") == "False"


def test_an_error_can_be_caught_without_pandas() -> None:
    assert run("import compare; compare.CompareError; print('pandas' in sys.modules)") == "False"


@pytest.mark.parametrize("name", compare._FLOORS)
def test_a_floor_is_offered_as_a_whole(name: str) -> None:
    floor = getattr(compare, name)
    assert (floor.__name__, bool(floor.__doc__)) == (f"compare.{name}", True)
    for offered in floor.__all__:
        assert getattr(floor, offered).__doc__, f"{name}.{offered}"


@pytest.mark.parametrize("name", compare._HOME_OF)
def test_every_name_leads_to_what_it_names(name: str) -> None:
    home = compare._HOME_OF[name]
    found = getattr(compare, name)
    assert (found.__module__, found.__name__) == (home, name)
    assert found.__doc__


def test_the_names_are_few_sorted_and_single() -> None:
    assert len(compare.__all__) <= MOST
    assert dir(compare) == compare.__all__ == sorted(set(compare.__all__))


def test_a_notebook_finds_all_it_asks_for_at_the_door() -> None:
    """A page is made of what is offered here, and in no other way."""
    for path in NOTEBOOKS:
        code = code_of(path)
        assert set(re.findall(r"\bcp\.([a-z]\w*)", code)) <= set(compare.__all__), path.name
        for floor in compare._FLOORS:
            held = set(getattr(compare, floor).__all__)
            assert set(re.findall(rf"\bcp\.{floor}\.(\w+)", code)) <= held, path.name


def test_every_section_is_shown_by_some_notebook() -> None:
    shown = re.findall(r"\bcp\.sections\.(\w+)\(", "\n".join(map(code_of, NOTEBOOKS)))
    # What an edition brings is told on the front page, which no notebook makes.
    assert set(compare.sections.__all__) - set(shown) == {"featured", "news"}


def test_a_name_it_does_not_offer_is_refused_with_those_it_does() -> None:
    with pytest.raises(AttributeError, match="module 'compare' has no attribute 'laod'; it offers Book, "):
        compare.laod  # noqa: B018  the access is the act
