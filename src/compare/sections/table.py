"""The table that cannot join unlike things: a row per indicator and due year, every city in it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from compare.analysis.grid import EVERY, STATUS, UNDATED
from compare.sections.section import Cell, Fold, Group, Paragraph, Part, Row, Section, Table, runs
from compare.sections.shown import Figure, by_row, listed, marked, quote, shape, tags, take, value
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, text

ABSENCES = ("unquantified", "silent", "not_obtained", "other_year", "not_coded")
OF_DOCUMENTS = ("target", "status")
# Where no indicator has figures of two places, so many rows stand open.
FEW = 6
BASES = ("flow", "stock", "rate", "ambiguous")


def table(
    cells: pd.DataFrame, figures: pd.DataFrame, cities: pd.DataFrame, documents: pd.DataFrame,
    tally: pd.DataFrame, lang: str = "zh",
) -> Section:  # fmt: skip
    """Return the comparison table of a topic with its legends, notes and rows to take away.

    `cells` is the frame of `cp.table`, the others are those of `cp.figures`, `cp.cities`, `cp.documents` and
    `cp.tally`; a city or indicator dropped from `cells` or from `figures` is dropped from the table.
    Nothing where no row is left.
    """
    said, known = messages(lang, "topic_comparison"), by_row(figures)
    cells = _kept(cells, known, set(figures["place_id"]))
    if cells.empty:
        return Section("table", (), lang=lang)
    rows = records(cells)
    shown = [row for row in records(cities) if row["city_id"] in set(cells["city_id"])]
    several = _several(rows, known)
    kept, alone = (
        [row for row in rows if (row["indicator_id"] in several) == both] for both in (True, False)
    )
    names = [row["city_id"] for row in shown]
    bodies, folded = (_groups(part, known, names, documents, said, lang) for part in (kept, alone))
    head = Row((Cell((Paragraph(said.text("table.head")),), "corner", head=True),
                *(_head(row, documents, said, lang) for row in shown)))  # fmt: skip
    drawn = list(dict.fromkeys(run.row for run in runs((bodies, folded)) if run.row and run.look != "number"))
    stem = str(cities["topic_id"].iloc[0]) if len(cities) else "table"
    blocks = (
        _legends(known, drawn, documents, said, lang),
        *([Table((head,), bodies, "grid")] if bodies else []),
        *_folded(head, folded, bool(bodies), said),
        take(stem, [known[name] for name in drawn], said, lang),
        Paragraph(said.text("table.note"), "note"),
        *_tally(tally, said, lang),
    )
    title, kicker, deck = _title(cells, said), said.text("table.kicker"), said.text("table.deck")
    return Section("table", title, kicker, deck, blocks, "matrix", lang)


def _several(rows: list[Figure], known: Mapping[str, Figure]) -> set[str]:
    """Return the indicators on which figures of two places stand in the table, in whatever year."""
    places: dict[str, set[str]] = {}
    for row in rows:
        for name in f"{row['row_ids']};{row['outside_ids']}".split(";"):
            if name in known and known[name]["kind"] != "mention":
                places.setdefault(row["indicator_id"], set()).add(known[name]["place_id"])
    return {name for name, held in places.items() if len(held) > 1}


def _folded(head: Row, bodies: tuple[Group, ...], beside: bool, said: Messages) -> list[Fold]:
    """Return the rows of indicators with figures of one place alone, behind a line unless they are all."""
    if not bodies:
        return []
    count = sum(len(group.rows) for group in bodies)
    return [
        Fold(
            said.text("table.alone", count=count),
            (Table((head,), bodies, "grid"),),
            "folded",
            not beside and count <= FEW,
        )
    ]


def _kept(cells: pd.DataFrame, known: Mapping[str, Figure], places: set[str]) -> pd.DataFrame:
    """Return the cells of cities, and of indicators in a year, that the figures still tell something of.

    A city without any document has no figures to lose and stays.
    """
    gone = set(cells.loc[cells["source_id"].astype(bool), "city_id"]) - places
    cells = cells[~cells["city_id"].isin(gone)]
    both = cells["row_ids"] + ";" + cells["outside_ids"]
    told = [any(name in known for name in held.split(";")) for held in both]
    row = pd.MultiIndex.from_frame(cells[["group", "indicator_id"]])
    return cells[row.isin(row[told])]


def _title(cells: pd.DataFrame, said: Messages) -> Text:
    dated = cells[cells["group"] != STATUS]
    numbered = (dated["state"] == "quantified") | (dated["outside_ids"] != "")
    counts = dated[numbered].groupby(["group", "indicator_id"]).size()
    shared = int((counts > 1).sum())
    rows = len(dated[["group", "indicator_id"]].drop_duplicates())
    return said.text("table.title" if shared else "table.title.none", rows=rows, shared=shared)


def legend(said: Messages, lang: str) -> Text:
    """Return the shapes of bases with their names, and that of a draft."""
    labels = Labels(None, lang)
    parts = [text(Run("", f"shape s-{basis}"), Run(labels.basis(basis), "key")) for basis in BASES]
    marks = [
        text(Run("", f"shape s-flow {look}"), Run(said.say(f"table.legend.{look}"), "key"))
        for look in ("draft", "outside")
    ]
    return joined([*parts, *marks], " ")


def _legends(
    known: Mapping[str, Figure], drawn: list[str], documents: pd.DataFrame, said: Messages, lang: str
) -> Part:
    labels = Labels(None, lang)
    first = next((known[name] for name in drawn if known[name]["kind"] in OF_DOCUMENTS), None)
    link = text(" ", value(first, lang), " ", said.say("table.legend.link")) if first else ()
    partly = (documents.loc[documents["at_hand"], "coding"] != "complete").any()
    states = [state for state in ABSENCES if state != "not_coded" or partly]
    signs = joined(
        [text(Run("", f"glyph g-{state}"), Run(labels.state(state), "key")) for state in states], " "
    )
    return Part(
        (
            Paragraph(text(Run(said.say("table.legend.basis"), "strong"), " ", legend(said, lang), link)),
            Paragraph(text(Run(said.say("table.legend.absence"), "strong"), " ", signs)),
        ),
        "legends",
    )


def _head(city: Figure, documents: pd.DataFrame, said: Messages, lang: str) -> Cell:
    lines = [Paragraph(text(Run(city[f"place_{lang}"], "strong")))]
    if city["population"]:
        number = Labels(None, lang).number(city["population"])
        lines.append(Paragraph(said.text("table.population", population=number)))
    if city["link"]:
        way = Run(city[f"said_{lang}"], to=f"sources/{city['link_source']}.{lang}.html#{city['link']}")
        lines.append(Paragraph(text(said.say("table.whole"), " ", way)))
    held = documents[documents["at_hand"] & (documents["place_id"] == city["city_id"])]
    for row in records(held):
        lines.append(Paragraph(text(row[f"source_{lang}"]), "draft-tag" if row["status"] == "draft" else ""))
    return Cell(tuple(lines), "head", city["city_id"], head=True)


def _groups(
    rows: list[Figure], known: Mapping[str, Figure], shown: list[str], documents: pd.DataFrame,
    said: Messages, lang: str,
) -> tuple[Group, ...]:  # fmt: skip
    marked = {row["source_id"]: row for row in records(documents)}
    made: dict[str, dict[str, dict[str, Figure]]] = {}
    for row in rows:
        made.setdefault(row["group"], {}).setdefault(row["indicator_id"], {})[row["city_id"]] = row
    names = {row["indicator_id"]: row for row in known.values() if row["indicator_id"]}
    return tuple(
        Group(
            tuple(
                Row(
                    (
                        _row_head(names[indicator], said, lang),
                        *(_cell(held[city], known, marked, said, lang) for city in shown),
                    )
                )  # fmt: skip
                for indicator, held in indicators.items()
            ),
            text(group_name(group, said, lang)),
        )
        for group, indicators in made.items()
    )


def due_group(row: Figure, lang: str) -> str:
    """Return the words for the due group that a figure belongs to: its year, or how often it recurs."""
    group = f"{EVERY}{row['recurrence']}" if row["due_on"] is None else str(row["due_on"].year)
    return group_name(group, messages(lang, "topic_comparison"), lang)


def group_name(group: str, said: Messages, lang: str) -> str:
    """Return the words for a due group of the table."""
    if group in (STATUS, UNDATED):
        return said.say(f"group.{group}")
    if group.startswith(EVERY):
        return Labels(None, lang).every(group.removeprefix(EVERY)).capitalize()
    return said.say("group.year", year=group)


def _row_head(row: Figure, said: Messages, lang: str) -> Cell:
    unit = said.text("table.unit", unit=row[f"indicator_unit_{lang}"])
    return Cell((text(row[f"indicator_{lang}"]), Paragraph(unit)), head=True)


def _cell(
    row: Figure, known: Mapping[str, Figure], marked: Mapping[str, Figure], said: Messages, lang: str
) -> Cell:
    held = [known[name] for name in row["row_ids"].split(";") if name in known]
    state = "status" if row["group"] == STATUS and row["state"] == "quantified" else row["state"]
    if row["state"] == "quantified":
        lines = [line for one in held for line in _worth(one, known, said, lang)]
    else:
        lines = [*_absence(row, held, said, lang)]
        if row["source_id"] in marked:
            lines.append(Paragraph(tags(marked[row["source_id"]], lang, said)))
    for one in (known[name] for name in row["outside_ids"].split(";") if name in known):
        lines += _reported(one, said, lang)
    # On a narrow screen, where no head stands over it, a cell names its city.
    name = Paragraph(text(Run(row[f"place_{lang}"], "strong")), "phone-city")
    return Cell((name, *lines), f"cell k-{state}", row["city_id"])


def _worth(one: Figure, known: Mapping[str, Figure], said: Messages, lang: str) -> list[Paragraph]:
    parts = [text(one[f"due_{lang}"]), text(one[f"measured_{lang}"]), text(one[f"denominator_{lang}"])]
    if one["force"] == "aspirational":
        parts.append(said.text("mark.aspirational"))
    if one["restates_target_id"] in known:
        parts.append(said.text("cell.restates", number=Run("", "number", row=one["restates_target_id"])))
    base = text(shape(one), listed(lang, parts), tags(one, lang, said))
    return [Paragraph(text(value(one, lang)), "worth"), Paragraph(base, "base")]


def _reported(one: Figure, said: Messages, lang: str) -> list[Paragraph]:
    """Return a figure from elsewhere: value, what it is of, its source, and how far that is to be trusted."""
    narrower = one[f"item_{lang}"] if one["item_id"] != one["indicator_id"] else ""
    parts = [text(words) for words in (one[f"due_{lang}"], one[f"measured_{lang}"], narrower) if words]
    parts.append(text(one[f"denominator_{lang}"]))
    source = text(Run(one[f"cited_{lang}"], lang="zh"), signs(lang).comma, one[f"standing_{lang}"],
                  signs(lang).comma, one[f"origin_{lang}"])  # fmt: skip
    return [
        Paragraph(text(value(one, lang)), "worth outside"),
        Paragraph(text(shape(one), listed(lang, parts), marked(one, lang, said)), "base"),
        Paragraph(source, "why"),
    ]


def _absence(row: Figure, held: list[Figure], said: Messages, lang: str) -> list[Paragraph]:
    labels, state = Labels(None, lang), row["state"]
    words = labels.state(state)
    if state == "other_year" and row["group"] == STATUS:
        words = said.say("cell.target")
    elif state == "other_year" and held and _recurs(held[0]):
        words = said.say("cell.recurs")
    lines = [Paragraph(text(Run("", f"glyph g-{state}"), words), "state")]
    if state == "unquantified" and held:
        more = " " + said.say("cell.more", count=len(held) - 1) if len(held) > 1 else ""
        lines.append(Paragraph(text(quote(held[0], lang), more), "why"))
    elif state == "silent":
        key = "cell.searched.other" if row["hits"] else "cell.searched"
        way = Run(said.say(key, words=row["searched"], hits=row["hits"]), "quiet-link", to="#searches")
        lines.append(Paragraph(text(way), "why"))
    elif state == "not_obtained":
        lacking = row[f"lacking_{signs(lang).names}"]
        why = (
            said.text("cell.lacking", title=lacking)
            if lacking
            else said.text("cell.no_document", year=row["group"])
        )
        lines.append(Paragraph(why, "why"))
    elif state in ("other_year", "status_only"):
        for one in held:
            lines.append(Paragraph(text(Run(_elsewhere(one, said, lang), "value", row=one["row_id"])), "why"))
    return lines


def _elsewhere(one: Figure, said: Messages, lang: str) -> str:
    if not one[f"due_{lang}"]:
        return str(one[f"value_{lang}"])
    key = "cell.every" if _recurs(one) else "cell.other_year"
    return said.say(key, due=one[f"due_{lang}"], value=one[f"value_{lang}"])


def _recurs(one: Figure) -> bool:
    """Return whether a statement is of every year, quarter or month and so due in none."""
    return one["due_on"] is None and one["recurrence"] is not None


def _tally(tally: pd.DataFrame, said: Messages, lang: str) -> list[Paragraph]:
    rows = [row for row in records(tally) if row["least"]]
    if not rows:
        return []
    unsure = (tally["least"] != tally["most"]).any()
    parts = [
        said.say("table.tally.one", indicator=row[f"indicator_{lang}"], least=row["least"]) for row in rows
    ]
    own, head = signs(lang), said.say("table.tally" if unsure else "table.tally.sure")
    return [Paragraph(text(f"{head}{own.space}{own.semicolon.join(parts)}{own.stop}"), "note")]
