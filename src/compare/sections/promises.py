"""Every target that a city's documents set, by topic, with the statuses they report apart."""

from __future__ import annotations

import pandas as pd

from compare.sections.city_lead import NOTEBOOK, operative
from compare.sections.documents import Document, at_hand, drafts, tagged, titled, whole
from compare.sections.section import Cell, Group, Heading, Items, Paragraph, Part, Row, Section, Table
from compare.sections.shown import SPACE, Figure, by_row, listed, shape, take, value
from compare.sections.tables import cell, heads
from compare.words.labels import BASIS, Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.text import Run, Text, joined, plain, text

COLUMNS = ("indicator", "value", "basis", "due", "others")
# Fewer cities than this make no page of a topic.
FEWEST_CITIES = 2


def promises(
    figures: pd.DataFrame, every: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh"
) -> Section:
    """Return every target of a city that counts, by topic, then what its documents say is reached.

    `figures` are those of the city, `every` those of all cities, which say who else puts a number to it.
    Nothing where no document is coded.
    """
    held, said = at_hand(documents), messages(lang, NOTEBOOK)
    if all(row["coding"] == "registered" for row in held.values()):
        return Section("promises", (), lang=lang)
    rows = operative(figures).sort_values(["topic_id", "due_on", "row_id"])
    statuses = figures[figures["kind"] == "status"].sort_values(["source_id", "quote_start"])
    return Section(
        "promises",
        text(titled(_title(rows, held, said, lang), held, lang)),
        kicker=text(said.say("promises.kicker")),
        deck=text(said.say("promises.deck")) if len(rows) else (),
        blocks=(
            *(_table(rows, figures, every, held, said, lang) if len(rows) else ()),
            *(_statuses(statuses, said, lang) if len(statuses) else ()),
        ),
        look="matrix promises",
        lang=lang,
    )


def _title(rows: pd.DataFrame, held: dict[str, Document], said: Messages, lang: str) -> str:
    """Return which topics hold the most targets."""
    if rows.empty:
        return said.say("unread" if len(whole(held)) < len(held) else "promises.none")
    counts = rows[f"topic_{lang}"].value_counts(sort=False)
    most = [in_sentence(name) for name, count in counts.items() if count == counts.max()]
    return said.say(
        "promises.title" if len(most) == 1 else "promises.title.tied",
        count=len(rows),
        topics=len(counts),
        most=Labels(None, lang).all_of(most),
        number=int(counts.max()),
    )


def in_sentence(name: str) -> str:
    """Return the name of a topic as it stands inside a sentence.

    >>> in_sentence("Open data"), in_sentence("5G and networks")
    ('open data', '5G and networks')
    """
    return name if name[:2].isupper() or name[0].isdigit() else name[0].lower() + name[1:]


def _table(
    rows: pd.DataFrame,
    figures: pd.DataFrame,
    every: pd.DataFrame,
    held: dict[str, Document],
    said: Messages,
    lang: str,
) -> tuple[Part, Table, object]:
    known = by_row(figures)
    others, pages = _others(every, lang), _pages(every)
    groups = [
        Group(tuple(_row(one, known, others, held, said, lang) for one in records(own)), _head(
            own[f"topic_{lang}"].iloc[0], f"topic-{topic}.{lang}.html" if topic in pages else "", said))
        for topic, own in rows.groupby("topic_id", sort=False)
    ]  # fmt: skip
    table = Table(
        (heads(said.say(f"promises.column.{name}") for name in COLUMNS),), tuple(groups), "plain stack"
    )
    name = f"{rows['place_id'].iloc[0]}-targets"
    targets = records(rows)
    return _legend(targets[0], said, lang), table, take(name, targets, said, lang)


def _legend(first: Figure, said: Messages, lang: str) -> Part:
    """Return what the shapes mean, and what a figure leads to."""
    shapes = [
        part
        for basis in ("flow", "stock", "rate", "ambiguous")
        for part in (Run("", f"shape s-{basis}"), Run(BASIS[lang][basis], "legend"))
    ]
    draft = (Run("", "shape s-flow draft"), Run(said.say("table.legend.draft"), "legend"))
    line = text(
        Run(said.say("table.legend.basis"), "strong"), " ", *shapes, *draft,
        value(first, lang), " ", Run(said.say("table.legend.link"), "legend"),
    )  # fmt: skip
    return Part((Paragraph(line),), "legends")


