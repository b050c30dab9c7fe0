"""The readers' prose: both languages say the same things, all of it is used, all that is used is there.

What is said is read from the code, not heard: a sentence for data that nobody has yet must be there too.
From the sections that a notebook shows, every function and template they lead to is followed.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import product
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from jinja2 import nodes

import compare
from compare.analysis import changes, editions, ranks, reasons, verdicts
from compare.briefings import comparisons, page
from compare.briefings.calendar import tables as calendar_tables
from compare.briefings.city import bars, beside
from compare.briefings.material import Material
from compare.briefings.pieces import TEMPLATES, environment
from compare.briefings.topic import findings
from compare.build import takeaways
from compare.errors import CompareError
from compare.words.messages import COMMON, Messages, placeholders, read_messages

ROOT = Path(__file__).resolve().parents[2]
TEXT = ROOT / "notebooks" / "text"
BRIEFINGS = TEMPLATES.parent
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
TEXTS = sorted({path.name.split(".")[0] for path in TEXT.glob("*.md")})
# What speaks from a text beside the notebook of its name, or instead of one.
DOORS = {"deadline_calendar": takeaways._calendar}
# Or its own tests hear every sheet and every document speak.
HEARD = {
    "index": "outputs/test_front.py",
    "source": "outputs/test_document.py",
    "workbook": "briefings/test_workbook.py",
}
# Modules that make files which speak from texts of their own, whoever asks for them.
APART = ("build.takeaways", *(f"{folder}." for folder in HEARD))
FLOOR = "compare.briefings."
SAYS = ("words", "say", "phrase")
SPOKEN = sorted({*NOTEBOOKS, *DOORS})
# Names put together from a head and a part that comes from the data: the parts, as the code lists them.
STANCES = ("higher", "equal", "lower")
SEEN = [name for name in verdicts.VERDICTS if name not in ("no_figure", "not_due")]
COUNTS = [name for name in (*editions.EARLIER, *editions.LATER) if name != "not_taken_up"]
FORCES = ("firm", "aspirational")
PUT_TOGETHER: dict[str, Iterable[str]] = {
    "above.": STANCES,
    "above.bound.": STANCES,
    "above.rates.all.": STANCES,
    "above.shares.title": ("", ".none", ".all"),
    "above.tail.": comparisons.TAILS,
    "above.title.all.": STANCES,
    "above.title.one.": STANCES,
    "attained.verdict.": SEEN,
    "caution.": findings.WITHOUT,
    "comparability.": (*reasons.GRADES, "words", "alone"),
    "difference.": [one.noun for one in reasons.EVERY_DIFFERENCE if one.noun],
    "evidence.differs.": FORCES,
    "editions.change.": changes.CHANGES,
    "editions.count.": ("earlier", "later", *COUNTS),
    "editions.relation.": editions.RELATIONS,
    "elsewhere.kind.": ("elsewhere", "outcome"),
    "means.": bars.INSTRUMENTS,
    "outcomes.group.": beside.EMPTY,
    "outcomes.verdict.": ("no_figure", "not_due"),
    "part.": comparisons.PARTS,
    "ranked.choice.": ranks.Choice._fields,
}
# Dictionaries of names that a template is handed.
HANDED = {"state": calendar_tables.STATE}
# Said only by pages that no parameter gives a subject.
BY_PARAMETER = {"subject": {"topic", "city"}}


class Unknown(Exception):
    """The name of a section comes from where it cannot be read."""


# ── reading modules ─────────────────────────────────────────────────────────


@cache
def functions(module: str) -> dict[str, ast.FunctionDef]:
    """Return the functions and methods of a module by their qualified name."""
    tree = ast.parse(Path(inspect.getfile(importlib.import_module(module))).read_text(encoding="utf-8"))
    found = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for kind in [node for node in tree.body if isinstance(node, ast.ClassDef)]:
        held = [node for node in kind.body if isinstance(node, ast.FunctionDef)]
        found |= {f"{kind.name}.{node.name}": node for node in held}
    return found


@dataclass(frozen=True)
class Code:
    """One function of a module: its tree, and what the names in it may stand for."""

    module: str
    name: str

    @property
    def tree(self) -> ast.FunctionDef:
        return functions(self.module)[self.name]

    @property
    def known(self) -> dict[str, Any]:
        """The module's own names, and those imported when the function runs."""
        held = dict(vars(importlib.import_module(self.module)))
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                source = importlib.import_module(node.module)
                held |= {alias.asname or alias.name: getattr(source, alias.name) for alias in node.names}
        return held

    @property
    def parameters(self) -> list[str]:
        return [one.arg for one in (*self.tree.args.posonlyargs, *self.tree.args.args)]

    def says(self, for_briefing: bool = True) -> Iterator[tuple[set[str], set[str] | None]]:
        """Yield each call that says a section: the names it may have, and the values given, if told.

        What a briefing says, it says from its own text, whoever asks for its words.
        """
        passes_on = self.name.rpartition(".")[2] in SAYS
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in SAYS and node.args:
                told, given = node.args[0], self._given(node)
                said_by = ast.unparse(node.func).rpartition(".")[0]
            elif isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "sections":
                told, given, said_by = node.slice, None, ""
            else:
                continue
            if passes_on and getattr(told, "id", "") in self.parameters:
                continue
            if for_briefing or said_by != "brief":
                yield self.names(told), given

    def _given(self, call: ast.Call) -> set[str] | None:
        """Return the names of the values that a call gives, None where they cannot be told."""
        found: set[str] = set()
        for one in call.keywords:
            spread = list(self._assigned(getattr(one.value, "id", ""))) if one.arg is None else []
            if one.arg is not None:
                found.add(one.arg)
            elif len(spread) == 1 and isinstance(spread[0], ast.Dict):
                found |= set().union(*(self.names(key) for key in spread[0].keys if key))
            else:
                return None
        return found

    def names(self, node: ast.expr) -> set[str]:
        """Return every text that an expression may be."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return {node.value}
        if isinstance(node, ast.IfExp):
            return self.names(node.body) | self.names(node.orelse)
        if isinstance(node, ast.JoinedStr):
            return self._joined(node)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            held = self.known.get(node.value.id)
            if isinstance(held, dict):
                return set(held.values())
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in functions(self.module):
            return self._returned(getattr(node.func, "id", ""))
        if isinstance(node, ast.Name):
            return self._bound(node.id)
        raise Unknown(f"{self.module}.{self.name}: {ast.unparse(node)}")

    def _returned(self, name: str) -> set[str]:
        """Return every text that a function of the module may give back."""
        called = Code(self.module, name)
        given = [node.value for node in ast.walk(called.tree) if isinstance(node, ast.Return) and node.value]
        return set().union(*map(called.names, given))

    def _joined(self, node: ast.JoinedStr) -> set[str]:
        made = {""}
        for part in node.values:
            try:
                ends = self.names(part.value if isinstance(part, ast.FormattedValue) else part)
            except Unknown:
                ends = listed("/".join(sorted(made)), f"{self.module}.{self.name}")
            made = {f"{head}{end}" for head, end in product(made, ends)}
        return made

    def _bound(self, name: str) -> set[str]:
        """Return what a name may be: assigned, run through in a loop, handed over, or of the module."""
        found: set[str] = set()
        for value in self._assigned(name):
            found |= self.names(value)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.For | ast.comprehension):
                if getattr(node.target, "id", "") == name:
                    found |= self._elements(node.iter)
                elif isinstance(node.target, ast.Tuple) and getattr(node.target.elts[0], "id", "") == name:
                    found |= self._keys(node.iter)
        if not found and name in self.parameters:
            found = self._handed_over(self.parameters.index(name))
        if not found and isinstance(self.known.get(name), str):
            found = {self.known[name]}
        if not found:
            raise Unknown(f"{self.module}.{self.name}: {name}")
        return found

    def _assigned(self, name: str) -> Iterator[ast.expr]:
        for node in ast.walk(self.tree):
            for target in node.targets if isinstance(node, ast.Assign) else ():
                if getattr(target, "id", "") == name:
                    yield node.value
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = zip(target.elts, node.value.elts, strict=True)
                    yield from (value for one, value in pairs if getattr(one, "id", "") == name)

    def _elements(self, node: ast.expr) -> set[str]:
        if isinstance(node, ast.Tuple | ast.List):
            return set().union(*map(self.names, node.elts))
        held = self.known.get(getattr(node, "id", ""))
        if isinstance(held, tuple | list | dict) and all(isinstance(one, str) for one in held):
            return set(held)
        raise Unknown(f"{self.module}.{self.name}: {ast.unparse(node)}")

    def _keys(self, node: ast.expr) -> set[str]:
        """Return the keys of a dictionary of the function or module whose items a loop runs through."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "items":
            name = getattr(node.func.value, "id", "")
            for held in self._assigned(name):
                if isinstance(held, ast.Dict):
                    return set().union(*(self.names(key) for key in held.keys if key))
            if isinstance(self.known.get(name), dict):
                return set(self.known[name])
        raise Unknown(f"{self.module}.{self.name}: {ast.unparse(node)}")

    def _handed_over(self, at: int) -> set[str]:
        """Return what the calls in the module hand over in one place; a method's first is the object."""
        found: set[str] = set()
        short, method = self.name.rpartition(".")[2], "." in self.name
        for name in functions(self.module):
            caller = Code(self.module, name)
            for call in ast.walk(caller.tree):
                called = getattr(getattr(call, "func", None), "attr" if method else "id", "")
                if isinstance(call, ast.Call) and called == short and len(call.args) > at - method:
                    found |= caller.names(call.args[at - method])
        return found

    def leads_to(self, briefing: type | None) -> Iterator[Code | str]:
        """Yield the functions and templates that the function may use; `briefing` is what it speaks for."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and str(node.value).endswith(".j2"):
                yield str(node.value)
            elif isinstance(node, ast.Name):
                yield from of(self.known.get(node.id))
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id in ("self", "brief") and briefing:
                    yield from members(briefing, node.attr)
                elif isinstance(held := self.known.get(node.value.id), ModuleType):
                    yield from of(getattr(held, node.attr, None))
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "super()" and briefing:
                yield from members(briefing, node.attr, first_only=False)


def of(thing: object) -> Iterator[Code]:
    """Yield a function of the briefings, or all methods of a class; a briefing speaks from its own text."""
    module = str(getattr(thing, "__module__", ""))
    if not module.startswith(FLOOR) or module.removeprefix(FLOOR).startswith(APART):
        return
    if isinstance(thing, type):
        if not issubclass(thing, Material):
            for name in vars(thing):
                yield from members(thing, name)
    elif getattr(thing, "__qualname__", "") in functions(thing.__module__):
        # What wraps a function (a cache) keeps its name and its module.
        yield Code(thing.__module__, getattr(thing, "__qualname__", ""))


def members(kind: type, name: str, first_only: bool = True) -> Iterator[Code]:
    """Yield the method or property of a class as it is inherited, or as every base defines it."""
    held = [vars(base)[name] for base in kind.__mro__ if name in vars(base)]
    for one in held[:1] if first_only else held:
        function = getattr(one, "func", None) or getattr(one, "fget", None) or one
        if isinstance(function, FunctionType) and function.__qualname__ in functions(function.__module__):
            yield Code(function.__module__, function.__qualname__)


def listed(head: str, where: str) -> set[str]:
    assert head in PUT_TOGETHER, f"{where}: say in PUT_TOGETHER what may follow “{head}”"
    return set(PUT_TOGETHER[head])


# ── reading templates ───────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sheet:
    """One template, read from its syntax tree."""

    template: str

    @cached_property
    def tree(self) -> nodes.Template:
        return environment().parse((TEMPLATES / self.template).read_text(encoding="utf-8"))

    def says(self, for_briefing: bool = True) -> Iterator[tuple[set[str], set[str] | None]]:
        yield from self._says(self.tree, {})

    def _says(self, node: nodes.Node, loops: dict[str, set[str]]) -> Iterator[Any]:
        if isinstance(node, nodes.For) and isinstance(node.iter, nodes.List):
            # Of names that stand in pairs with a condition, the name comes first.
            paired = isinstance(node.target, nodes.Tuple)
            firsts = [getattr(one, "items", [one])[0] for one in node.iter.items]
            constant = [one.value for one in firsts if isinstance(one, nodes.Const)]
            target = node.target.items[0] if paired else node.target
            loops = loops | {getattr(target, "name", ""): set(constant)}
        if isinstance(node, nodes.Macro):
            loops = loops | {one.name: self._handed_over(node.name, at) for at, one in enumerate(node.args)}
        if isinstance(node, nodes.Call) and _called(node.node) in SAYS and node.args:
            given = None if node.dyn_kwargs else {one.key for one in node.kwargs}
            yield set(self._names(node.args[0], loops)), given
        for child in node.iter_child_nodes():
            yield from self._says(child, loops)

    def _handed_over(self, macro: str, at: int) -> set[str]:
        """Return the constants that the calls of a macro in the template hand over in one place."""
        calls = [call for call in self.tree.find_all(nodes.Call) if _called(call.node) == macro]
        given = [call.args[at] for call in calls if len(call.args) > at]
        return {str(one.value) for one in given if isinstance(one, nodes.Const)}

    def _names(self, node: nodes.Expr, loops: dict[str, set[str]]) -> Iterator[str]:
        if isinstance(node, nodes.Concat | nodes.Add):
            first, second = node.nodes if isinstance(node, nodes.Concat) else (node.left, node.right)
            head, last = first.as_const(), getattr(second, "name", "")
            parts = loops[last] if loops.get(last) else listed(head, self.template)
            yield from (f"{head}{part}" for part in parts)
        elif isinstance(node, nodes.CondExpr):
            yield from [*self._names(node.expr1, loops), *self._names(node.expr2 or node.expr1, loops)]
        elif isinstance(node, nodes.Getitem) and getattr(node.node, "name", "") in HANDED:
            yield from HANDED[getattr(node.node, "name", "")].values()
        else:
            yield node.as_const()

    def leads_to(self, briefing: type | None) -> Iterator[Code | str]:
        for node in self.tree.find_all((nodes.Import, nodes.FromImport, nodes.Include)):
            yield node.template.as_const()  # type: ignore[attr-defined]
        for node in self.tree.find_all(nodes.Getattr):
            if getattr(node.node, "name", "") == "brief" and briefing:
                yield from members(briefing, node.attr)


def _called(node: nodes.Expr) -> str:
    return getattr(node, "name", None) or getattr(node, "attr", "")


# ── what a text must hold ───────────────────────────────────────────────────


@dataclass
class Speech:
    """All that is said from some doors on: each section with the values it is given, and where it led."""

    said: dict[str, list[set[str]]] = field(default_factory=dict)
    met: set[Code | str] = field(default_factory=set)

    def follow(self, doors: Iterable[Code | str], briefing: type | None) -> Speech:
        waiting = list(doors)
        while waiting:
            one = waiting.pop()
            if one in self.met:
                continue
            self.met.add(one)
            reader = Sheet(one) if isinstance(one, str) else one
            for names, given in reader.says(briefing is not None):
                for name in names:
                    self.said.setdefault(name, []).extend([] if given is None else [given])
            waiting += reader.leads_to(briefing)
        return self


@cache
def shown_by(notebook: str) -> tuple[type, frozenset[str], frozenset[str]]:
    """Return the class a notebook makes its briefing from, the sections it shows, and its parameters."""
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_bytes())["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    (kind,) = set(re.findall(r"\bcp\.(\w+Briefing)\(", code))
    names = re.findall(r"^(\w+) = ", code, re.MULTILINE)
    return getattr(compare, kind), frozenset(re.findall(r"\bbrief\.(\w+)\(", code)), frozenset(names)


@cache
def speech(text: str) -> Speech:
    """Return all that the pages of a notebook, or the function that stands in for one, may say."""
    doors = [Code(door.__module__, door.__qualname__) for door in [DOORS.get(text)] if door]
    if text not in NOTEBOOKS:
        return Speech().follow(doors, None)
    briefing, sections, parameters = shown_by(text)
    doors += [*of(page.render), *(one for name in sections for one in members(briefing, name))]
    found = Speech().follow(doors, briefing)
    for name in [name for name, given in BY_PARAMETER.items() if given & parameters]:
        del found.said[name]
    return found


@cache
def written(text: str, lang: str = "zh") -> dict[str, str]:
    """Return the sections of one file alone, in its order."""
    parts = re.split(r"^## +(\S+)\s*$", (TEXT / f"{text}.{lang}.md").read_text(encoding="utf-8"), flags=re.M)
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


every = partial(pytest.mark.parametrize, "text")


def test_every_text_has_a_speaker() -> None:
    assert set(TEXTS) == {*SPOKEN, *HEARD, COMMON}
    for text, file in HEARD.items():
        assert f'"{text}' in (ROOT / "tests" / file).read_text(encoding="utf-8"), file


@every(TEXTS)
def test_both_languages_hold_the_same_sections_in_the_same_order(text: str) -> None:
    assert list(written(text, "zh")) == list(written(text, "en"))


@every(TEXTS)
def test_both_languages_ask_for_the_same_values(text: str) -> None:
    # English writes a topic inside a sentence in small letters, and the workbook both languages in one line.
    for name, zh in written(text, "zh").items():
        asked = [
            {re.sub("_(zh|en)$", "", one) for one in placeholders(words)}
            for words in (zh, written(text, "en")[name])
        ]
        assert asked[0] == asked[1], name


@every(TEXTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_section_is_empty_or_stands_twice(text: str, lang: str) -> None:
    lines = (TEXT / f"{text}.{lang}.md").read_text(encoding="utf-8").splitlines()
    names = [line[3:].strip() for line in lines if line.startswith("## ")]
    assert len(names) == len(set(names)) == len(written(text, lang))
    assert all(written(text, lang).values())


@every(SPOKEN)
def test_every_section_said_is_written(text: str) -> None:
    assert speech(text).said, "nothing is said: the reading of templates and modules no longer works"
    assert set(speech(text).said) - set(written(text)) - set(written(COMMON)) == set()


@every(SPOKEN)
def test_every_section_written_is_said(text: str) -> None:
    assert set(written(text)) - set(speech(text).said) == set()


def test_every_common_section_is_said_by_a_page_that_has_none_of_its_own() -> None:
    used = {name for text in SPOKEN for name in speech(text).said if name not in written(text)}
    assert set(written(COMMON)) - used == set()


@every(SPOKEN)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_section_is_given_the_values_it_asks_for(text: str, lang: str) -> None:
    held = written(COMMON, lang) | written(text, lang)
    for name, calls in speech(text).said.items():
        for given in calls:
            assert placeholders(held[name]) <= given, name


def test_no_function_or_template_speaks_to_nobody() -> None:
    """Whatever says a section is reached from a notebook or a door: the following misses nothing."""
    met = {one for text in SPOKEN for one in speech(text).met}
    heard = tuple(HEARD)
    paths = [path.relative_to(BRIEFINGS).with_suffix("") for path in BRIEFINGS.rglob("*.py")]
    modules = [FLOOR + ".".join(path.parts) for path in paths if path.parts[0] not in heard]
    codes = [Code(module, name) for module in modules for name in functions(module)]
    sheets = [path.name for path in TEMPLATES.glob("*.j2") if not path.stem.startswith(heard)]
    assert {one for one in codes if speaks(one)} - met == set()
    assert {one for one in sheets if speaks(Sheet(one))} - met == set()


def speaks(reader: Code | Sheet) -> bool:
    """Return whether a function or template says a section; the words of other things are no sections."""
    try:
        return any(reader.says())
    except Unknown:
        return False


def test_every_list_of_parts_is_of_use() -> None:
    said = {name for text in SPOKEN for name in speech(text).said}
    assert [head for head in PUT_TOGETHER if not any(one.startswith(head) for one in said)] == []


PROSE = Messages("notebooks/text/x.zh.md", {"values.title": "{city}的数字", "deck": "一句话", "pair": "{a}{b}"})


def test_a_section_is_filled() -> None:
    assert PROSE.say("values.title", city="济南", unused=1) == "济南的数字"


@pytest.mark.parametrize(
    ("section", "values", "words"),
    [
        (
            "value.title",
            {"city": "济南"},
            "The prose lacks a section: 1 problem.\n"
            '  1. notebooks/text/x.zh.md, column value.title: found "no such section"; '
            "expected values.title; add “## value.title” to both languages",
        ),
        (
            "zzz",
            {},
            "The prose lacks a section: 1 problem.\n"
            '  1. notebooks/text/x.zh.md, column zzz: found "no such section"; expected deck or pair or '
            "values.title; add “## zzz” to both languages",
        ),
        (
            "values.title",
            {"place": "济南"},
            "The prose asks for a value that is not known: 1 problem.\n"
            '  1. notebooks/text/x.zh.md, column values.title: found "{city}"; expected place; '
            "correct the placeholder",
        ),
        (
            "pair",
            {},
            "The prose asks for a value that is not known: 2 problems.\n"
            '  1. notebooks/text/x.zh.md, column pair: found "{a}"; expected no placeholder; '
            "correct the placeholder\n"
            '  2. notebooks/text/x.zh.md, column pair: found "{b}"; expected no placeholder; '
            "correct the placeholder",
        ),
    ],
    ids=[
        "a section with a near name",
        "a section like no other",
        "a placeholder",
        "every placeholder at once",
    ],
)
def test_what_is_missing_is_named(section: str, values: dict[str, str], words: str) -> None:
    with pytest.raises(CompareError) as error:
        PROSE.say(section, **values)
    assert str(error.value) == words


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CompareError) as error:
        read_messages(tmp_path, "topic_comparison", "en")
    assert str(error.value) == (
        "The prose is missing: 1 problem.\n"
        '  1. notebooks/text/topic_comparison.en.md: found "no file"; expected the text in en; '
        "write it with the sections of the other language"
    )
