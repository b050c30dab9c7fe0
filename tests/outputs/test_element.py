"""Markup is made in one module: words stay words in elements, data, scripts and styles."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.outputs.element import HERE, code, data, element, filled, name_of, packed, together, unpacked

SOURCES = Path(compare.__file__).parent
MAKER = HERE / "element.py"
words = st.text(max_size=40)
# What a parser of HTML leaves as it is: of line ends it makes one kind, and some characters it may not hold.
plain = st.text(st.characters(exclude_characters="\r\x00", exclude_categories=("Cs",)), max_size=40)


def test_markup_is_made_in_one_module_alone() -> None:
    found = []
    for file in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(node, "id", getattr(node, "attr", getattr(node, "name", "")))
            if file != MAKER and name in ("Markup", "markupsafe", "__html__"):
                found.append(f"{file.relative_to(SOURCES)}: {name}")
    assert found == []


def test_no_template_lets_anything_through_unescaped() -> None:
    for file in (HERE / "templates").iterdir():
        found = re.findall(r"\|\s*safe\b|autoescape|Markup|\|\s*tojson", file.read_text(encoding="utf-8"))
        assert found == [], file.name


@settings(deadline=None)
@given(plain, plain)
def test_words_and_attributes_come_back_as_they_were(child: str, value: str) -> None:
    # Of words that are blanks alone the parser makes one.
    tree = BeautifulSoup(element("p", "x", child, title=value, class_="x"), "html.parser")
    (found,) = tree.find_all(True)
    assert found.get_text() == f"x{child}" and found.get("title", "") == value


@settings(deadline=None)
@given(st.lists(plain, max_size=3), plain)
def test_children_and_what_stands_between_them_are_escaped(children: list[str], between: str) -> None:
    tree = BeautifulSoup(together(["x", *children], between), "html.parser")
    assert tree.get_text() == between.join(["x", *children]) and not tree.find_all(True)


HREFS = (
    ("#t-1", True, "a place of the page"),
    ("sources/a.html#x", True, "a page beside it"),
    ("https://example.org/a?b=1", True, "an address"),
    ("HTTP://example.org", True, "an address in capitals"),
    ("javascript:alert(1)", False, "a script"),
    ("  JavaScript:alert(1)", False, "a script behind blanks"),
    ("java\tscript:alert(1)", False, "a script with a tab in its name, which a browser drops"),
    ("\x01javascript:alert(1)", False, "a script behind a control character"),
    ("data:text/html,<script>", False, "a page in an address"),
    ("vbscript:x", False, "another script"),
    ("file:///etc/passwd", False, "a file elsewhere"),
    ("blob:x", False, "what a script made"),
    ("//example.org/a", False, "another place by the page's own scheme"),
)


@pytest.mark.parametrize(("href", "stays", "why"), HREFS, ids=[why for *_, why in HREFS])
def test_a_link_that_runs_or_leaves_unseen_is_none(href: str, stays: bool, why: str) -> None:
    assert ("href" in element("a", "x", href=href)) == stays, why


@pytest.mark.parametrize("key", ["href_", "src", "formaction", "action", "data", "poster", "ping"])
def test_whatever_leads_is_held_to_the_same_under_every_spelling(key: str) -> None:
    for href, stays, why in HREFS:
        made = element("a", "x", **{key: href})
        assert (f" {key.rstrip('_')}=" in made) == stays, why


def test_nothing_leaves_an_attribute_out_but_nothing() -> None:
    made = element("td", "x", a=0, b=0.0, c="0", d="", e=None, f=False, g=True, h=1, i=" ")
    assert made == '<td a="0" b="0.0" c="0" g h="1" i=" ">x</td>'


@pytest.mark.parametrize(
    "key", ["onclick", "on_load", "onerror_", "srcdoc", "a onclick", "a>", "", "_", "A", "1", 'a="b', "a\n"]
)
def test_an_attribute_that_is_none_or_runs_is_refused(key: str) -> None:
    for value in ("x", "", True):
        with pytest.raises(ValueError, match="no attributes"):
            element("a", **{key: value})


def test_an_attribute_stands_once() -> None:
    with pytest.raises(ValueError, match="no attributes: href, href_"):
        element("a", href="#a", href_="#b")


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_json_does_not_know_is_refused(number: float) -> None:
    for value in (number, [number], {"a": {"b": number}}):
        with pytest.raises(ValueError, match="JSON"):
            data(value)


def test_data_may_be_taken_away_in_a_link() -> None:
    assert 'href="data:text/csv,1"' in element("a", "x", href="data:text/csv,1", download="a.csv")


@pytest.mark.parametrize("name", ["b onclick=x", "B", "", "b>", "script src"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        element(name)


@pytest.mark.parametrize("word", ["</script>", "</STYLE >", "<!-- x", "<script", "a</style\n>"])
def test_what_could_end_a_script_or_a_style_is_refused(word: str) -> None:
    for name in ("script", "style"):
        with pytest.raises(ValueError, match="could end"):
            code(name, f"a {word} b")


@pytest.mark.parametrize("value", ["</script>", "<!--", "a & b", "\u2028", "中文", '"'])
def test_data_in_a_script_cannot_end_it(value: str) -> None:
    inside = data([value]).removeprefix('<script type="application/json">').removesuffix("</script>")
    assert not re.search(r"[<&\u2028\u2029]", inside) and json.loads(inside) == [value]


@settings(deadline=None)
@given(words.filter(lambda one: one.isprintable()))
def test_what_was_packed_is_unpacked(held: str) -> None:
    (script,) = BeautifulSoup(packed(held, id="x"), "html.parser").find_all("script")
    assert unpacked(str(script.string)) == held and not set("<&") & set(str(script.string))


@settings(deadline=None)
@given(words)
def test_a_name_ends_no_selector(name: str) -> None:
    assert not re.search(r"(?<!\\)[^\w\\ -]", name_of(name))


def test_a_template_escapes_what_it_is_given() -> None:
    page = {
        "frame": {"lang": "en", "kicker": "<i>", "links": (), "edition": "<q>", "inputs": '"><q>'},
        "foot": "<q>", "shipped": "<q>",
        "title": "<script>", "version": "", "policy": "'", "style": "<b>", "skip": ("", "<u>"),
        "site": "<s>", "look": '"', "body": "<em>", "scripts": ["<q>"],
    }  # fmt: skip
    made = filled("page.html.j2", page=page)
    tree = BeautifulSoup(made, "html.parser")
    assert [tag.name for tag in tree.find_all(["script", "em", "i", "u", "s", "q"])] == []


def test_no_script_of_ours_makes_markup_or_code_of_words() -> None:
    for file in HERE.glob("*.js"):
        found = re.findall(
            r"innerHTML|insertAdjacentHTML|outerHTML|document\.write|eval\(|new Function|setTimeout\([\"']",
            file.read_text(encoding="utf-8"),
        )
        assert found == [], file.name
