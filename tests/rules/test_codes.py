"""Codes, acts and continuations that are not what was decided on, and words that rules on numbers explain."""

from __future__ import annotations

import pytest

from .breaking import Bench, Case, again, case, drop, edit, move


def code(table: str, key: str, column: str, reason: str, value: str) -> Case:
    """Return a case that changes one code of a statement."""
    city = key.split("-")[1]
    return case(reason, edit(table, key, **{column: value}), told=(f"{city}/{table}.csv", key, column))


CODES = [
    code("commitments", "c-dongying-0007", "force", "a firm promise made a hope", "aspirational"),
    code("commitments", "c-jinan-0101", "topic_id", "another topic", "5g"),
    code("commitments", "c-dezhou-0123", "quantifier", "a figure made none", "none"),
    code("commitments", "c-qingdao-0139", "instrument", "another instrument", "demand"),
    code("other_clauses", "o-dongying-0009", "class", "a heading made a principle", "principle"),
    code("targets", "t-dongying-0003", "basis", "an open basis made a flow", "flow"),
    code("targets", "t-qingdao-0006", "force", "a hope made firm", "firm"),
    code("targets", "t-qingdao-0004", "kind", "a status made a target", "target"),
    code("targets", "t-jinan-0013", "multiplier", "two groups made one", "1"),
    code("targets", "t-dongying-0009", "comparator", "more than made exactly", "eq"),
    code("deadlines", "d-dongying-0007", "due_source", "a year that is the plan's made explicit", "explicit"),
    code("deadlines", "d-dongying-0001", "recurrence", "every quarter made every month", "month"),
    code("deadlines", "d-jinan-0039", "due_precision", "a month made a year", "year"),
]

ACTS = [
    code("targets", "t-dezhou-0007", "act", "started made built", "build"),
    code("targets", "t-dongying-0001", "act", "built made reached", "reach"),
    code("targets", "t-dongying-0021", "act", "certified made built", "build"),
    code("targets", "t-jinan-0025", "act", "built made started", "begin"),
    case(
        "an outcome in service made built, its measure too",
        edit("outcomes", "o-shandong-0006", act="build", measure_id="base_stations_built"),
        told=("outcomes.csv", "o-shandong-0006", "act"),
    ),
    case(
        "a list made what was built",
        edit("outside_targets", "g-dongying-0001", act="build"),
        told=("outside_targets.csv", "g-dongying-0001", "act"),
    ),
    case(
        "a level made what is newly built",
        edit("outside_targets", "g-shandong-0003", act="build"),
        told=("outside_targets.csv", "g-shandong-0003", "act"),
    ),
]

LINK = "c-dezhou-0591;c-dezhou-0180"
LINKS = "dezhou/continuations.csv"
CONTINUED = [
    case(
        "another relation",
        edit("continuations", LINK, relation="raised"),
        told=(LINKS, "c-dezhou-0591", "relation"),
    ),
    case(
        "a continuation dropped",
        drop("continuations", LINK),
        told=("data/review/continuations.csv", LINK, "decision"),
    ),
    case(
        "a continuation moved to another clause of the same plan",
        edit("continuations", LINK, later_id="c-dezhou-0592"),
        told=(LINKS, "c-dezhou-0592", "relation"),
    ),
    case(
        "a continuation moved to another earlier clause",
        edit("continuations", LINK, earlier_id="c-dezhou-0181"),
        told=(LINKS, "c-dezhou-0591", "relation"),
    ),
    case(
        "a continuation doubled onto a third clause",
        again("continuations", LINK, earlier_id="c-dezhou-0182"),
        told=(LINKS, "c-dezhou-0591", "relation"),
    ),
    case(
        "a continuation in another city's folder",
        move("continuations", LINK, "jinan"),
        told=("jinan/continuations.csv", "c-dezhou-0591", "later_id"),
    ),
    case(
        "a continuation the other way about",
        edit("continuations", LINK, later_id="c-dezhou-0180", earlier_id="c-dezhou-0591"),
        told=(LINKS, "c-dezhou-0180", "earlier_id"),
    ),
]


def rule(pattern: str, reason: str, **cells: str) -> Case:
    """Return a case of one more rule on numbers."""
    return case(
        reason,
        again("number_rules", "n50", rule_id="n51", pattern=pattern, **cells),
        told=("number_rules.csv", "n51", "pattern"),
        thorough=True,
    )


RULES_ON_NUMBERS = [
    rule("第[0-9", "a class of characters that never closes"),
    rule("(?<=第)(", "a bracket that never closes"),
    rule("*个", "a repetition of nothing"),
    rule("(?<n>个", "a name that never closes"),
    rule("\\", "a lone backslash"),
    rule("[九-一]", "a range the wrong way about"),
    rule("\\p{NoSuchScript}", "a property that there is not"),
    rule("\\d+", "any number alone"),
    rule("[一二三四五六七八九十]+", "any Chinese numeral alone"),
    rule("x*", "nothing at all, which is everywhere"),
    rule("2020年?", "a year without its context"),
    rule("新建智慧社区\\d+个", "a target of the plan explained away"),
    rule("开通5g基站\\d+个", "the stations of a plan explained away"),
    case(
        "a rule written twice",
        again("number_rules", "n50", rule_id="n51"),
        told=("number_rules.csv", "n51", "pattern"),
    ),
]
# The number of the next rule grows with the table: the cases look for their own row alone.
CASES = CODES + ACTS + CONTINUED + RULES_ON_NUMBERS


@pytest.mark.parametrize("broken", CASES, ids=lambda broken: broken.reason)
def test_what_is_told_of_a_code(bench: Bench, broken: Case) -> None:
    bench.holds(broken)


def test_a_pattern_that_is_none_hides_no_other_problem(bench: Bench) -> None:
    changes = (
        again("number_rules", "n50", rule_id="n51", pattern="(第"),
        again("number_rules", "n49", rule_id="n52", pattern="^3000$"),
        drop("targets", "t-dongying-0043"),
    )
    told = bench.told(*changes, thorough=True)
    assert {(one.key, one.column) for one in told if one.key in ("n51", "n52")} == {
        ("n51", "pattern"),
        ("n52", "pattern"),
    }
    assert any(one.key == "dongying-2022" and one.column == "coding_state" for one in told)
