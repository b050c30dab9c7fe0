"""The documents behind a city's page, and the words in which it speaks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from compare.sections.section import Cell, Section
from compare.sections.tables import count
from compare.sections.topic_words import titled
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Said, joined, text

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Documents:
    """The documents of a city, a frame as `cp.documents` gives it, in one language."""

    frame: pd.DataFrame
    lang: str

    @cached_property
    def held(self) -> dict[str, Document]:
        """Those whose text is at hand, by their id."""
        return {row["source_id"]: row for row in records(self.frame) if row["at_hand"]}

    @cached_property
    def whole(self) -> list[str]:
        """Those that are coded whole: shares and silence can be told of these alone."""
        return [name for name, row in self.held.items() if row["coding"] == "complete"]

    @property
    def unread(self) -> bool:
        """Whether any is not coded whole, so that it may say more than the page does."""
        return len(self.whole) < len(self.held)

    @cached_property
    def drafts(self) -> list[str]:
        """Those that are drafts."""
        return [name for name, row in self.held.items() if row["status"] == "draft"]

    @cached_property
    def words(self) -> Messages:
        """The prose of a city's page."""
        return messages(self.lang, "city_briefing")

    @cached_property
    def style(self) -> Labels:
        """How numbers, days and lists are written."""
        return Labels(None, self.lang)

    def say(self, name: str, **values: object) -> str:
        """Return a section of the prose with its placeholders filled."""
        return self.words.say(name, **values)

    def called(self, names: list[str], how: str = "document") -> str:
        """Return how some are called, in a sentence or in short (`source`), as an enumeration."""
        return self.style.all_of([self.held[name][f"{how}_{self.lang}"] for name in names])

    def tagged(self, name: str, look: str = "") -> Run:
        """Return how one is called in short, marked where it is a draft."""
        return Run(self.called([name], "source"), "tag draft-tag" if name in self.drafts else look)

    def heads(self) -> list[Said]:
        """Return all as heads of columns, none where there is but one."""
        return [self.tagged(name) for name in self.held] if len(self.held) > 1 else []

    def counts(self, sources: pd.Series) -> list[Cell]:
        """Return how often each occurs, as cells under `heads`."""
        return [count(int((sources == name).sum())) for name in self.held] if len(self.held) > 1 else []

    def section(
        self, key: str, finding: str, *blocks: Any, deck: tuple[str, ...] = (), look: str = "", name: str = ""
    ) -> Section:
        """Return a section headed by a finding, with what is not coded whole, under the kicker of `name`."""
        name = name or key
        return Section(
            key, titled(finding, self.frame, self.words, self.lang), text(self.say(f"{name}.kicker")),
            joined(deck, signs(self.lang).space), tuple(blocks), look or name, self.lang,
        )  # fmt: skip
