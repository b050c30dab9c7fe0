"""Regular expressions that stand in a table, read so that none takes all memory or all time."""

from __future__ import annotations

import re
from functools import cache
from math import prod

import regex

# The longest in use has a third of this, and repeats what it holds four times.
LONGEST, MOST = 1_000, 10_000
# Seconds after which a search is one that never ends.
PATIENCE = 10
_COUNT = re.compile(r"\{([0-9]*),?([0-9]*)\}")
_RECURSION = re.compile(r"\(\?(?:R\)|[+-]?[0-9]+\)|&|P>)")


@cache
def read_pattern(words: str) -> regex.Pattern[str]:
    """Return a pattern that is ready to search, line by line; raise ValueError, in words, where it is none.

    >>> read_pattern("(?<=第)[0-9")
    Traceback (most recent call last):
    ...
    ValueError: unterminated character set at position 10
    >>> read_pattern("(?:a{1000}){1000}")
    Traceback (most recent call last):
    ...
    ValueError: it repeats what it holds 1,000,000 times
    """
    if len(words) > LONGEST:
        raise ValueError(f"it has {len(words):,} characters")
    times = prod(max(1, *(int(count or 1) for count in found)) for found in _COUNT.findall(words))
    if times > MOST:
        raise ValueError(f"it repeats what it holds {times:,} times")
    if _RECURSION.search(words):
        raise ValueError("it holds itself")
    try:
        return regex.compile(words, regex.MULTILINE)
    except (regex.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from None
