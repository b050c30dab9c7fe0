"""The title, the standfirst and the heads of a city's page: findings made from the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup, escape

from compare.analysis.panel import operative
from compare.briefings.city.bars import INSTRUMENTS
from compare.briefings.city.beside import DECIDED
from compare.briefings.city.promises import unmentioned

if TYPE_CHECKING:
    from compare.briefings.city.agencies import Leads
    from compare.briefings.city.briefing import CityBriefing

# How many figures a standfirst holds.
FIGURES = 3


def title(brief: CityBriefing) -> str:
    """Return the finding that heads the page: how many targets fell due, and how many can be judged."""
    rows = brief.selected
    known = int(rows["target_id"].isin(decided(brief)).sum())
    values = {"city": brief.place(brief.city), "due": len(rows), "known": known, "count": len(rows)}
    if rows.empty:
        return brief.titled(brief.words(_without(brief), **values))
    if not _is_past(brief, rows):
        return brief.titled(brief.words("title.ahead", **values))
    return brief.titled(brief.words("title.judged" if known else "title.unjudged", **values))


def _without(brief: CityBriefing) -> str:
    """Return which title a city without targets has: nothing at hand, not read whole, not coded, or none."""
    if not brief.sources:
        return "title.absent"
    if brief.partly:
        return "title.unread"
    return "title.uncoded" if brief.commitments.empty else "title.none"


def selected(brief: CityBriefing) -> pd.DataFrame:
    """Return the targets whose term is over, those of drafts only where no others are; all where none is.

    What the title counts is of these, and so is every example and every caution beside it.
    """
    due = brief.promised[brief.promised["due_on"] <= brief.today]
    issued = due[~due["source_id"].isin(_drafts(brief))]
    past = due if issued.empty else issued
    return brief.promised if past.empty else past


def _is_past(brief: CityBriefing, rows: pd.DataFrame) -> bool:
    return bool((rows["due_on"] <= brief.today).all())


def _drafts(brief: CityBriefing) -> list[str]:
    return [name for name, source in brief.sources.items() if source["status"] == "draft"]


def decided(brief: CityBriefing) -> set[str]:
    """Return the promised figures of the city for which an outcome decides."""
    return {row["row_id"] for row in brief.attainment if row["verdict"] in DECIDED}


def standfirst(brief: CityBriefing) -> Markup:
    """Return two or three figures with their years, linked, and what to be careful about."""
    figures = [_figure(brief, cells) for cells in _leading(brief)]
    parted = Markup("；" if brief.lang == "zh" else "; ").join(figures)
    said = [Markup(brief.words("standfirst", figures=parted))]
    return Markup(" " if brief.lang == "en" else "").join([*(said if figures else []), *_cautions(brief)])


def _leading(brief: CityBriefing) -> list[dict[str, Any]]:
    """Return the selected targets whose indicators most cities quantify, headline ones first, one of each."""
    indicators = brief.book.indicators.set_index("indicator_id")
    every = operative(brief.book.targets)
    shared = every.groupby("indicator_id")["city_id"].nunique()
    order = {name: at for at, name in enumerate(indicators.index)}
    rows = brief.selected[brief.selected["due_on"].notna()]
    rows = rows.sort_values(["due_on", "target_id"]).drop_duplicates("indicator_id", keep="last")
    ranked = sorted(
        rows.to_dict("records"),
        key=lambda cells: (
            -shared[cells["indicator_id"]],
            indicators.at[cells["indicator_id"], "headline"] != "yes",
            order[cells["indicator_id"]],
        ),
    )
    return sorted(ranked[:FIGURES], key=lambda cells: (cells["due_on"], cells["target_id"]))


def _figure(brief: CityBriefing, cells: dict[str, Any]) -> Markup:
    figure = brief.figure(cells["target_id"])
    link = Markup('<a class="v" href="#{}">{}</a>').format(figure["id"], figure["value"])
    draft = Markup(' <span class="tag draft-tag">{}</span>').format(brief.words("mark.draft"))
    partly = Markup(' <span class="tag partly">{}</span>').format(figure["partly"])
    return Markup(
        brief.words(
            "standfirst.figure",
            indicator=escape(figure["indicator"]),
            due=escape(figure["due"]),
            value=brief.acted(link, figure["done"])
            + (draft if figure["draft"] else "")
            + (partly if figure["partly"] else ""),
        )
    )


def _cautions(brief: CityBriefing) -> list[str]:
    statuses = [source["status"] for source in brief.sources.values()]
    rows, made = brief.selected, []
    past = rows if _is_past(brief, rows) else rows[:0]
    inferred = int((past["due_source"] == "period").sum())
    if inferred:
        made.append(brief.words("caution.period", past=len(past), count=inferred))
    # Drafts are either all that is counted, some of it, or told beside it.
    drafted, among = brief.drafted(brief.promised), brief.drafted(rows)
    if drafted == len(brief.promised) and drafted:
        made.append(brief.words("caution.draft.only", count=drafted))
    elif among:
        made.append(brief.words("caution.draft.among", count=among))
    elif drafted:
        made.append(brief.words("caution.draft", count=drafted))
    own = set(past["target_id"])
    if own and not decided(brief) & own:
        unsought = ("no_figure", "not_due")
        sought = sum(row["row_id"] in own and row["verdict"] not in unsought for row in brief.attainment)
        made.append(brief.words("caution.unjudged" if sought else "caution.unsought", sought=sought))
    if statuses and set(statuses) == {"work_points"}:
        made.append(brief.words("caution.work_points"))
    return [escape(words) for words in made]


def fullest(brief: CityBriefing) -> str:
    """Return which topics hold the most targets, as the head of their table."""
    if brief.promised.empty:
        return brief.titled(brief.words("unread" if brief.partly else "promises.none"))
    counts = brief.promised["topic_id"].value_counts()
    most = [topic for topic in brief.book.topics["topic_id"] if counts.get(topic, 0) == counts.max()]
    said = brief.words(
        "promises.title" if len(most) == 1 else "promises.title.tied",
        count=len(brief.promised),
        topics=len(counts),
        most=brief.labels.all_of([_in_sentence(brief, topic) for topic in most]),
        number=int(counts.max()),
    )
    return brief.titled(said)


def _in_sentence(brief: CityBriefing, topic: str) -> str:
    """Return the name of a topic as it stands inside a sentence."""
    name = brief.labels.name("topics", topic)
    return name if name[:2].isupper() or name[0].isdigit() else name[0].lower() + name[1:]


def by_means(brief: CityBriefing) -> str:
    """Return which means most commitments name, and how few bear a number: of documents coded whole."""
    rows = brief.commitments[brief.commitments["source_id"].isin(brief.whole)]
    if rows.empty:
        coded = len(brief.commitments)
        return brief.titled(brief.words("means.title.partly" if coded else "unread", count=coded))
    counts = {name: int((rows["instrument"] == name).sum()) for name in INSTRUMENTS}
    most = max(INSTRUMENTS, key=lambda name: counts[name])
    said = brief.words(
        "means.title",
        share=brief.labels.share(100 * counts[most] / len(rows)),
        instrument=brief.words(f"means.{most}.long"),
        figures=brief.labels.share(100 * float((rows["quantifier"] == "figure").mean())),
    )
    if brief.partly:
        said = brief.words("means.title.whole", said=said, documents=_whole(brief))
    return brief.titled(said)


def _whole(brief: CityBriefing) -> str:
    """Return the documents that are coded whole, as they are called inside a sentence."""
    return brief.labels.all_of([brief.labels.document(brief.sources[name]) for name in brief.whole])


def fell_due(brief: CityBriefing) -> str:
    """Return how many of the dated commitments have fallen due."""
    dated = brief.commitments[brief.commitments["due_on"].notna()]
    past = int((dated["due_on"] <= brief.today).sum())
    if dated.empty:
        return brief.titled(brief.words("unread" if brief.partly else "deadlines.title.none"))
    key = "deadlines.title" if past < len(dated) else "deadlines.title.all"
    return brief.titled(brief.words(key, dated=len(dated), past=past))


def foremost(brief: CityBriefing, leads: Sequence[Leads]) -> str:
    """Return which agency leads the most commitments, if any is named to lead."""
    if not leads:
        return brief.titled(brief.words("unread" if brief.partly else "agencies.title.none"))
    values = {"agency": leads[0].name, "count": leads[0].all, "total": len(brief.led)}
    return brief.titled(brief.words("agencies.title", **values))


def judged(brief: CityBriefing) -> str:
    """Return for how many target figures an outcome decides, those from elsewhere among them."""
    known = len(decided(brief))
    if not known:
        return brief.words("attained.title.none")
    outside = sum(not row["row_id"].startswith("t-") for row in brief.attainment)
    section = "outcomes.title.outside" if outside else "outcomes.title"
    title = brief.words(section, count=len(brief.attainment), outside=outside, known=known)
    settled = [row for row in brief.attainment if row["verdict"] in DECIDED]
    names = (row[side] for row in settled for side in ("row_id", "outcome_id"))
    return brief.titled(brief.cautioned(title, names))


def left_out(brief: CityBriefing) -> str:
    """Return how many headline indicators the documents at hand do not mention: of those coded whole."""
    if not brief.sources:
        return brief.words("silences.title.absent")
    if not brief.whole:
        return brief.titled(brief.words("silences.title.unknown"))
    counts = {"total": brief.coverage["indicator_id"].nunique(), "silent": len(unmentioned(brief))}
    if len(brief.whole) != 1:
        documents = brief.labels.count(len(brief.whole))
        return brief.titled(brief.words("silences.title.several", documents=documents, **counts))
    document = brief.labels.document(brief.sources[brief.whole[0]])
    return brief.titled(brief.words("silences.title", document=document, **counts))