def _head(topic: str, page: str, said: Messages) -> Text:
    return text(topic, *((" ", Run(said.say("promises.page"), "quiet", to=page)) if page else ()))


def _pages(every: pd.DataFrame) -> set[str]:
    """Return the topics on which enough cities have numbers for a page that compares them."""
    rows = every[every["kind"].isin(["target", "status"])]
    cities = rows.groupby("topic_id")["place_id"].nunique()
    return {str(topic) for topic in cities.index[cities >= FEWEST_CITIES]}


def _others(every: pd.DataFrame, lang: str) -> dict[str, list[tuple[str, str]]]:
    """Return the cities that put a number to each indicator, with their names."""
    rows = operative(every).drop_duplicates(["indicator_id", "place_id"])
    made: dict[str, list[tuple[str, str]]] = {}
    for indicator, *city in zip(rows["indicator_id"], rows["place_id"], rows[f"place_{lang}"], strict=True):
        made.setdefault(indicator, []).append((city[0], city[1]))
    return made


def _row(
    figure: Figure,
    known: dict[str, Figure],
    others: dict[str, list[tuple[str, str]]],
    held: dict[str, Document],
    said: Messages,
    lang: str,
) -> Row:
    indicator, scope = figure[f"indicator_{lang}"], figure[f"scope_{lang}"]
    beside = [name for city, name in others[figure["indicator_id"]] if city != figure["place_id"]]
    last = Labels(None, lang).all_of(beside)
    denominator = figure[f"denominator_{lang}"]
    divided = said.say("promises.denominator", denominator=denominator) if denominator else ""
    return Row((
        cell(indicator, *([Paragraph(text(scope))] if scope and scope not in indicator else []), head=True),
        cell(Paragraph(text(value(figure, lang)), "worth"), *_again(figure, known, said, lang)),
        cell(text(shape(figure), figure[f"measured_{lang}"]), *_why(divided)),
        _due(figure, held, said, lang),
        cell(Paragraph(text(said.say("promises.column.others")), "label"), last)
        if last else cell(Paragraph(text("–"), "none quiet")),
    ))  # fmt: skip


def _why(*said: Text | str | Run) -> list[Paragraph]:
    return [Paragraph(text(one), "why") for one in said if one]


def _again(figure: Figure, known: dict[str, Figure], said: Messages, lang: str) -> list[Paragraph]:
    """Return where else the document states a target, and what it is a part of."""
    also = [value(one, lang) for one in known.values() if one["restates_target_id"] == figure["row_id"]]
    part = known.get(figure["part_of_target_id"])
    count = Labels(None, lang).count(len(also))
    repeated = text(said.say("promises.also", count=count), SPACE[lang], joined(also, " ")) if also else ()
    whole_one = text(said.say("promises.part"), SPACE[lang], value(part, lang)) if part else ()
    return _why(repeated, whole_one)


def _due(figure: Figure, held: dict[str, Document], said: Messages, lang: str) -> Cell:
    weak = (" ", Run(said.say("mark.aspirational"), "tag")) if figure["force"] == "aspirational" else ()
    named = len(held) > 1 or figure["source_id"] in drafts(held)
    return cell(
        text(figure[f"due_{lang}"], *weak),
        *_why(
            said.say("promises.period") if figure["due_source"] == "period" else "",
            tagged(held[figure["source_id"]], lang) if named else "",
        ),
    )


def _statuses(statuses: pd.DataFrame, said: Messages, lang: str) -> tuple[Heading, Items]:
    lines = [
        text(
            Run(row[f"indicator_{lang}"], "name"), " ", value(row, lang), " ",
            Run(plain(listed(lang, [row[f"measured_{lang}"], row[f"scope_{lang}"]])), "quiet"),
        )
        for row in records(statuses)
    ]  # fmt: skip
    return Heading(text(said.say("promises.statuses"))), Items(tuple(lines), "named")
