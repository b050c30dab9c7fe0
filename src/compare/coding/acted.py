"""How far two coders agree on the act of every statement and figure, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable

from compare.coding.agreement import agreement
from compare.coding.continued import counted, interval, number, share

Row = dict[str, str]


def acts_text(rows: Iterable[Row]) -> str:
    """Return the section on acts of data/review/README.md.

    >>> told = acts_text([{"code_a": "open", "code_b": "build", "decision": "open", "reason": "x"}])
    >>> "In 1 row the act" in told
    True
    """
    coded = [(row["code_a"], row["code_b"], row["decision"]) for row in rows]
    held = agreement([[a for a, _, _ in coded], [b for _, b, _ in coded]])
    return TEXT.format(
        count=len(coded),
        told=f"{share(held.same)} | {number(held.alpha)} | {interval(held)}",
        unlike=_rows(sum(a != b for a, b, _ in coded)),
        changed=_rows(sum(decision not in (a, b) for a, b, decision in coded)),
        counts=counted(decision for _, _, decision in coded),
    )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


TEXT = """
## Acts

`acts.csv` holds, for every target, status, outcome and target from elsewhere, what each coder found to be
done with what is counted (begin, build, open, reach, list, other), what exactly is counted and by whom, in
the coder's words, and the decision. Both coders read the documents, the statements with the words around
them and the rules of `docs/coding.md`, section 5; for figures from elsewhere they read what was noted of
each.

| statements and figures | the same | alpha | interval |
|---|---|---|---|
| {count} | {told} |

In {unlike} the act was coded unlike. In {changed} the decision is neither's: both coders gave a rate the act
of its verb, and the rule was then set that a rate is a level to reach, whatever is done with what it is a
share of. Decided: {counts}. `also` names a further act that the same words say of the same things.
"""
