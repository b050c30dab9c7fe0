"""Numbers, dates and names as a reader meets them, in Chinese and English."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.analysis.coverage import STATES
from compare.analysis.grid import PRECEDENCE
from compare.charts.look import GLYPH, SYMBOL
from compare.tables.book import Book
from compare.words import called as words
from compare.words.labels import Labels

NAN = float("nan")


@pytest.fixture(scope="module")
def speak(book: Book) -> Callable[[str], Labels]:
    return lambda lang: Labels(book, lang)


@pytest.mark.parametrize(
    ("value", "zh", "en", "reason"),
    [
        (0, "0", "0", "nothing is a number too"),
        (10, "10", "10", "a zero at the end belongs to the number"),
        (200, "200", "200", "both zeros belong to the number"),
        (2000, "2000", "2,000", "only English sets thousands apart"),
        (9999, "9999", "9,999", "the last number before 万"),
        (10_000, "1万", "10,000", "the first number in 万"),
        (12_000, "1.2万", "12,000", "a part of 万"),
        (999_999, "100万", "999,999", "two decimals of 万 are enough"),
        (1_000_000, "100万", "1 m", "the first million"),
        (9_202_000, "920.2万", "9.2 m", "a population"),
        (120_000_000, "1.2亿", "120 m", "the first in 亿"),
        (55.26, "55.26", "55.26", "two decimals stay"),
        (2.6733, "2.67", "2.67", "no more than two decimals"),
        (9.999, "10", "10", "rounding may reach a whole number"),
        (1234.5, "1234.5", "1,234.5", "thousands are set apart before a decimal as well"),
        (-5, "−5", "−5", "a true minus, not a hyphen"),
        (-12_000, "−1.2万", "−12,000", "size is judged without the sign"),
        (999_000_000_000, "9990亿", "999 bn", "the last step before 万亿"),
        (1_000_000_000_000, "1万亿", "1 tn", "the first in 万亿"),
        (1_150_000_000_000, "1.15万亿", "1.15 tn", "a province's added value, in yuan"),
        (-2_500_000_000_000, "−2.5万亿", "−2.5 tn", "size is judged without the sign here too"),
    ],
)
def test_numbers(speak: Callable[[str], Labels], value: float, zh: str, en: str, reason: str) -> None:
    assert (speak("zh").number(value), speak("en").number(value)) == (zh, en), reason


@settings(derandomize=True, max_examples=200)
@given(st.one_of(st.integers(0, 10**14), st.floats(0.01, 10**9)))
def test_a_printed_number_can_be_read_back(value: float) -> None:
    """Two decimals of the unit printed are kept, whatever the size."""
    sizes = {"zh": {"万亿": 1e12, "亿": 1e8, "万": 1e4}, "en": {" tn": 1e12, " bn": 1e9, " m": 1e6}}
    for lang, marks in sizes.items():
        said = Labels(None, lang).number(value).replace(",", "")  # type: ignore[arg-type]
        size = next((size for mark, size in marks.items() if said.endswith(mark)), 1.0)
        assert abs(float(said.rstrip(" tmbn万亿")) * size - value) <= 0.00501 * size, (lang, said)


@pytest.mark.parametrize(
    ("percent", "words", "reason"),
    [
        (100, "100%", "a whole"),
        (12.97, "13%", "no decimal from ten on"),
        (10, "10%", "ten is the first without one"),
        (9.96, "10.0%", "below ten one decimal stands, even where it rounds up to ten"),
        (3.3333, "3.3%", "one decimal below ten"),
        (1, "1.0%", "one is the first with one decimal"),
        (0.456, "0.46%", "two decimals below one, or a small city has no share"),
        (0, "0.00%", "nothing is a share too"),
    ],
)
def test_shares(speak: Callable[[str], Labels], percent: float, words: str, reason: str) -> None:
    assert speak("zh").share(percent) == speak("en").share(percent) == words, reason


def target(comparator: str, low: float, high: float, unit: str) -> dict[str, Any]:
    return {"comparator": comparator, "value_low": low, "value_high": high, "unit_id": unit}


@pytest.mark.parametrize(
    ("cells", "zh", "en", "reason"),
    [
        (target("eq", 2000, 2000, "count"), "2000个", "2,000", "a count has no unit behind it in English"),
        (target("ge", 70, NAN, "count"), "≥70个", "≥70", "以上, 不少于"),
        (target("gt", 30, NAN, "percent"), ">30%", ">30%", "超过"),
        (target("gt", 12000, NAN, "count"), ">1.2万个", ">12,000", "超过1.2万个"),
        (target("le", NAN, 5, "percent"), "≤5%", "≤5%", "an upper bound has no lower value"),
        (target("lt", NAN, 3, "count"), "<3个", "<3", "低于"),
        (target("approx", 8000, 8000, "entry"), "≈8000次", "≈8,000", "约"),
        (target("range", 1, 2, "count"), "1–2个", "1–2", "a tight en dash"),
        (target("eq", 561, 561, "household"), "561户", "561 households", "a unit that English names"),
        (target("eq", 10, 10, "sqkm"), "10平方公里", "10 km²", "a unit with a sign"),
    ],
)
def test_values_keep_their_bound(
    speak: Callable[[str], Labels], cells: dict[str, Any], zh: str, en: str, reason: str
) -> None:
    assert (speak("zh").value(cells), speak("en").value(cells)) == (zh, en), reason


@pytest.mark.parametrize(
    ("on", "precision", "zh", "en", "reason"),
    [
        ("2022-12-31", "year", "2022年底", "end-2022", "a year has no month"),
        ("2020-12-31", "month", "2020年12月底", "end of December 2020", "the same day, known to the month"),
        ("2022-06-30", "month", "2022年6月底", "end of June 2022", "no leading zero"),
        ("2023-05-31", "month", "2023年5月底", "end of May 2023", "May is its own short name"),
        ("2023-04-04", "day", "2023年4月4日", "4 Apr 2023", "a day"),
        ("2023-07-20", "ten_day", "2023年7月20日", "20 Jul 2023", "ten days end on a day"),
        ("2023-03-31", "quarter", "2023年3月31日", "31 Mar 2023", "a quarter ends on a day"),
        ("2023-06-30", "half_year", "2023年6月30日", "30 Jun 2023", "half a year ends on a day"),
    ],
)
def test_dates(
    speak: Callable[[str], Labels], on: str, precision: str, zh: str, en: str, reason: str
) -> None:
    day = datetime.date.fromisoformat(on)
    assert (speak("zh").day(day, precision), speak("en").day(day, precision)) == (zh, en), reason
    due = {"due_on": day, "due_precision": precision, "recurrence": NAN}
    assert (speak("zh").due(due), speak("en").due(due)) == (zh, en), reason


def test_every_month_has_its_full_name(speak: Callable[[str], Labels]) -> None:
    for month in range(1, 13):
        on = datetime.date(2024, month, 1)
        assert speak("en").day(on, "month") == f"end of {on:%B} 2024"
        assert speak("en").day(on) == f"1 {on:%b} 2024"


@pytest.mark.parametrize(
    ("on", "precision", "zh", "en", "reason"),
    [
        ("2023-12-31", "year", "2023年", "2023", "what was so in a year is not so at its end only"),
        ("2023-06-30", "half_year", "2023年上半年", "first half of 2023", "June closes the first half"),
        ("2023-07-01", "half_year", "2023年下半年", "second half of 2023", "July opens the second"),
        ("2023-12-31", "half_year", "2023年下半年", "second half of 2023", "December closes it"),
        ("2023-05-31", "month", "2023年5月", "May 2023", "a month, not its end"),
        ("2023-09-01", "month", "2023年9月", "September 2023", "its name is written out"),
        ("2023-04-04", "day", "2023年4月4日", "4 Apr 2023", "a day is a day"),
        (
            "2023-03-31",
            "quarter",
            "2023年3月31日",
            "31 Mar 2023",
            "a quarter by its last day, as for due dates",
        ),
    ],
)
def test_when_something_was_so(
    speak: Callable[[str], Labels], on: str, precision: str, zh: str, en: str, reason: str
) -> None:
    day = datetime.date.fromisoformat(on)
    assert (speak("zh").when(day, precision), speak("en").when(day, precision)) == (zh, en), reason


@pytest.mark.parametrize(
    ("recurrence", "zh", "en"),
    [
        ("year", "每年", "each year"),
        ("half_year", "每半年", "each half-year"),
        ("quarter", "每季度", "each quarter"),
        ("month", "每月", "each month"),
        (NAN, "未写期限", "no date"),
    ],
)
def test_what_recurs_or_has_no_date(
    speak: Callable[[str], Labels], recurrence: object, zh: str, en: str
) -> None:
    due = {"due_on": NAN, "due_precision": "recurring", "recurrence": recurrence}
    assert (speak("zh").due(due), speak("en").due(due)) == (zh, en)


@pytest.mark.parametrize(
    ("items", "zh", "en"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a、b", "a and b"),
        (["a", "b", "c"], "a、b、c", "a, b and c"),
    ],
)
def test_enumerations(speak: Callable[[str], Labels], items: list[str], zh: str, en: str) -> None:
    assert (speak("zh").all_of(items), speak("en").all_of(items)) == (zh, en)


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [(0, "零", "no"), (2, "两", "two"), (4, "四", "four"), (10, "十", "ten"), (11, "11", "11")],
)
def test_small_counts_are_words(speak: Callable[[str], Labels], number: int, zh: str, en: str) -> None:
    assert (speak("zh").count(number), speak("en").count(number)) == (zh, en)


def allowed(book: Book, table: str, column: str) -> set[str]:
    """Return the values the codebook lets a column have, empty left out."""
    said = yaml.safe_load((book.root / "data/curated/datapackage.yaml").read_bytes())
    resource = next(one for one in said["resources"] if one["name"] == table)
    fields = {one["name"]: one for one in resource["schema"]["fields"]}
    return set(fields[column]["constraints"]["enum"]) - {""}


@pytest.mark.parametrize(
    ("table", "column", "named"),
    [
        ("targets", "basis", [*words.BASIS.values(), SYMBOL, GLYPH]),
        ("targets", "comparator", [words.BOUND]),
        ("targets", "recurrence", [*words.EVERY.values()]),
        ("sources", "status", [*words.STATUS.values()]),
        ("reference", "confidence", [*words.CONFIDENCE.values()]),
        ("outcomes", "confidence", [*words.CONFIDENCE.values()]),
        ("outside_targets", "confidence", [*words.CONFIDENCE.values()]),
    ],
    ids=["basis", "comparator", "recurrence", "status", "reference", "outcomes", "outside targets"],
)
def test_whatever_the_codebook_allows_has_words(
    book: Book, table: str, column: str, named: list[dict[str, str]]
) -> None:
    known = allowed(book, table, column)
    assert known, f"the codebook lists no values for {table}.{column}"
    for names in named:
        assert known <= {key for key, word in names.items() if word or key in ("eq", "range")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_confidence_has_its_own_words(book: Book, lang: str) -> None:
    """A figure in doubt must never be taken for one of medium confidence."""
    known = allowed(book, "outcomes", "confidence")
    said = {name: Labels(book, lang).confidence(name) for name in known}
    assert set(said) == {"high", "medium", "suspect"} and len(set(said.values())) == len(said)
    assert said["suspect"] == {"zh": "存疑不用", "en": "in doubt, not used"}[lang]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_absence_has_its_own_words(lang: str) -> None:
    absences = {*STATES, *PRECEDENCE} - {"quantified"}
    assert absences == set(words.STATE[lang])
    assert len(set(words.STATE[lang].values())) == len(absences), "two absences are called the same"


def test_every_unit_used_has_words(book: Book, speak: Callable[[str], Labels]) -> None:
    for unit in {*book.targets["unit_id"], *book.indicators["unit_id"]}:
        for lang in ("zh", "en"):
            assert speak(lang).unit_name(unit).strip(), unit
        assert speak("zh").unit(unit).strip(), unit
        row = book.units.set_index("unit_id").loc[unit]
        if row["dimension"] != "count":
            assert speak("en").unit(unit).strip(), f"{unit} would look like a plain count"


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("places", "place_id"),
        ("topics", "topic_id"),
        ("indicators", "indicator_id"),
        ("measures", "measure_id"),
    ],
)
def test_every_name_stands_in_both_languages(
    book: Book, speak: Callable[[str], Labels], table: str, key: str
) -> None:
    for name in getattr(book, table)[key]:
        zh, en = speak("zh").name(table, name), speak("en").name(table, name)
        assert zh.strip() and en.strip() and "nan" not in (zh, en), name
        assert en.isascii() or not any("一" <= character <= "鿿" for character in en), name


@pytest.mark.parametrize(
    ("status", "zh", "en"),
    [
        ("adopted", "2020年方案，已印发", "2020 plan, issued"),
        ("draft", "2020年方案，代拟稿", "2020 plan, draft"),
        ("work_points", "2020年工作要点", "2020 work priorities"),
    ],
)
def test_documents_in_short(speak: Callable[[str], Labels], status: str, zh: str, en: str) -> None:
    source = {"status": status, "period_start": datetime.date(2020, 1, 1)}
    assert (speak("zh").source(source), speak("en").source(source)) == (zh, en)


def test_an_item_is_an_indicator_or_a_measure(book: Book, speak: Callable[[str], Labels]) -> None:
    """Figures from elsewhere name either: the reader meets one kind of name."""
    for lang in ("zh", "en"):
        for table, key in (("indicators", "indicator_id"), ("measures", "measure_id")):
            for cells in book.records(table):
                assert speak(lang).item(cells[key]) == cells[f"name_{lang}"]
    assert not set(book.indicators["indicator_id"]) & set(book.measures["measure_id"])


def test_every_item_of_a_figure_from_elsewhere_has_a_name(book: Book, speak: Callable[[str], Labels]) -> None:
    for table in ("outcomes", "outside_targets"):
        for cells in book.records(table):
            for key in ("indicator_id", "measure_id"):
                if isinstance(cells[key], str):
                    assert all(speak(lang).item(cells[key]).strip() for lang in ("zh", "en")), cells
