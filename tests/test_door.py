"""The door: `import compare` costs next to nothing and offers a handful of names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import compare

SOURCES = Path(compare.__file__).resolve().parents[1]
HEAVY = ("pandas", "numpy", "regex", "opencc", "yaml", "plotly", "nbformat", "jinja2", "openpyxl")
HEAVY += ("icalendar", "bs4", "statsmodels", "compare.tables", "compare.briefings")
# A name a line, `dir(compare)` must be seen whole in a terminal of forty lines, the prompt included:
# whoever looks for a function reads the list instead of the manual. One more, and one must leave.
MOST = 38


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


@pytest.mark.parametrize("name", compare.__all__)
def test_every_name_leads_to_what_it_names(name: str) -> None:
    home = compare._HOME_OF[name]
    found = getattr(compare, name)
    assert (found.__module__, found.__name__) == (home, name)
    assert found.__doc__


def test_the_names_are_few_sorted_and_single() -> None:
    assert len(compare.__all__) <= MOST
    assert dir(compare) == compare.__all__ == sorted(set(compare.__all__))


def test_every_kind_of_briefing_is_at_the_door() -> None:
    """A notebook that makes a page takes the class from here, and no page is made in another way."""
    kinds = {name for name in compare.__all__ if name.endswith("Briefing")}
    notebooks = {getattr(compare, name).notebook for name in kinds}
    assert notebooks == {path.stem for path in (SOURCES.parent / "notebooks").glob("*.ipynb")}
    assert len(notebooks) == len(kinds)


def test_a_name_it_does_not_offer_is_refused_with_those_it_does() -> None:
    with pytest.raises(AttributeError, match="module 'compare' has no attribute 'laod'; it offers Book, "):
        compare.laod  # noqa: B018  the access is the act
