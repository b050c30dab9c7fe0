"""Agreement of coders: the published example, the empty and the odd cases, and what must not matter."""

from __future__ import annotations

import math
from statistics import NormalDist, mean, stdev
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.coding.agreement import agreement, krippendorff_alpha, span_recall
from compare.errors import CompareError
from compare.language.spans import Span

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units.
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]  # the same, section A
Codes = list[list[Any]]

# Coders × units of three codes and gaps, all rows of one length.
tables = st.integers(3, 8).flatmap(
    lambda units: st.lists(
        st.lists(st.sampled_from([1, 2, 3, None]), min_size=units, max_size=units), min_size=2, max_size=4
    )
)
steady = settings(derandomize=True, deadline=None, max_examples=60)


def same(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=1e-9) or (math.isnan(one) and math.isnan(other))


def turned(codes: Codes) -> Codes:
    """Return units × coders."""
    return [list(unit) for unit in zip(*codes, strict=True)]


@pytest.mark.parametrize(
    ("codes", "level", "alpha"),
    [
        pytest.param(PUBLISHED, "nominal", 0.743, id="the published example, nominal"),
        pytest.param(PUBLISHED, "ordinal", 0.815, id="the published example, ordinal"),
        pytest.param(PUBLISHED, "interval", 0.849, id="the published example, interval"),
        pytest.param(BINARY, "nominal", 0.095, id="the published example of two observers and two codes"),
        pytest.param([[1, 2, 1], [1, 2, 1]], "nominal", 1.0, id="unanimity with variation"),
        pytest.param([["a", "a", "b", "b"], ["a", "a", "b", "a"]], "nominal", 1 - 0.25 / (30 / 56),
                     id="a single disagreement, by hand: 2 of 8 apart, 30 of 56 expected"),
        pytest.param([["a"], ["b"]], "nominal", 0.0, id="one unit, coded differently: no better than chance"),
    ],
)  # fmt: skip
def test_alpha_is_the_published_one(codes: Codes, level: str, alpha: float) -> None:
    assert krippendorff_alpha(codes, level) == pytest.approx(alpha, abs=0.0005)


@pytest.mark.parametrize(
    "codes",
    [
        pytest.param([[1, 1, 1], [1, 1, 1]], id="unanimity without variation"),
        pytest.param([[1, None], [None, 2]], id="no unit coded twice"),
        pytest.param([[1, math.nan], [math.nan, 2]], id="gaps as pandas writes them"),
        pytest.param([[1, 2, 3]], id="one coder"),
        pytest.param([[], []], id="no units"),
        pytest.param([], id="no coders"),
    ],
)
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_where_nothing_could_be_disagreed_about_there_is_no_alpha(codes: Codes, level: str) -> None:
    assert math.isnan(krippendorff_alpha(codes, level))


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(CompareError) as told:
        krippendorff_alpha(PUBLISHED, "ratio")
    assert str(told.value) == (
        "The level of measurement is unknown: 1 problem.\n"
        '  1. level: found "ratio"; expected nominal or ordinal or interval'
    )


def test_ragged_rows_are_refused() -> None:
    with pytest.raises(CompareError) as told:
        agreement([[1, 2, 3], [1, 2]])
    assert str(told.value) == (
        "The codes cannot be compared: 1 problem.\n"
        '  1. codes: found "rows of [2, 3] units"; expected one code, or None, per coder and unit'
    )


# ── what must not matter ───────────────────────────────────────────────────────


@steady
@given(codes=tables, names=st.permutations(["x", "y", "z"]))
def test_the_names_of_nominal_codes_do_not_matter(codes: Codes, names: list[str]) -> None:
    renamed = [[code and names[code - 1] for code in row] for row in codes]
    assert same(krippendorff_alpha(renamed), krippendorff_alpha(codes))


