"""The published editions: a row stands as it was published, or a correction says what was changed and why.

Every case publishes the real tables in a folder of its own, which holds the dictionary and edition.yaml,
changes them in memory and asks what is told; that the files are read alike is shown once, at the door.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

import compare
from compare.errors import CompareError
from compare.project import CURATED
from compare.rules.links import listed_topics_are_known
from compare.rules.published import release_holds
from compare.tables.book import Book, write_table
from compare.tables.edition import Added, Edition, Sealed, edition_of, edition_text
from compare.tables.release import publish, published_rows, row_hash, seal

from .breaking import Bench, Change, Draft, again, drop, edit, empty, new

Cells = dict[str, str]
T8 = "t-dongying-0008"
FIRST, SECOND = date(2030, 1, 31), date(2030, 6, 30)
START = Edition("2030.1", date(2030, 1, 15), (Sealed("2030.1", FIRST),))


class Press:
    """The real tables with a release of their own."""

    def __init__(self, bench: Bench, root: Path) -> None:
        self.bench, self.root = bench, root
        self.lines: list[Cells] = []
        (root / CURATED).mkdir(parents=True)
        shutil.copyfile(bench.root / CURATED / "datapackage.yaml", root / CURATED / "datapackage.yaml")
        self.write(START)

    def write(self, held: Edition) -> None:
        (self.root / CURATED / "edition.yaml").write_text(edition_text(held), encoding="utf-8")

    @property
    def held(self) -> Edition:
        return edition_of(self.root)

    def book(self, *changes: Change) -> Book:
        """Return the tables after the changes, with the lines published so far."""
        released = [new("release", "", **line) for line in self.lines]
        book, problems, _ = self.bench.assembled(empty("release", "corrections"), *released, *changes)
        assert not problems, "\n".join(map(str, problems))
        return replace(book, root=self.root)

    def publish(self, *changes: Change, edition: str = "2030.1", day: date = FIRST) -> None:
        self.lines, held = publish(self.book(*changes), self.held, edition, day)
        self.write(held)

    def told(self, *changes: Change) -> list[str]:
        return [str(problem) for problem in release_holds(self.book(*changes))]

    def message(self, key: str, table: str, found: str, expected: str) -> str:
        number = max(
            at for at, line in enumerate(self.lines, 2) if (line["table"], line["row_id"]) == (table, key)
        )
        return (
            f'data/curated/release.csv, row {number} ({key}), column row_hash: found "{found}"; '
            f"expected {expected}; restore {key} in {table}, or add a row to corrections.csv that gives "
            "column, old and new value and the reason"
        )

    def changed(self, key: str = T8, table: str = "targets") -> str:
        return self.message(key, table, "another row than the published one", "its values, or a correction")

    def dropped(self, key: str, table: str = "targets") -> str:
        return self.message(key, table, "no such row", "the published row")


def unpublished(key: str, table: str = "targets") -> str:
    return (
        f'data/curated/release.csv, column row_id: found "{key} in {table}"; '
        "expected a row of a published edition; remove it, or publish it: python -m compare release"
    )


def corrected(
    number: int, column: str, old: str, new_value: str, key: str = T8, table: str = "targets"
) -> Change:
    return new(
        "corrections",
        "",
        correction_id=f"x-2030-{number:04}",
        table=table,
        row_id=key,
        column=column,
        old=old,
        new=new_value,
        corrected_on="2030-06-30",
        reason="误读",
        reason_en="misread",
    )


@pytest.fixture
def press(bench: Bench, tmp_path: Path) -> Press:
    return Press(bench, tmp_path / "press")


@pytest.fixture(scope="module")
def first_edition(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Cells], Edition]:
    """Return what the first edition of all tables leaves, made once."""
    made = Press(bench, tmp_path_factory.mktemp("first") / "press")
    made.publish()
    return made.lines, made.held


@pytest.fixture
def published(press: Press, first_edition: tuple[list[Cells], Edition]) -> Press:
    press.lines = list(first_edition[0])
    press.write(first_edition[1])
    return press


def places(lines: Iterable[Cells]) -> list[tuple[str, str]]:
    return [(line["table"], line["row_id"]) for line in lines]


# ── what a release holds ───────────────────────────────────────────────────────


def test_a_row_is_known_by_all_its_fields_and_not_by_their_order() -> None:
    assert row_hash({"a": "1", "b": "2"}) == row_hash({"b": "2", "a": "1"})
    assert row_hash({"a": "1", "b": "2"}) == sha256(b'{"a": "1", "b": "2"}').hexdigest()
    assert len({row_hash(cells) for cells in ({"a": "12", "b": ""}, {"a": "1", "b": "2"}, {"a": "1"})}) == 3


def test_a_seal_is_that_of_the_lines_in_whatever_order() -> None:
    lines = [{"row_id": "a", "row_hash": "1"}, {"row_id": "b", "row_hash": "2"}]
    assert seal(lines) == seal(reversed(lines)) != seal(lines[:1])
    assert seal(lines)[0] == 2


def test_a_release_holds_every_row_of_every_table_once(published: Press) -> None:
    held = places(published.lines)
    assert len(held) == len(set(held))
    registered = {
        row["source_id"]
        for row in published.bench.book.records("sources")
        if row["coding_state"] != "complete" and row["status"] != "not_obtained"
    }
    assert not registered, "the real documents are complete, so that every row is published"
    for table in set(published.bench.codebook) - {"release", "corrections"}:
        count = len(published.bench.draft().lines(table))
        assert sum(one == table for one, _ in held) == count, table


def test_the_keys_of_the_edition_are_published_like_rows(published: Press) -> None:
    keys = {key for table, key in places(published.lines) if table == "edition"}
    assert keys == {"edition", "as_of", "published_on:2030.1"}


def test_before_anything_is_published_anything_may_change(press: Press) -> None:
    assert press.told(edit("targets", T8, note="另一")) == []


def test_what_is_published_and_unchanged_passes(published: Press) -> None:
    assert published.told() == []


def test_the_files_are_held_against_the_release_at_the_door(
    project: Path, bench: Bench, press: Press
) -> None:
    """What is published as files passes a thorough check, and a changed file is told by it."""
    curated = project / CURATED
    write_table(bench.codebook["corrections"], [], curated / "corrections.csv")
    (curated / "edition.yaml").write_text(edition_text(START), encoding="utf-8")
    lines, sealed = publish(replace(press.book(), root=project), START, "2030.1", FIRST)
    write_table(bench.codebook["release"], lines, curated / "release.csv")
    (curated / "edition.yaml").write_text(edition_text(sealed), encoding="utf-8")

    def told_by_release() -> list[str | None]:
        try:
            compare.load(project, thorough=True)
        except CompareError as error:
            return [one.key for one in error.problems if one.file.endswith("release.csv")]
        return []

    assert told_by_release() == []
    targets = curated / "dongying" / "targets.csv"
    kept = targets.read_text(encoding="utf-8")
    rows = kept.split("\n")
    [at] = [at for at, row in enumerate(rows) if row.startswith(f'"{T8}",')]
    rows[at] = rows[at][: rows[at].rindex(',"')] + ',"B"'
    targets.write_text("\n".join(rows), encoding="utf-8", newline="")
    assert told_by_release() == [T8]
    targets.write_text(kept, encoding="utf-8", newline="")
    (curated / "edition.yaml").write_text(
        edition_text(replace(sealed, as_of=date(2030, 1, 16))), encoding="utf-8"
    )
    assert told_by_release() == ["as_of"]


# ── what was changed ───────────────────────────────────────────────────────────


CHANGED = [
    ("targets", T8, {"note": "另"}),
    ("tasks", "k-dezhou-0001", {"title_zh": "另"}),
    ("mentions", "m-jinan-0001", {"note": "另"}),
    ("not_found", "dezhou;gdp;", {"note": "另"}),
    ("furniture", "qingdao-2020;5297", {"note": "另"}),
    ("continuations", "c-dezhou-0591;c-dezhou-0180", {"note": "另"}),
    ("translations", "t-dezhou-0009", {"quote_en": "Another"}),
    ("indicators", "open_datasets", {"better": "lower"}),
    ("units", "yuan", {"display": "CNY"}),
    ("places", "dezhou", {"name_en": "Techow"}),
    ("topics", "5g", {"definition_zh": "另"}),
    ("number_rules", "n50", {"reason": "另"}),
    ("lexical_numerals", "六户镇", {"reason": "另"}),
    ("web_pages", "http://echinagov.com/news/350540.htm", {"note": "另"}),
    ("commitments", "c-qingdao-0139", {"instrument": "demand"}),
    ("outcomes", "o-shandong-0004", {"confidence": "medium"}),
    ("reference", "r-dezhou-0003", {"note": "另"}),
    ("divisions", "371400", {"name_zh": "另"}),
]


def test_a_changed_cell_of_every_kind_of_table_is_told(published: Press) -> None:
    told = published.told(*(edit(table, key, **cells) for table, key, cells in CHANGED))
    assert sorted(told) == sorted(published.changed(key, table) for table, key, _ in CHANGED)


def test_a_dropped_row_is_told(published: Press) -> None:
    assert published.told(drop("mentions", "m-dongying-0002")) == [
        published.dropped("m-dongying-0002", "mentions")
    ]


def test_a_key_given_to_another_row_is_told_as_both(published: Press) -> None:
    told = published.told(edit("mentions", "m-dongying-0002", mention_id="m-dongying-0999"))
    assert told == [
        published.dropped("m-dongying-0002", "mentions"),
        unpublished("m-dongying-0999", "mentions"),
    ]


def test_a_row_that_no_edition_holds_is_told(published: Press) -> None:
    told = published.told(again("targets", T8, target_id="t-dongying-0999"))
    assert told == [unpublished("t-dongying-0999")]


def test_many_rows_that_no_edition_holds_are_told_in_one_line(published: Press) -> None:
    more = [again("targets", T8, target_id=f"t-dongying-09{at:02}") for at in range(21)]
    assert published.told(*more) == [unpublished("t-dongying-0900 and 20 rows more")]


# ── corrections ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "corrections", "holds"),
    [
        pytest.param({"scope_zh": "全省"}, [("scope_zh", "全市", "全省")], True, id="the change it tells of"),
        pytest.param({"scope_zh": "全省"}, [("scope_zh", "全市", "全国")], False, id="another new value"),
        pytest.param({"scope_zh": "全省"}, [("scope_zh", "城区", "全省")], False, id="another old value"),
        pytest.param({"scope_zh": "全省"}, [("note", "全市", "全省")], False, id="another column"),
        pytest.param(
            {"scope_zh": "全省", "basis": "stock"},
            [("scope_zh", "全市", "全省")],
            False,
            id="one of two changes",
        ),
        pytest.param(
            {"scope_zh": "全省", "basis": "stock"},
            [("basis", "flow", "stock"), ("scope_zh", "全市", "全省")],
            True,
            id="both of two changes",
        ),
        pytest.param(
            {"scope_zh": "全国"},
            [("scope_zh", "全市", "全省"), ("scope_zh", "全省", "全国")],
            True,
            id="a correction corrected: the latest is taken back first",
        ),
        pytest.param(
            {"scope_zh": "全国"},
            [("scope_zh", "全省", "全国"), ("scope_zh", "全市", "全省")],
            False,
            id="corrections in the wrong order",
        ),
        pytest.param(
            {},
            [("scope_zh", "城区", "全市")],
            True,
            id="a correction that an earlier edition took over already",
        ),
    ],
)
def test_a_change_needs_its_correction(
    published: Press, changes: Cells, corrections: list[tuple[str, str, str]], holds: bool
) -> None:
    made = [corrected(at, *entry) for at, entry in enumerate(corrections, 1)]
    edits = [edit("targets", T8, **changes)] if changes else []
    # A correction is a row like others: that it is not published yet is told beside what is held here.
    told = [one for one in published.told(*edits, *made) if "corrections;" not in one and "x-2030" not in one]
    assert told == ([] if holds else [published.changed()])


def test_a_correction_of_another_row_does_not_help(published: Press) -> None:
    told = published.told(corrected(1, "note", "", "另"), edit("targets", "t-dongying-0009", note="另"))
    assert published.changed("t-dongying-0009") in told


def test_a_row_withdrawn_for_good_has_a_correction_of_its_key(published: Press) -> None:
    gone = (drop("mentions", "m-dongying-0002"),)
    assert published.dropped("m-dongying-0002", "mentions") in published.told(*gone)
    named = corrected(1, "mention_id", "m-dongying-0002", "", "m-dongying-0002", "mentions")
    assert published.told(*gone, named) == [unpublished("x-2030-0001", "corrections")]
    other = corrected(1, "note", "m-dongying-0002", "", "m-dongying-0002", "mentions")
    assert published.dropped("m-dongying-0002", "mentions") in published.told(*gone, other)


# ── documents that are not complete ────────────────────────────────────────────


def in_review(source: str) -> Change:
    return edit("sources", source, coding_state="in_review")


def test_of_a_document_in_review_nothing_is_published(press: Press) -> None:
    press.publish(in_review("dongying-2022"))
    rows = [
        line
        for line in press.lines
        if line["table"]
        in ("targets", "commitments", "deadlines", "mentions", "tasks", "translations", "furniture")
    ]
    assert rows and not any(
        "-dongying-" in line["row_id"] or "dongying-2022" in line["row_id"] for line in rows
    )
    assert ("sources", "dongying-2022") not in places(press.lines)
    assert ("outside_targets", "g-dongying-0001") in places(press.lines), (
        "figures from elsewhere are no coding"
    )
    assert press.told(in_review("dongying-2022"), edit("targets", T8, note="另")) == []


def test_a_document_that_becomes_complete_must_be_published(press: Press) -> None:
    press.publish(in_review("dongying-2022"))
    told = press.told()
    assert unpublished("dongying-2022", "sources") in told
    assert any(
        one.startswith('data/curated/release.csv, column row_id: found "t-dongying-0001 and') for one in told
    )


def test_a_published_document_cannot_go_back(published: Press) -> None:
    told = published.told(in_review("qingdao-2020"))
    assert published.dropped("qingdao-2020", "sources") in told
    assert published.dropped("t-qingdao-0001") in told


# ── the edition's own keys, and its seals ──────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "file", "reason"),
    [
        (lambda held: replace(held, as_of=date(2030, 1, 14)), "release.csv", "another day of reckoning"),
        (
            lambda held: replace(
                held, edition="2030.9", editions=(replace(held.editions[0], edition="2030.9"),)
            ),
            "release.csv",
            "another name",
        ),
        (
            lambda held: replace(held, editions=(replace(held.editions[0], published_on=date(2030, 2, 1)),)),
            "release.csv",
            "another day of publication",
        ),
        (
            lambda held: replace(held, columns=(Added(FIRST, "targets", "act"),)),
            "release.csv",
            "a column said new",
        ),
        (
            lambda held: replace(held, editions=(replace(held.editions[0], lines=1),)),
            "edition.yaml",
            "a line fewer",
        ),
        (
            lambda held: replace(held, editions=(replace(held.editions[0], sha256="0" * 64),)),
            "edition.yaml",
            "another sum",
        ),
        (
            lambda held: replace(held, editions=(replace(held.editions[0], lines=None, sha256=""),)),
            "edition.yaml",
            "no seal",
        ),
    ],
)
def test_a_key_of_the_edition_is_told_like_a_row(
    published: Press, change: object, file: str, reason: str
) -> None:
    published.write(change(published.held))  # type: ignore[operator]
    told = published.told()
    assert any(one.startswith(f"data/curated/{file}") for one in told), (reason, told)


def forged(at: int, **cells: str) -> Change:
    def change(draft: Draft) -> None:
        draft.lines("release")[at].cells.update(cells)

    return change


def lost(at: int) -> Change:
    def change(draft: Draft) -> None:
        del draft.lines("release")[at]

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (forged(5, row_hash="0" * 64), "a hash changed"),
        (forged(5, row_id="nobody"), "a key changed"),
        (forged(5, table="topics"), "a table changed"),
        (lost(5), "a line lost"),
        (lost(0), "the first line lost"),
        (
            new(
                "release", "", table="targets", row_id="t-dongying-0999", row_hash="0" * 64, edition="2030.1"
            ),
            "a line slipped in",
        ),
        (
            new("release", "", table="targets", row_id=T8, row_hash="0" * 64, edition="2031.1"),
            "a line of an edition that there is not",
        ),
    ],
)
def test_a_changed_release_breaks_its_seal(published: Press, change: Change, reason: str) -> None:
    told = published.told(change)
    assert any("the published lines were changed" in one or "restore the line" in one for one in told), reason


def test_who_changes_a_row_and_its_hash_breaks_the_seal(published: Press) -> None:
    change = edit("targets", T8, note="另")
    cells = next(
        cells
        for table, key, cells in published_rows(published.book(change))
        if (table, key) == ("targets", T8)
    )
    at = places(published.lines).index(("targets", T8))
    told = published.told(change, forged(at, row_hash=row_hash(cells)))
    assert len(told) == 1 and told[0].startswith("data/curated/edition.yaml") and "2030.1" in told[0]


# ── the next edition ───────────────────────────────────────────────────────────


def test_the_release_only_grows(published: Press) -> None:
    before = list(published.lines)
    note = next(row["note"] for row in published.bench.book.records("targets") if row["target_id"] == T8)
    changes = (
        again("mentions", "m-dongying-0002", mention_id="m-dongying-0999"),
        edit("targets", T8, note="另"),
        corrected(1, "note", note, "另"),
    )
    published.publish(*changes, edition="2030.2", day=SECOND)
    assert published.lines[: len(before)] == before
    added = places(published.lines[len(before) :])
    assert set(added) == {
        ("targets", T8),
        ("mentions", "m-dongying-0999"),
        ("corrections", "x-2030-0001"),
        ("edition", "edition"),
        ("edition", "published_on:2030.2"),
    }
    assert {line["edition"] for line in published.lines[len(before) :]} == {"2030.2"}
    assert published.told(*changes) == []
    assert [one.edition for one in published.held.editions] == ["2030.1", "2030.2"]
    assert published.held.editions[0] == Sealed("2030.1", FIRST, *seal(before))
    # The row as it was published first is another row now.
    assert published.changed() in published.told(*changes[::2])


def test_an_edition_is_made_anew_until_another_follows(published: Press) -> None:
    before = list(published.lines)
    published.publish(edition="2030.1", day=FIRST)
    assert published.lines == before
    published.publish(edition="2030.2", day=SECOND)
    with pytest.raises(CompareError, match="An edition follows those before it"):
        published.publish(edition="2030.1", day=FIRST)


@pytest.mark.parametrize(
    ("changes", "day", "reason"),
    [
        ((edit("targets", T8, note="另"),), SECOND, "a row changed without a word"),
        ((drop("mentions", "m-dongying-0002"),), SECOND, "a row gone without a word"),
        ((), date(2029, 12, 31), "a day before the edition before it"),
    ],
)
def test_an_edition_that_does_not_follow_is_refused(
    published: Press, changes: tuple[Change, ...], day: date, reason: str
) -> None:
    with pytest.raises(CompareError):
        published.publish(*changes, edition="2030.2", day=day)


# ── columns that came later ────────────────────────────────────────────────────


def without(press: Press, table: str, column: str) -> None:
    """Publish as if a table had not had a column yet."""
    lines = []
    for name, key, cells in published_rows(press.book()):
        held = {one: cell for one, cell in cells.items() if (name, one) != (table, column)}
        lines.append({"table": name, "row_id": key, "row_hash": row_hash(held), "edition": "2030.1"})
    press.lines = lines
    press.write(replace(START, editions=(Sealed("2030.1", FIRST, *seal(lines)),)))


def next_edition(press: Press, *columns: Added) -> None:
    press.write(
        replace(
            press.held,
            edition="2030.2",
            columns=columns,
            editions=(*press.held.editions, Sealed("2030.2", SECOND)),
        )
    )


def test_a_new_column_is_one_line_and_no_correction_of_every_row(press: Press) -> None:
    without(press, "targets", "act")
    assert press.changed() in press.told(), "the column is there, and nobody said so"
    next_edition(press, Added(SECOND, "targets", "act"))
    told = press.told()
    assert not any("row_hash" in one for one in told)
    press.publish(edition="2030.2", day=SECOND)
    assert press.told() == []
    assert press.changed() in press.told(edit("targets", T8, act="build")), "from now on it is published too"


def test_a_column_said_new_that_was_there_hides_no_change(published: Press) -> None:
    next_edition(published, Added(SECOND, "targets", "value_low"))
    assert published.changed() in published.told(edit("targets", T8, value_low="3000"))


def test_a_column_added_before_the_edition_is_in_it(press: Press) -> None:
    without(press, "targets", "act")
    next_edition(press, Added(date(2030, 1, 1), "targets", "act"))
    assert press.changed() in press.told()


@pytest.mark.parametrize("key", ["featured", "topic_order"])
def test_a_topic_that_is_listed_is_one_of_the_table(press: Press, key: str) -> None:
    press.write(replace(START, featured=("5g",), topic_order=("security", "open_data")))
    assert list(listed_topics_are_known(press.book())) == []
    press.write(replace(START, **{key: ("security", "opendata")}))
    assert [str(one) for one in listed_topics_are_known(press.book())] == [
        f'data/curated/edition.yaml, column {key}: found "opendata"; expected open_data; correct the name'
    ]
