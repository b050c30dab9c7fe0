"""The front page over briefings as planned, for tests: their findings are made up, all else is real."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from compare.build.page import frame_of, subject
from compare.build.plan import Briefing
from compare.build.takeaways import takeaways
from compare.outputs.cards import Listed
from compare.outputs.front import front_page
from compare.tables.book import Book


def finding(briefing: Briefing) -> str:
    """Return a finding that no other briefing has, in the language of the page and with marks in it."""
    said = sum(map(ord, briefing.name.removesuffix(f".{briefing.lang}")))
    return f"第{said}条<发现>" if briefing.lang == "zh" else f"Finding <no.> {said}"


def listed(root: Path, briefing: Briefing) -> Listed:
    """Return a briefing as the front page lists it."""
    on = {name: str(briefing.parameters.get(name, "")) for name in ("topic", "city")}
    named = subject(root, frame_of(root, briefing).messages, briefing)
    return Listed(briefing.page, briefing.lang, named, finding(briefing), **on)


def front(
    root: Path, book: Book, briefings: Sequence[Briefing], lang: str, files: Collection[str] | None = None
) -> str:
    """Return the front page; without `files` all that is made beside the briefings stands."""
    beside = [one.name for one in takeaways(root)] if files is None else files
    return front_page(book, [listed(root, one) for one in briefings], lang, beside)