@steady
@given(codes=tables, data=st.data(), level=st.sampled_from(["nominal", "ordinal", "interval"]))
def test_the_order_of_units_and_coders_does_not_matter(codes: Codes, data: st.DataObject, level: str) -> None:
    units = data.draw(st.permutations(turned(codes)))
    coders = data.draw(st.permutations(turned(list(units))))
    assert same(krippendorff_alpha(coders, level), krippendorff_alpha(codes, level))


@steady
@given(codes=tables, by=st.integers(-1000, 1000), times=st.sampled_from([-3, 0.5, 7]))
def test_zero_and_unit_of_interval_codes_do_not_matter(codes: Codes, by: int, times: float) -> None:
    moved = [[None if code is None else by + times * code for code in row] for row in codes]
    assert same(krippendorff_alpha(moved, "interval"), krippendorff_alpha(codes, "interval"))


@steady
@given(codes=tables)
def test_only_the_order_of_ordinal_codes_matters(codes: Codes) -> None:
    stretched = [[None if code is None else code**5 for code in row] for row in codes]
    assert same(krippendorff_alpha(stretched, "ordinal"), krippendorff_alpha(codes, "ordinal"))


# ── the interval ───────────────────────────────────────────────────────────────


def plain_jackknife(codes: Codes, level: str, confidence: float) -> tuple[float, float]:
    """Return the interval by leaving each comparable unit out in turn, one after the other."""
    units = [unit for unit in turned(codes) if sum(code is not None for code in unit) > 1]
    count, whole = len(units), krippendorff_alpha(turned(units), level)
    without = [krippendorff_alpha(turned(units[:at] + units[at + 1 :]), level) for at in range(count)]
    pseudo = [count * whole - (count - 1) * rest for rest in without]
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * stdev(pseudo) / math.sqrt(count)
    return mean(pseudo) - reach, min(1.0, mean(pseudo) + reach)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
@pytest.mark.parametrize("confidence", [0.95, 0.5])
@pytest.mark.parametrize("codes", [PUBLISHED, BINARY, [[1, 2, 3, 3, 1], [1, 2, 3, 2, 1]]])
def test_the_interval_is_that_of_leaving_each_unit_out(codes: Codes, level: str, confidence: float) -> None:
    held = agreement(codes, level, confidence)
    assert (held.low, held.high) == pytest.approx(plain_jackknife(codes, level, confidence))
    assert held.low <= held.high <= 1.0


def test_the_share_of_units_coded_alike_and_their_number() -> None:
    held = agreement(PUBLISHED)
    assert (held.units, held.same) == (11, pytest.approx(8 / 11))  # the unit coded once does not count


def test_two_units_have_no_interval() -> None:
    held = agreement([[1, 2], [1, 2]])
    assert (held.alpha, held.units) == (1.0, 2)
    assert math.isnan(held.low)
    assert math.isnan(held.high)


def test_nothing_to_compare_has_no_share() -> None:
    held = agreement([[1, None], [None, 1]])
    assert held.units == 0
    assert all(map(math.isnan, (held.alpha, held.low, held.high, held.same)))


# ── spans, and the door ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("found", "wanted", "share"),
    [
        pytest.param([Span(0, 5)], [Span(4, 9)], 1.0, id="one character in common is enough"),
        pytest.param([Span(0, 5)], [Span(5, 9)], 0.0, id="touching is not"),
        pytest.param([Span(0, 20)], [Span(1, 3), Span(4, 6)], 1.0, id="one may find several"),
        pytest.param([], [Span(1, 3)], 0.0, id="nothing found"),
        pytest.param([Span(9, 12), Span(0, 2)], [Span(1, 3), Span(4, 6)], 0.5, id="half, in any order"),
    ],
)
def test_the_share_of_wanted_spans_found(found: list[Span], wanted: list[Span], share: float) -> None:
    assert span_recall(found, wanted) == share


def test_where_no_span_is_wanted_there_is_no_share() -> None:
    assert math.isnan(span_recall([Span(0, 5)], []))


def test_alpha_is_offered_at_the_door() -> None:
    assert compare.krippendorff_alpha is krippendorff_alpha
