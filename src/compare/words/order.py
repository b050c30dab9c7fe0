"""What holds between two places' promises, with what it rests on, in the words of each language."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from compare.analysis import order as coded
from compare.asked import LANGUAGES, Names
from compare.tables.book import Book
from compare.words.named import with_names
from compare.words.signs import signs, table

RELATION, READING, NORMALISER = table("relation"), table("reading"), table("normaliser")
# The columns that say what holds.
HOLDING = ("relation", "amount", "time", "better")
NAMED = {"item": ("items", "item_id"), "left": ("places", "left"), "right": ("places", "right")}


def order(book: Book, item: str | Iterable[str], city: Names = None) -> pd.DataFrame:
    """Return `analysis.order.order` of indicators or measures, a row per pair and normaliser, with words.

    `item`, `left`, `right` and `normaliser` are named in zh and en; `relation_zh` and `relation_en` say what
    holds of the left figure against the right one, `rests_zh` and `rests_en` under which readings, empty
    where under all. Raises UnknownName for an unknown item or city.
    """
    held = [coded.order(book, one, city) for one in ([item] if isinstance(item, str) else item)]
    rows = pd.concat(held, ignore_index=True) if held else pd.DataFrame(columns=coded.ORDER)
    rows = with_names(book, rows, **NAMED)
    measures = book.measures.set_index("measure_id")
    for lang in LANGUAGES:
        names = NORMALISER[lang] | measures[f"name_{signs(lang).names}"].to_dict()
        rows[f"normaliser_{lang}"] = rows["normaliser"].map(names)
        found = zip(*(rows[name] for name in HOLDING), strict=True)
        rows[f"relation_{lang}"] = [holding(*one, lang=lang) for one in found]
        sides = zip(rows["readings"], rows[f"left_{lang}"], rows[f"right_{lang}"], strict=True)
        rows[f"rests_{lang}"] = [_rests(readings, left, right, lang) for readings, left, right in sides]
    return rows


def holding(relation: str, amount: str, time: str, better: str, *, lang: str) -> str:
    """Return what holds of one promise against another in words; `better` says which amount is the better.

    >>> holding("more_later", "more", "later", "higher", lang="en")
    'the first is higher, but due later'
    >>> holding("at_least", "more", "same", "lower", lang="zh")
    '前者数值低于后者，以低为优，期限相同'
    """
    words = RELATION[lang]
    if relation == "not_told":
        return str(words["not_told"])
    apart = relation in ("more_later", "less_earlier")
    amounts = words["lower" if better == "lower" else "amount"]
    return f"{amounts[amount]}{words['apart'][amount] if apart else words['time'][time]}"


def _rests(readings: str, left: str, right: str, lang: str) -> str:
    said = [READING[lang][one].format(left=left, right=right) for one in readings.split(";") if one]
    return signs(lang).semicolon.join(said)
