"""The provinces and cities of a made-up project: their documents, their rows, the figures about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from random import Random

from made_up import elsewhere
from made_up.coding import Keys
from made_up.documents import Plan, Setting, write_plan
from made_up.heads import BASIS_YEAR, basis_of, issuer_of, number_of, scraping, title_of
from made_up.names import Town
from made_up.promises import Item
from made_up.settling import explain, keep
from made_up.shapes import Paper, Shape, in_turn
from made_up.writing import Row, Scraped, traditional

MANNERS = ("(牵头单位:{};配合单位:{})", "({}牵头,{}配合)")


@dataclass
class World:
    """The rows and texts of all made-up cities, before they are written."""

    shape: Shape
    rng: Random
    lists: dict[str, list[dict[str, str]]]
    month: str
    agenda: list[Item] = field(default_factory=list)
    shared: dict[str, list[Row]] = field(default_factory=dict)
    cities: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def add(self, table: str, rows: Iterable[Row], city: str = "") -> None:
        """Take rows into a table of all cities, or into that of one."""
        tables = self.cities.setdefault(city, {}) if city else self.shared
        tables.setdefault(table, []).extend(rows)


# ── one province, one city, one document ─────────────────────────────────────
def add_province(world: World, province: Town, inside: list[tuple[int, Town]]) -> None:
    """Add a province and its cities, each with its number, to a world."""
    persons = {city.place_id: world.rng.randrange(800_000, 9_000_000, 1000) for _, city in inside}
    for number, city in inside:
        _city(world, province, city, number, persons[city.place_id])
    whole = sum(persons.values()) + 2_000_000
    if any(in_turn(world.shape.population, number) for number, _ in inside):
        world.add("reference", elsewhere.population(province, whole, world.lists["measures"]))
    if world.shape.figures:
        world.add(
            "outside_targets",
            elsewhere.asked(province, world.agenda[:6], 2025, len(inside), world.lists["measures"]),
        )
    if any(paper.status != "not_obtained" for at, _ in inside for paper in in_turn(world.shape.papers, at)):
        name = basis_of(province).strip("《》")
        english = f"{province.name_en} outline for digital government, {BASIS_YEAR}"
        world.add("sources", [_known(province, f"{province.place_id}-{BASIS_YEAR}", name, english)])


def _city(world: World, province: Town, city: Town, number: int, persons: int) -> None:
    world.cities[city.place_id] = {}
    keys, plans = Keys(city.place_id), []
    papers = in_turn(world.shape.papers, number)
    for at, paper in enumerate(papers):
        source_id = f"{city.place_id}-{paper.first_year}" + (f"-{at + 1}" if at else "")
        if paper.status == "not_obtained":
            zh, en = title_of(replace(paper, status="adopted"), city)
            world.add("sources", [_known(city, source_id, f"〔{zh}〕", en)])
        else:
            plans.append(_document(world, province, city, number, paper, source_id, keys))
    world.add("agencies", _agencies(world, city, any(paper.script == "Hant" for paper in papers)))
    promised = _operative(world, city.place_id)
    _continue(world, city.place_id, plans)
    if in_turn(world.shape.population, number):
        world.add("reference", elsewhere.population(city, persons, world.lists["measures"]))
    reached: list[Row] = []
    if in_turn(world.shape.outcomes, number):
        reached = elsewhere.outcomes(city, promised, 2025, world.lists["measures"], world.rng)
        world.add("outcomes", reached)
    if world.shape.not_found:
        lacking = {item.indicator_id for item, _ in promised} - {row["indicator_id"] for row in reached}
        missing = [row for row in world.lists["indicators"] if row["indicator_id"] in lacking][:2]
        if not in_turn(world.shape.population, number):
            counted = [row for row in world.lists["measures"] if row["kind"] == "population"]
            missing += [row for row in counted if not re.search("[0-9]", row["name_en"])][:1]
        world.add("not_found", elsewhere.not_found(city, missing))


def _agencies(world: World, city: Town, hant: bool) -> list[Row]:
    """Return the bodies that tasks of a city name, under their Traditional names too where they are used."""
    tasks = world.cities[city.place_id].get("tasks", [])
    roles = ("lead_ids", "support_ids", "responsible_ids")
    named = {name for row in tasks for role in roles for name in str(row.get(role, "")).split(";")}
    aliases = {one.name_zh: traditional(one.name_zh) if hant else one.name_zh for one in city.agencies}
    return [
        vars(one) | {"place_id": city.place_id, "aliases_zh": alias if alias != one.name_zh else ""}
        for one in city.agencies
        for alias in [aliases[one.name_zh]]
        if one.agency_id in named
    ]


def _known(place: Town, source_id: str, title: str, english: str) -> Row:
    """Return the row of a document that is known to exist and not at hand."""
    return {"source_id": source_id, "place_id": place.place_id, "title_zh": title, "title_en": english,
            "status": "not_obtained", "coding_state": "registered"}  # fmt: skip


def _document(
    world: World, province: Town, city: Town, number: int, paper: Paper, source_id: str, keys: Keys
) -> tuple[Paper, Plan]:
    shape, rng = world.shape, world.rng
    topics = {row["topic_id"]: row["name_zh"] for row in world.lists["topics"]}
    setting = Setting(city, province, world.agenda, topics, in_turn(shape.topics, number),
                      rng.choice(MANNERS), shape.equal, shape.odd_marks)  # fmt: skip
    plan = write_plan(setting, paper, keys, source_id, rng)
    coded = _coded(paper, plan, list(topics))
    if paper.coding_state == "in_review":
        keep(plan.coding, set(coded))
    explain(plan.coding, {
        row["indicator_id"]: row["keywords_zh"].split(";")
        for row in world.lists["indicators"] if row["topic_id"] in coded
    })  # fmt: skip
    text = plan.coding.writing.text
    if paper.script == "Hant":
        text = traditional(text)
    page = Scraped(text, scraping(paper, text, city))
    world.words += [plan.coding.writing.text, page.raw]
    path = f"{city.place_id}/{source_id}.txt"
    world.texts[path] = page.raw.encode("utf-8")
    world.add("sources", [_at_hand(province, city, paper, source_id, coded, path, world.texts[path])])
    world.add("furniture", _furniture(source_id, page), city.place_id)
    if paper.coding_state != "registered":
        _rows(world, plan, page, city.place_id)
    return paper, plan


def _coded(paper: Paper, plan: Plan, topics: list[str]) -> list[str]:
    """Return the topics that are coded: all, the first half of those the document has tasks on, or none."""
    half = plan.topics[: (len(plan.topics) + 1) // 2]
    return sorted({"complete": topics, "in_review": half, "registered": []}[paper.coding_state])


def _at_hand(
    province: Town, city: Town, paper: Paper, source_id: str, coded: list[str], path: str, content: bytes
) -> Row:
    title_zh, title_en = title_of(paper, city)
    adopted = paper.status == "adopted"
    # What is supplied in 〔〕 is ours, and Simplified; all else is printed in the document's script.
    printed = traditional if paper.script == "Hant" and adopted else str
    return {
        "source_id": source_id, "place_id": city.place_id,
        "title_zh": printed(title_zh), "title_en": title_en,
        "document_number": printed(number_of(paper, city)), "issuer_zh": printed(issuer_of(paper, city)),
        "drawn_up_on": f"{paper.first_year}-02-20" if adopted else "",
        "published_on": f"{paper.first_year}-03-01" if paper.layout == "web" else "",
        "period_text": "/".join(dict.fromkeys((str(paper.first_year), str(paper.last_year)))),
        "period_start": f"{paper.first_year}-01-01", "period_end": f"{paper.last_year}-12-31",
        "status": paper.status, "coding_state": paper.coding_state, "coded_topics": ";".join(coded),
        "script": paper.script, "path": path, "sha256": sha256(content).hexdigest(),
        "url": f"https://www.{city.place_id}.example/{source_id}.html", "cites_zh": basis_of(province),
    }  # fmt: skip


def _furniture(source_id: str, page: Scraped) -> list[Row]:
    return [
        {"source_id": source_id, "start": start, "end": end, "class": insert.kind, "note": "网页自身的文字",
         "first_words": insert.words.split("\n")[0], "last_words": insert.words[-6:].replace("\n", "\\n")}
        for start, end, insert in page.furniture
    ]  # fmt: skip


def _rows(world: World, plan: Plan, page: Scraped, city: str) -> None:
    """Take a document's rows, in words, into the tables of its city and into those of all."""
    for table, rows in plan.coding.rows.items():
        worded = [page.row(row) for row in rows]
        rows[:] = worded
        world.add(table, worded, city)


