"""Characters that no reader sees and that can mislead him: controls, marks of direction, zero-width ones."""

from __future__ import annotations

import functools
import unicodedata

import regex

# Controls, marks of direction, separators of lines, code points without a meaning; letters, marks and
# selectors that have no width; and a pattern of dots that has none.
_UNSEEN = r"[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]"


@functools.cache
def unseen() -> regex.Pattern[str]:
    """Return the pattern of one character that no reader sees.

    >>> unseen().findall("智慧\u200b社区\u202e")
    ['\\u200b', '\\u202e']
    """
    return regex.compile(_UNSEEN)


def unseen_in(cell: str) -> str:
    """Return the name of the first character of a cell that no reader sees and that can mislead him: a
    control, bidi or zero-width one; nothing where there is none.

    >>> unseen_in("智慧\u200b社区")
    'ZERO WIDTH SPACE (U+200B)'
    """
    if cell.isascii() and cell.isprintable():
        return ""
    found = unseen().search(cell)
    return f"{unicodedata.name(found[0], 'control character')} (U+{ord(found[0]):04X})" if found else ""


def sign_of(character: str) -> str:
    """Return what stands for a character that no reader sees where a text is shown.

    >>> sign_of("\u202e")
    '‹U+202E›'
    """
    return f"‹U+{ord(character):04X}›"
