"""What the sections of every briefing draw on: rows, figures from elsewhere, numbers, and words.

A briefing says which statements and which figures from elsewhere it shows; sentences are
numbered first, by city, document and place in the text, figures from elsewhere after them.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cached_property
from typing import Any, ClassVar

import pandas as pd
from markupsafe import Markup, escape

from compare.analysis.figures import promised, reached
from compare.analysis.passages import Evidence, gather
from compare.analysis.selection import counted
from compare.asked import CORRECT, faults, names_asked, read_day, refuse_other_parameters
from compare.build.plan import LANGUAGES
from compare.charts.look import GLYPH
from compare.errors import CompareError, Problem
from compare.tables.book import Book
from compare.words.labels import Labels
from compare.words.messages import Messages, read_messages

Cells = dict[str, Any]


class Material:
    """One book in one language on one day, with what all sections share.

    A briefing is a dataclass with at least these four fields; it names its notebook, and gives the
    statements, the figures from elsewhere and the subject of its page.
    """

    book: Book
    lang: str
    as_of: str
    cities: Sequence[str] | None
    notebook: ClassVar[str]

    @property
    def said(self) -> pd.DataFrame:
        """The statements the page may show, as `evidence.statements` gives them."""
        raise NotImplementedError

    @property
    def fact_ids(self) -> Iterable[str]:
        """The figures from elsewhere the page may show."""
        return ()

    @property
    def subject(self) -> str:
        """What the page is about, in a word or two."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """The page's short name, for a citation."""
        raise NotImplementedError

    @classmethod
    def check_parameters(cls) -> None:
        """Return nothing where the notebook that runs sets no parameter which this briefing does not take.

        Raises CompareError naming each that it does not, with the nearest that it does: papermill would
        warn and go on with the defaults. Outside of a notebook there is nothing to check.
        """
        shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
        if shell is not None:
            known = [one.name for one in fields(cls) if one.init and one.name != "book"]  # type: ignore[arg-type]
            refuse_other_parameters(shell.user_ns.get("In", []), known)

    def refuse_unknown(self, **asked: tuple[object, Sequence[str]]) -> None:
        """Take the day and the cities in the form in which they are used from here on.

        Raises CompareError for parameters that name nothing: each is given as asked and known values.
        """
        named = {name: ([value], known) for name, (value, known) in asked.items()}
        named["lang"] = ([self.lang], LANGUAGES)
        cities = self.book.cities if self.cities is None else names_asked(self.cities)
        problems = [
            Problem("parameters", name, fault.found, fault.expected, CORRECT)
            for name, (values, known) in (named | {"cities": (cities, self.book.cities)}).items()
            for fault in faults(values, known, "city" if name == "cities" else name)
        ]
        try:
            object.__setattr__(self, "as_of", read_day(self.as_of).isoformat())
        except CompareError as error:
            problems += error.problems
        if problems:
            raise CompareError("The briefing cannot be made with these parameters", problems)
        object.__setattr__(self, "cities", cities)

    def settle(self, **asked: tuple[object, Sequence[str]]) -> None:
        """Refuse parameters that name nothing, and take the rows that count: all sections rest on these."""
        self.refuse_unknown(**asked)
        object.__setattr__(self, "book", counted(self.book))

    def coding(self, source: Cells) -> str:
        """Return how far a document is coded for the page: complete, in_review or registered (not at all)."""
        return str(source["coding_state"])

    @cached_property
    def partly(self) -> list[str]:
        """The documents shown that are not coded whole, so that they may say more than the page does."""
        return [name for name, source in self.sources.items() if self.coding(source) != "complete"]

    def titled(self, said: str) -> str:
        """Return a finding with the documents behind it that are not coded whole."""
        parts = []
        for state in ("in_review", "registered"):
            held = [self.sources[name] for name in self.partly]
            names = [self.called(source) for source in held if self.coding(source) == state]
            if names:
                documents = self.labels.all_of(names)
                parts.append(self.words("coding.part", state=self.labels.coding(state), documents=documents))
        between = "；" if self.lang == "zh" else "; "
        return self.words("coding.title", finding=said, parts=between.join(parts)) if parts else said

    def called(self, source: Cells) -> str:
        """Return how a document is called among those of several cities: its city, its year, its kind."""
        between = "" if self.lang == "zh" else " "
        return f"{self.place(source['place_id'])}{between}{self.labels.document(source)}"

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.book, self.lang)

    @cached_property
    def prose(self) -> Messages:
        return read_messages(self.book.root, self.notebook, self.lang)

    @cached_property
    def shown(self) -> list[str]:
        """The cities compared, in the order of division codes."""
        return [city for city in self.book.cities if city in (self.cities or ())]

    @cached_property
    def sources(self) -> dict[str, Cells]:
        rows = self.book.sources[
            self.book.sources["path"].notna() & self.book.sources["place_id"].isin(self.shown)
        ]
        return {cells["source_id"]: cells for cells in rows.to_dict("records")}

    @cached_property
    def rows(self) -> dict[str, Cells]:
        """Every statement by its id."""
        return {cells["row_id"]: cells for cells in self.said.to_dict("records")}

    @cached_property
    def evidence(self) -> Evidence:
        return gather(self.book, self.said)

    @cached_property
    def facts(self) -> dict[str, Cells]:
        """Every figure from elsewhere that the page shows, in the order of their places and ids."""
        wanted = set(self.fact_ids)
        both = pd.concat([promised(self.book), reached(self.book)], ignore_index=True)
        order = {place: at for at, place in enumerate([*self.book.cities, *self.book.places["place_id"]])}
        rows = [cells for cells in both.to_dict("records") if cells["row_id"] in wanted]
        rows.sort(key=lambda cells: (order[cells["place_id"]], cells["row_id"]))
        return {cells["row_id"]: cells for cells in rows}

    @cached_property
    def stated(self) -> dict[str, Cells]:
        """Every figure from elsewhere as its table states it, with title and publisher, by id."""
        both = (*self.book.records("outcomes"), *self.book.records("outside_targets"))
        return {cells["fact_id"]: cells for cells in both}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of every statement and every figure from elsewhere on the page."""
        count = len(self.evidence.numbers)
        return self.evidence.numbers | {name: at for at, name in enumerate(self.facts, count + 1)}

    def figure(self, row_id: str) -> Cells:
        """Return how a figure is shown wherever it stands: value or words, number, basis, date."""
        if row_id in self.facts:
            return self._fact(self.facts[row_id])
        cells = self.rows[row_id]
        is_target = row_id.startswith("t-")
        source = self.sources[cells["source_id"]]
        return (
            self._named(row_id, cells["city_id"])
            | {
                "value": self.labels.value(cells) if is_target else "",
                "quote": cells["quote"],
                "glyph": GLYPH[cells["basis"]] if is_target else "",
                "basis_key": cells["basis"] if is_target else "",
                "basis": self.labels.measured(cells) if is_target else "",
                "done": self.labels.done(cells) if is_target else "",
                "due": self.labels.due(cells) if is_target and cells["kind"] == "target" else "",
                "kind": cells["kind"] if is_target else "mention",
                "aspirational": is_target and cells["force"] == "aspirational",
                "denominator": self.term(cells["denominator_zh"]) if is_target else "",
                "scope": self.term(cells["scope_zh"]) if is_target else "",
                "indicator": self.labels.name("indicators", cells["indicator_id"]),
                "quote_lang": "zh-Hant" if source["script"] == "Hant" else "zh-Hans",
                "translation": self.translation(row_id),
                "quote_quoted": quoted(cells["quote"]),
                "translation_quoted": quoted_translation(self.translation(row_id)),
                "confidence": "",
            }
            | self.bearing(cells["source_id"])
        )

    def acted(self, value: str, done: str) -> Markup:
        """Return a value in HTML with what is done with what it counts, where there is any to tell."""
        return Markup(self.words("figure.acted", value=value, act=escape(done)) if done else value)

    def bearing(self, source_id: str) -> Cells:
        """Return what is marked wherever a document is drawn on: that it is a draft, or partly coded."""
        source = self.sources[source_id]
        return {
            "draft": source["status"] == "draft",
            "partly": self.labels.coding(self.coding(source)),
        }

    def full_text(self, row_id: str, source_id: str) -> str:
        """Return where a row stands in the page of its document."""
        return f"sources/{source_id}.{self.lang}.html#{row_id}"

    def cells(self, row_id: str) -> Cells:
        """Return the row of a statement or of a figure from elsewhere."""
        return self.facts[row_id] if row_id in self.facts else self.rows[row_id]

    def _fact(self, cells: Cells) -> Cells:
        done = cells["row_id"].startswith("o-")
        return self._named(cells["row_id"], cells["place_id"]) | {
            "value": self.labels.value(cells),
            "quote": "",
            "glyph": GLYPH[cells["basis"]],
            "basis_key": cells["basis"],
            "basis": self.labels.measured(cells),
            "done": self.labels.done(cells),
            "due": self.labels.when(cells["due_on"], cells["due_precision"])
            if done
            else self.labels.due(cells),
            "kind": "outcome" if done else "elsewhere",
            "aspirational": False,
            "denominator": self.term(cells["denominator_zh"]),
            "scope": self.term(cells["scope_zh"]),
            "draft": False,
            "partly": "",
            "indicator": self.labels.item(cells["item_id"]),
            "confidence": cells["confidence"],
        }

    def _named(self, row_id: str, place: str) -> Cells:
        return {
            "id": row_id,
            "number": self.numbers[row_id],
            "city": place,
            "city_name": self.place(place),
        }

    def place(self, place: str) -> str:
        return self.labels.name("places", place)

    def drafted(self, rows: pd.DataFrame) -> int:
        """Return how many of some statements stand in a draft."""
        drafts = [name for name, source in self.sources.items() if source["status"] == "draft"]
        return int(rows["source_id"].isin(drafts).sum())

    def unfinished(self, rows: pd.DataFrame) -> int:
        """Return how many of some statements stand in a document that is not coded whole."""
        return int(rows["source_id"].isin(self.partly).sum())

    def term(self, words: Any) -> str:
        """Return a scope or denominator in the language of the page."""
        if pd.isna(words) or self.lang == "zh":
            return "" if pd.isna(words) else str(words)
        return str(self.book.terms.set_index("term_zh")["term_en"][words])

    def translation(self, row_id: str, column: str = "quote_en") -> str:
        """Return the working translation of a statement's quote or note, empty in Chinese."""
        if self.lang == "zh":
            return ""
        words = self._translations[column].get(row_id)
        return "" if words is None or pd.isna(words) else str(words)

    @cached_property
    def _translations(self) -> dict[str, dict[str, str]]:
        rows = self.book.translations.set_index("row_id")
        return {str(name): rows[name].to_dict() for name in rows}

    def words(self, name: str, **values: object) -> str:
        return self.prose.say(name, **values)

    def back(self, row_id: str) -> str:
        """Return the statement that a mark leads back to in the page, empty where it stands nowhere."""
        return ""

    def day(self) -> str:
        """Return the day on which the page speaks, in words."""
        return self.labels.day(datetime.date.fromisoformat(self.as_of))

    def restated(self) -> dict[str, str]:
        rows = self.book.targets[self.book.targets["target_id"].isin(self.rows)]
        column = rows.set_index("target_id")["restates_target_id"].dropna()
        return {str(key): str(value) for key, value in column.items()}

    def restatement(self, row_id: str, other_id: str) -> str:
        """Return how a repeated statement differs from the one that counts."""
        here, counts = self.rows[row_id], self.rows[other_id]
        differs = []
        if here["due_on"] != counts["due_on"]:
            differs.append(self.words("evidence.differs.due", due=self.labels.due(here)))
        if here["comparator"] != counts["comparator"]:
            differs.append(self.words("evidence.differs.comparator"))
        if here["basis"] != counts["basis"]:
            section = "evidence.differs.open" if here["basis"] == "ambiguous" else "evidence.differs.basis"
            differs.append(self.words(section, basis=self.labels.basis(here["basis"])))
        if self.labels.act(here) != self.labels.act(counts):
            differs.append(
                self.words("evidence.differs.act", act=self.labels.act(here) or self.words("act.level"))
            )
        if here["force"] != counts["force"]:
            differs.append(self.words(f"evidence.differs.{here['force']}"))
        said = self.labels.all_of(differs) or self.words("evidence.same")
        return self.words(
            "evidence.restates",
            number=self.numbers[row_id],
            other=self.numbers[other_id],
            differences=said,
        )


def quoted(words: str) -> str:
    """Return words of a document in quotation marks, unless they hold some of their own.

    A quotation stands as it is printed, and yellow marks it anyway.

    >>> quoted("推动一批"), quoted("部署“一体机”")
    ('“推动一批”', '部署“一体机”')
    """
    return words if "“" in words or "”" in words else f"“{words}”"


def quoted_translation(words: str) -> str:
    """Return translated words in quotation marks, those inside them single.

    >>> quoted_translation("Deploy “all-in-one” machines")
    '“Deploy ‘all-in-one’ machines”'
    """
    return "“" + words.replace("“", "‘").replace("”", "’") + "”" if words else ""
