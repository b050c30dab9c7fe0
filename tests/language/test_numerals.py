"""Numbers in words and figures: a writer of our own says them, the reader must hear the same number."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import CompareError
from compare.language.folding import fold
from compare.language.numerals import DIGITS, read_digits, read_numeral


def write_four(number: int, zero_before: bool) -> str:
    """Return up to four places in words, with 零 where places between are skipped."""
    words, skipped = "", zero_before
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            words += ("零" if skipped else "") + DIGITS[digit] + sign
            skipped = False
        elif words:
            skipped = True
    return words


def write(number: int) -> str:
    """Return a number below 10^12 as textbooks write it in Chinese words."""
    words = ""
    for place, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // place % 10**4
        if part:
            words += write_four(part, zero_before=bool(words) and part < 1000) + sign
    words = words or "零"
    return words[1:] if words.startswith("一十") else words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (12, "十二"), (105, "一百零五"), (10_500, "一万零五百"), (300_000_007, "三亿零七")],
)
def test_the_writer_of_these_tests_writes_textbook_chinese(number: int, words: str) -> None:
    assert write(number) == words


@settings(derandomize=True, max_examples=400)
@given(st.one_of(st.integers(0, 20_000), st.integers(0, 10**12 - 1)))
def test_reading_is_the_inverse_of_writing(number: int) -> None:
    assert read_numeral(write(number)) == number


@settings(derandomize=True)
@given(st.integers(0, 10**12 - 1))
def test_figures_read_the_same_in_every_dress(number: int) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in str(number))
    assert read_numeral(str(number)) == read_numeral(f"{number:,}") == read_numeral(wide) == number


@settings(derandomize=True)
@given(
    st.decimals("0.01", "9999", places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("千万", 10**7)])
)
def test_scales_multiply_exactly(value: Decimal, scale: tuple[str, int]) -> None:
    # 4.35 万 is 43500 to the last digit, which binary fractions would miss.
    assert read_numeral(f"{value}{scale[0]}") == value * scale[1]


@settings(derandomize=True)
@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(["百", "千", "万", "亿"]))
def test_a_last_digit_without_a_place_counts_the_next_lower_place(head: int, tail: int, sign: str) -> None:
    spoken = read_numeral(DIGITS[head] + sign + DIGITS[tail])
    assert spoken == read_numeral(f"{head}.{tail}{sign}")


@pytest.mark.parametrize(
    ("words", "number", "reason"),
    [
        ("一万二", 12_000, "spoken short form"),
        ("三千五百", 3_500, "plain"),
        ("两百五", 250, "两 before a scale, spoken short form"),
        ("两", 2, "两 alone"),
        ("兩萬", 20_000, "Traditional"),
        ("千", 1_000, "bare scale, as in 千名左右"),
        ("百万", 10**6, "bare scale before a scale"),
        ("一万亿", 10**12, "scales multiply"),
        ("1.2万亿", 12 * 10**11, "figures with a double scale"),
        ("三点五亿", 35 * 10**7, "decimal in words"),
        ("1亿2000万", 12 * 10**7, "figures and scales by turns"),
        ("〇", 0, "the round zero"),
    ],
)
def test_forms_beside_the_textbook(words: str, number: int, reason: str) -> None:
    assert read_numeral(words) == number, reason


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "nothing"),
        ("一二三", "three digits in a row are no number (一二三产业)"),
        ("十三五", "a plan's name"),
        ("三五百", "an approximation, three to five hundred"),
        ("十百", "places in the wrong order"),
        ("十二百", "百 takes one digit"),
        ("3千1千", "scales must fall"),
        ("一百十", "a place without its digit inside a numeral"),
        ("一万零零五", "zero is said once"),
        ("零五", "a leading zero"),
        ("一百零", "a trailing zero"),
        ("两十", "nobody says so"),
        ("二十两", "两 is not a last digit"),
        ("5千3万", "scales must fall"),
        ("3万5", "is it 35,000 or 30,005?"),
        ("3万5万", "the second part is as large as the first"),
        ("1,50", "a separator in the wrong place"),
        ("0534", "a leading zero makes a telephone number"),
        ("1.2.3", "a section number"),
        ("90%", "more than a numeral"),
        ("三点", "a point and nothing after it"),
    ],
)
def test_what_is_no_number_is_refused(words: str, reason: str) -> None:
    with pytest.raises(CompareError, match="cannot be read as a number"):
        read_numeral(words)


def test_years_are_read_digit_by_digit() -> None:
    assert read_digits("二〇二五") == read_digits("二零二五") == read_digits("２０２５") == 2025
    with pytest.raises(CompareError):
        read_digits("二十")


@settings(derandomize=True)
@given(st.text())
def test_folding_never_moves_a_character(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@settings(derandomize=True)
@given(st.text(alphabet=DIGITS + "〇两十百千万亿点0123456789,. "))
def test_any_mixture_is_read_or_refused_with_our_own_error(text: str) -> None:
    with contextlib.suppress(CompareError):
        assert read_numeral(text) >= 0
