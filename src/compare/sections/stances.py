"""How figures stand to those above them, or targets to what was reached: counted, and as a heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from compare.sections.shown import Figure
from compare.words.labels import Labels
from compare.words.messages import Messages
from compare.words.named import Cells
from compare.words.signs import signs

COMPARED = ("like", "assigned")
STANCES = ("higher", "equal", "lower")
TAILS = ("shares", "assigned")
PARTS = (*STANCES, "reached", "missed", "unknown")


def stances(alike: Sequence[Cells]) -> dict[str, int]:
    """Return how many figures lie higher, equal or lower than one above, how many are shares or assigned.

    A figure that the province's list assigns to the city is no goal of the province: it is counted apart.

    >>> stances([{"relation": "like", "stance": "equal", "share": None}])
    {'higher': 0, 'equal': 1, 'lower': 0, 'shares': 0, 'assigned': 0}
    """
    found = Counter(row["stance"] for row in alike if row["relation"] == "like")
    shares = sum(row["share"] is not None for row in alike)
    assigned = sum(row["relation"] == "assigned" for row in alike)
    return {name: found[name] for name in STANCES} | {"shares": shares, "assigned": assigned}


def heading(counts: Mapping[str, int], messages: Messages, lang: str) -> str:
    """Return how figures stand to those above, as a heading; `counts` as `stances` gives them."""
    head = _compared(counts, messages, lang)
    tails = [messages.say(f"above.tail.{name}", count=counts[name]) for name in TAILS if counts[name]]
    if not tails:
        return head or messages.say("above.none")
    joined = Labels(None, lang).all_of(tails)
    if not head:
        return messages.say("above.title.only", tails=joined)
    return messages.say("above.title.also", head=head, tails=joined)


def cautioned(title: str, figures: Iterable[Figure], messages: Messages, lang: str) -> str:
    """Return a title with how many of the figures that it counts are unsure or contradict another, if any."""
    held = {figure["row_id"]: figure for figure in figures}.values()
    unsure = sum(figure["confidence"] not in ("", "high") for figure in held)
    counts = {"medium": unsure, "contradicted": sum(bool(figure["disputed"]) for figure in held)}
    doubts = [messages.say(f"doubt.{key}", count=count) for key, count in counts.items() if count]
    if not doubts:
        return title
    return messages.say("doubt.title", title=title, doubts=signs(lang).comma.join(doubts))


def both(pairs: Iterable[Cells], known: Mapping[str, Figure]) -> list[Figure]:
    """Return the figures on both sides of some pairs."""
    return [known[row[key]] for row in pairs for key in ("row_id", "above_row_id")]


def _compared(counts: Mapping[str, int], messages: Messages, lang: str) -> str:
    """Return how the figures stand that compare one to one, empty where none does."""
    found = [name for name in STANCES if counts[name]]
    count = sum(counts[name] for name in found)
    if count == 1:
        return messages.say(f"above.title.one.{found[0]}")
    if len(found) == 1:
        return messages.say(f"above.title.all.{found[0]}", all=count)
    return messages.say("above.title", all=count, stances=parts(counts, messages, lang)) if found else ""


def parts(counts: Mapping[str, int], messages: Messages, lang: str) -> str:
    """Return how many are what, in words: of stances or outcomes those that there are."""
    said = [messages.say(f"part.{name}", count=counts[name]) for name in PARTS if counts.get(name)]
    return signs(lang).comma.join(said)
