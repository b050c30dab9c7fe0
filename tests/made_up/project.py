"""A whole project folder: code lists of the real one, and made-up cities with their documents and rows."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Iterable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random

import yaml

from compare.language.translated import numbers_apart
from made_up import elsewhere
from made_up.cities import World, add_province
from made_up.lists import FACTS, renumber, used_lists
from made_up.names import make_places
from made_up.promises import make_agenda
from made_up.shapes import Shape
from made_up.tables import CURATED, change_rows, read_dictionary, read_rows, write_rows
from made_up.writing import Row

PROJECT = Path(__file__).resolve().parents[2]
RAW = Path("data", "raw")
# What a project is read by; all else is about its own cities.
CODE_LISTS = (
    "divisions",
    "topics",
    "units",
    "indicators",
    "measures",
    "lookalikes",
    "number_rules",
    "lexical_numerals",
)


def write_project(
    folder: Path,
    shape: Shape,
    rng: Random,
    project: Path = PROJECT,
    keep: bool = False,
    released: bool = True,
) -> Path:
    """Write a project of made-up cities into `folder` and return it.

    Dictionary and code lists are those of `project`; with `keep` its cities stay, and the made-up ones
    stand beside them. `released` publishes the rows as an edition; without it release.csv is empty.
    Notebooks and locks, without which nothing can be built, are copied too.
    """
    _copy(project, folder, keep)
    lists = {name: read_rows(project, name) for name in (*CODE_LISTS, "places")}
    as_of = str(yaml.safe_load((project / CURATED / "edition.yaml").read_bytes())["as_of"])
    world = World(shape, rng, lists, as_of[:7])
    world.agenda = make_agenda(lists["indicators"], lists["units"], rng)
    rng.shuffle(world.agenda)
    nation = next(row for row in lists["places"] if row["level"] == "nation")
    taken = {row[name] for row in lists["places"] for name in ("place_id", "name_zh", "division_code")}
    taken |= {row["name_zh"].removesuffix("市").removesuffix("省") for row in lists["divisions"]}
    provinces, cities = make_places(shape.cities, shape.provinces, nation["place_id"], taken, rng)
    if not keep:
        world.add("places", [nation])
    world.add("places", [vars(place) for place in (*provinces, *cities)])
    for province in provinces:
        inside = [(at, city) for at, city in enumerate(cities) if city.parent_id == province.place_id]
        add_province(world, province, inside)
    _write(world, folder, keep)
    if released:
        _release(folder)
    return folder


def _copy(project: Path, folder: Path, keep: bool) -> None:
    for part in ("notebooks", "requirements"):
        shutil.copytree(project / part, folder / part, copy_function=shutil.copyfile)
    if keep:
        shutil.copytree(project / "data", folder / "data", copy_function=shutil.copyfile)
        # With other rows it is another edition.
        write_rows(folder, "release", [])
    else:
        (folder / CURATED).mkdir(parents=True)
        (folder / RAW).mkdir()
        for name in ("datapackage.yaml", "CODEBOOK.md", *(f"{table}.csv" for table in CODE_LISTS)):
            shutil.copyfile(project / CURATED / name, folder / CURATED / name)
    said = yaml.safe_load((project / CURATED / "edition.yaml").read_bytes())
    lines = [f'{name}: "{said[name]}"\n' for name in ("edition", "as_of")]
    fresh = [{"edition": said["edition"], "published_on": said["as_of"]}]
    # Corrections bear the days of their editions; seals are those of other rows.
    days = [{name: one[name] for name in ("edition", "published_on")} for one in said.get("editions", [])]
    if days:
        entries = (f'  - {{edition: "{one["edition"]}", published_on: "{one["published_on"]}"}}\n'
                   for one in (days if keep else fresh))  # fmt: skip
        lines += ["editions:\n", *entries]
    # What is published anew here has had every column from the first.
    if keep and said.get("columns"):
        lines.append("columns:\n")
        for one in said["columns"]:
            names = ", ".join(one["columns"])
            lines.append(f'  - {{added: "{one["added"]}", table: {one["table"]}, columns: [{names}]}}\n')
    (folder / CURATED / "edition.yaml").write_text("".join(lines), encoding="utf-8", newline="")


# ── files ────────────────────────────────────────────────────────────────────
def _write(world: World, folder: Path, keep: bool) -> None:
    scopes = {row["scope_zh"] for tables in world.cities.values() for row in tables.get("targets", [])}
    scopes |= {row["scope_zh"] for row in (*world.shared.get("outcomes", []),
                                           *world.shared.get("outside_targets", []))}  # fmt: skip
    english = {"全市": "the whole city", "农村": "the countryside", "農村": "the countryside"}
    world.add("terms", [{"term_zh": zh, "term_en": english[zh]} for zh in sorted(scopes - {""})])
    lists = {} if keep else used_lists(world)
    renumber(world)
    facts = [row for name in FACTS for row in world.shared.get(name, [])]
    world.add("web_pages", elsewhere.pages(facts, world.month))
    every = world.cities.values()
    world.add("translations", [row for tables in every for row in tables.get("translations", [])])
    dated = [row for tables in every for row in tables.get("commitments", []) if row["deadline_id"]]
    world.add("translations", [{"row_id": row["commitment_id"], "quote_en": _english(row)} for row in dated])
    for name, table in read_dictionary(folder).items():
        if table.per_city:
            for city, tables in world.cities.items():
                write_rows(folder, name, tables.get(name, []), city)
        elif name in lists:
            write_rows(folder, name, lists[name])
        elif name not in CODE_LISTS:
            before = read_rows(folder, name) if keep else []
            known = {tuple(row[key] for key in table.key) for row in before}
            new = [row for row in world.shared.get(name, []) if _key(row, table.key) not in known]
            write_rows(folder, name, [*before, *new])
    _turn(folder, world.shape.lower)
    for path, content in world.texts.items():
        target = folder / RAW / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _english(commitment: Row) -> str:
    """Return words for a clause that name its numbers, as a translation has to."""
    return " ".join(["Commitment with a deadline:", *numbers_apart(str(commitment["action_zh"]), "")[0]])


def _key(row: Row, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(row.get(name, "")) for name in names)


def _turn(folder: Path, lower: Iterable[str]) -> None:
    if named := set(lower):
        change_rows(
            folder,
            "indicators",
            lambda row: row | {"better": "lower"} if row["indicator_id"] in named else row,
        )


class _Unasked(Namespace):
    """The options of a command of which none was given."""

    def __getattr__(self, name: str) -> None:
        return None


def _release(folder: Path) -> None:
    from compare.commands import release

    with redirect_stdout(StringIO()):
        release(folder, _Unasked())
