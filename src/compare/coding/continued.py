"""How far two coders agree on which later commitments take up an earlier one, and what was decided."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from compare.coding.agreement import Agreement, agreement

Row = dict[str, str]


@dataclass(frozen=True)
class Continued:
    """How many pairs each coder named and both named, and how far they agree on the relation of these.

    Of the pairs coded unlike, a pair that one alone named among them, `decided` counts the decisions for
    A, for B and for neither; `kept` counts the pairs that are continuations in the end.
    """

    first: int
    second: int
    both: int
    relation: Agreement
    decided: dict[str, int]
    kept: int


def continued_alike(rows: Iterable[Row]) -> Continued:
    """Return how far the coders agree on the pairs of data/review/continuations.csv.

    A code is empty where its coder did not name the pair; the decision "none" is no continuation.

    >>> told = [("again", "again", "again"), ("raised", "", "none"), ("again", "raised", "raised")]
    >>> held = continued_alike([dict(zip(("code_a", "code_b", "decision"), row)) for row in told])
    >>> held.first, held.second, held.both, held.decided, held.kept
    (3, 2, 2, {'A': 0, 'B': 2, 'neither': 0}, 2)
    """
    coded = [(row["code_a"], row["code_b"], row["decision"]) for row in rows]
    both = [(a, b) for a, b, _ in coded if a and b]
    decided = dict.fromkeys(("A", "B", "neither"), 0)
    for a, b, decision in coded:
        if a != b:
            choices = {a or "none": "A", b or "none": "B"}
            decided[choices.get(decision, "neither")] += 1
    return Continued(
        first=sum(bool(a) for a, _, _ in coded),
        second=sum(bool(b) for _, b, _ in coded),
        both=len(both),
        relation=agreement([[a for a, _ in both], [b for _, b in both]]),
        decided=decided,
        kept=sum(decision != "none" for _, _, decision in coded),
    )


def continued_text(rows: Iterable[Row]) -> str:
    """Return the section on continuations of data/review/README.md."""
    held = continued_alike(rows)
    either = held.first + held.second - held.both
    unlike = sum(held.decided.values())
    counts = [str(count) for count in (held.first, held.second, held.both, either)]
    shares = [share(held.both / count if count else math.nan) for count in (held.first, held.second)]
    relation = held.relation
    told = [str(relation.units), share(relation.same), number(relation.alpha), interval(relation)]
    return TEXT.format(
        pairs=" | ".join([*counts, *shares]),
        relation=" | ".join(told),
        unlike=unlike,
        alike=either - unlike,
        chosen=", ".join(f"{name} {times}" for name, times in held.decided.items()),
        kept=held.kept,
    )


def share(value: float) -> str:
    """Return a share as a percentage for a reader."""
    return "–" if math.isnan(value) else f"{100 * value:.1f} %"


def number(value: float) -> str:
    """Return alpha for a reader."""
    return "no variation" if math.isnan(value) else f"{value:.3f}"


def counted(codes: Iterable[str]) -> str:
    """Return how often each code occurs, the most frequent first.

    >>> counted(["A", "B", "B"])
    'B 2, A 1'
    """
    return ", ".join(f"{code} {times}" for code, times in Counter(codes).most_common())


def interval(held: Agreement) -> str:
    """Return the interval of alpha for a reader."""
    return "–" if math.isnan(held.low) else f"{held.low:.3f} to {held.high:.3f}"


TEXT = """
## Continuations

`continuations.csv` holds every pair of a later and an earlier commitment of one city of which a coder said
that the later takes up the earlier, with the relation that each gave (empty: not named). Words that stand
more than once in the earlier document (dezhou-2020 repeats its plan in the annexed ledger) were treated as
one clause, named by the first of them. Both coders read the two lists of clauses, not the documents' pages.

| named by A | by B | by both | by either | A's named by B | B's named by A |
|---|---|---|---|---|---|
| {pairs} |

The relation (again, raised, lowered, changed) of the pairs that both named, nominal:

| pairs | the same | alpha | interval |
|---|---|---|---|
| {relation} |

Of the {unlike} pairs that they coded unlike, or that only one named, decided for: {chosen}. The other {alike}
stand as both coded them. In the end {kept} pairs are continuations ("none": not one).
"""
