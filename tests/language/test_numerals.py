"""Numbers in words and figures: a writer of our own says them, the reader must hear the same number."""

import contextlib
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import CompareError
from compare.language.folding import fold
from compare.language.numerals import DIGITS, read_digits, read_numeral, runs
from compare.language.quantities import find_quantities

FOLDED = "伍陆拾肆参參○〇零一五十队隊内大收放²₂mH个個⼗⻔壹贰①⑩Ⅻ㎡，,２廿\ufa11"


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


BANKERS = str.maketrans("零一二三四五六七八九十百千万", "零壹贰叁肆伍陆柒捌玖拾佰仟萬")
RADICALS = str.maketrans("一二八十", "⼀⼆⼋⼗")
OLD = {"二十": "廿", "三十": "卅", "四十": "卌"}
NOTATIONS = {
    "figures": str,
    "words": lambda number: write(number),
    "banker's": lambda number: write(number).translate(BANKERS),
    "banker's, ten with its one": lambda number: ("一" * (9 < number < 20) + write(number)).translate(
        BANKERS
    ),
    "full-width": lambda number: "".join(chr(ord(sign) + 0xFEE0) for sign in str(number)),
    "thousands apart": lambda number: f"{number:,}",
    "mathematical": lambda number: "".join(chr(0x1D7CE + int(sign)) for sign in str(number)),
    "radicals": lambda number: write(number).translate(RADICALS),
    "old tens": lambda number: re.sub("[二三四]十", lambda tens: OLD[tens[0]], write(number)),
    "Traditional": lambda number: write(number).replace("万", "萬").replace("亿", "億"),
    "round noughts": lambda number: write(number).replace("零", "〇"),
}


@pytest.mark.parametrize("notation", NOTATIONS)
@settings(derandomize=True, max_examples=300)
@given(number=st.one_of(st.integers(1, 200), st.integers(1, 99_999)))
def test_every_notation_reads_back_to_its_number(notation: str, number: int) -> None:
    spelt = NOTATIONS[notation](number)
    assert read_numeral(spelt) == number
    text = f"建成{spelt}项"
    # 一项 and 二项 are indefinite or ordinal in running text.
    expected = [] if spelt in ("一", "壹", "⼀", "二", "贰", "⼆") else [(f"{spelt}项", number)]
    assert [(span.slice(text), found.low) for span, found in find_quantities(text)] == expected
    assert [span.slice(text) for span in runs(text)] == spelt.split(",")


@pytest.mark.parametrize(
    ("sign", "number"),
    [
        ("①", 1),
        ("⑩", 10),
        ("⑳", 20),
        ("⑴", 1),
        ("⒇", 20),
        ("⒈", 1),
        ("❿", 10),
        ("㈠", 1),
        ("㊉", 10),
        ("㊿", 50),
    ]
    + [("Ⅻ", 12), ("ⅳ", 4), ("〣", 3)],
)
def test_a_number_in_one_sign_keeps_its_place_and_has_its_value(sign: str, number: int) -> None:
    assert fold(sign) == sign and read_numeral(sign) == number
    assert [span.slice(f"建成{sign}个") for span in runs(f"建成{sign}个")] == [sign]


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
        ("壹佰贰拾", 120, "banker's numerals"),
        ("貳拾伍萬", 250_000, "banker's numerals, Traditional"),
        ("參佰", 300, "參 before a scale"),
        ("廿五", 25, "twenty in one sign"),
        ("一百卅", 130, "thirty in one sign, behind a hundred"),
        ("⼗⼆", 12, "radicals"),
        ("一〇五", 105, "figure by figure"),
        ("二○○", 200, "with circles for noughts"),
        ("𝟓𝟎", 50, "mathematical figures"),
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
        ("廿廿", "twenty twice"),
        ("〇五", "a leading nought"),
        ("一零五", "without the round nought it may be a name"),
        ("10²", "a raised figure is a note or a power"),
        ("①②", "two signs"),
        ("½", "a fraction is a share, no number of things"),
        ("亿" * 5000, "no plan counts so far, and no reader may sink into it"),
        ("1" * 5000, "nor in figures"),
    ],
)
def test_what_is_no_number_is_refused(words: str, reason: str) -> None:
    with pytest.raises(CompareError, match="cannot be read as a number"):
        read_numeral(words)


def test_years_are_read_digit_by_digit() -> None:
    assert read_digits("二〇二五") == read_digits("二零二五") == read_digits("２０２５") == 2025
    with pytest.raises(CompareError):
        read_digits("二十")


@settings(derandomize=True, max_examples=400)
@given(st.one_of(st.text(), st.text(FOLDED)))
def test_folding_never_moves_a_character(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@settings(derandomize=True)
@given(st.text(alphabet=DIGITS + "〇两十百千万亿点0123456789,. "))
def test_any_mixture_is_read_or_refused_with_our_own_error(text: str) -> None:
    with contextlib.suppress(CompareError):
        assert read_numeral(text) >= 0


@pytest.mark.parametrize(
    ("text", "folded", "reason"),
    [
        ("⼤数据、⽹络", "大数据、网络", "Kangxi radicals"),
        ("⻔⼾、⺠⽣、⻋联网", "门户、民生、车联网", "radicals that Unicode lists apart"),
        ("\uf9d1\uf973", "六十", "compatibility ideographs"),
        ("队伍、入伍、内陆、登陆、收拾、放肆", "队伍、入伍、内陆、登陆、收拾、放肆", "words"),
        ("伍个、陆项、拾家、肆类", "五个、六项、十家、四类", "numerals"),
        ("二○二五年,○建设", "二〇二五年,○建设", "a nought between digits, a bullet elsewhere"),
        ("m²、km³、10²", "m2、km3、10²", "a raised figure belongs to a unit, or stands apart"),
        ("①100个", "①100个", "a list's number never joins a figure"),
        ("5，100个", "5，100个", "a full-width comma parts two numbers"),
    ],
)
def test_what_is_folded(text: str, folded: str, reason: str) -> None:
    assert fold(text) == folded, reason