# ── across the documents of a city ───────────────────────────────────────────
def _operative(world: World, city: str) -> list[tuple[Item, Row]]:
    """Return the promises that count, of documents whose coding shows."""
    items = {item.indicator_id: item for item in world.agenda}
    return [
        (items[row["indicator_id"]], row)
        for row in world.cities[city].get("targets", [])
        if row["kind"] == "target" and not row.get("restates_target_id")
    ]


def _continue(world: World, city: str, plans: list[tuple[Paper, Plan]]) -> None:
    """Let clauses of a city's latest complete document take up those in the same words of an earlier one."""
    coded = sorted(
        ((paper.first_year, plan) for paper, plan in plans if paper.coding_state == "complete"),
        key=lambda pair: pair[0],
    )
    if len(coded) < 2 or coded[0][0] == coded[-1][0]:
        return
    first: dict[tuple[str, str], Row] = {}
    for row in coded[0][1].coding.rows["commitments"]:
        first.setdefault((row["topic_id"], row["action_zh"]), row)
    for row in coded[-1][1].coding.rows["commitments"]:
        earlier = first.pop((row["topic_id"], row["action_zh"]), None)
        if earlier is not None:
            pair = {"later_id": row["commitment_id"], "earlier_id": earlier["commitment_id"]}
            world.add("continuations", [pair | {"relation": "again", "coder": "A"}], city)
