"""Where paragraphs begin, and which year the heading above them names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from compare.language import year_words

_ORDINAL = "[一二三四五六七八九十]{1,3}"
# The kinds of part numbers, from the widest part to the narrowest; 1. before a figure is a decimal.
_PARTS = (
    rf"第{_ORDINAL}(?:章|篇|编|部分)",
    rf"第{_ORDINAL}节",
    rf"{_ORDINAL}、",
    rf"\({_ORDINAL}\)",
    r"[0-9]{1,2}[.、](?![0-9]{1,3}(?![0-9年]))",
    r"\([0-9]{1,2}\)",
)
_PART = re.compile("|".join(f"({part})" for part in _PARTS))
# A text that lost its lines still has the numbers of its parts behind full stops and closing brackets.
_BEGIN = re.compile(rf"\n\s*|(?<=[。!?)”])(?={'|'.join(_PARTS)})")
_HEAD = re.compile("[^。;!?:\n]{0,40}")
# A line without a number heads what follows if it names a year, or is one of the usual last parts.
_STANDS_APART = re.compile("[^,，。;!?:、\n]{2,30}")
_OTHER_PART = re.compile("(?:保障|措施|要求|组织实施|附件|附则|目标|任务|原则|思路|机制|其他)[0-9]{0,2}$")
_UNNUMBERED = 0.5


def paragraphs(folded: str) -> list[int]:
    """Return where the paragraphs of a folded text begin: with a line, or with the number of a part.

    >>> paragraphs("一、目标。到2025年建成。二、任务\\n年底前")
    [0, 14, 19]
    """
    return [0, *(found.end() for found in _BEGIN.finditer(folded))]


def headings(folded: str) -> Iterator[tuple[int, re.Match[str] | None]]:
    """Yield where another heading takes over, with the words of the year that then holds, if any.

    A heading's year holds for the parts under it, until one of its own rank or above follows.

    >>> found = headings("一、2024年任务\\n(一)共享\\n年底前\\n二、保障\\n年底前")
    >>> [(place, words and words[0]) for place, words in found]
    [(0, '2024年'), (10, '2024年'), (20, None)]
    """
    held: dict[float, re.Match[str] | None] = {}
    starts = paragraphs(folded)
    for start, end in zip(starts, [*starts[1:], len(folded)], strict=True):
        level, words = _heading(folded, start, end, held)
        if level is not None:
            held = {rank: year for rank, year in held.items() if rank < level} | {level: words}
            yield start, next((year for year in reversed(held.values()) if year), None)


def _heading(
    folded: str, start: int, end: int, held: Iterable[float]
) -> tuple[float | None, re.Match[str] | None]:
    """Return the rank of the part that a paragraph opens, None if it opens none, and the year it names."""
    last = start + len(_HEAD.match(folded, start, end)[0])  # type: ignore[index]  # it matches anything
    whole, line = not folded[last:end].strip(), folded[start:last].strip()
    if part := _PART.match(folded, start, end):
        # 1.2024年6月底前启动,年底前完成。 is a sentence with a number, and no heading.
        sentence = not whole and ("," in line or "，" in line)
        words = None if sentence else year_words.heads(folded, start, last, whole)
        return float(part.lastindex or 0), words
    if not (whole and _STANDS_APART.fullmatch(line)) or year_words.is_title(line):
        return None, None
    words = year_words.heads(folded, start, last, whole=False)
    if words is None and not _OTHER_PART.search(line):
        return None, None
    # It stands below the numbered heading over it, and in the place of one like itself.
    like = next((rank for rank in held if rank % 1), None)
    return like or max(held, default=0.0) + _UNNUMBERED, words
