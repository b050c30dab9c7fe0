"""Characters that no reader sees and that can mislead him: controls, marks of direction, zero-width ones."""

from __future__ import annotations

import unicodedata

# Controls, marks of direction, zero-width characters, line separators, code points without a meaning.
UNSEEN = ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")
# Letters that look like nothing, and selectors of a glyph.
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u2800") | {
    chr(n) for n in range(0xFE00, 0xFE10)
}


def unseen_in(cell: str) -> str:
    """Return the name of the first character of a cell that no reader sees and that can mislead him: a
    control, bidi or zero-width one; nothing where there is none.

    >>> unseen_in("智慧\u200b社区")
    'ZERO WIDTH SPACE (U+200B)'
    """
    if cell.isprintable() and BLANK_LETTERS.isdisjoint(cell):
        return ""
    for sign in cell:
        if unicodedata.category(sign) in UNSEEN or sign in BLANK_LETTERS:
            return f"{unicodedata.name(sign, 'control character')} (U+{ord(sign):04X})"
    return ""
