"""The code lists of a made-up project: what its rows and texts use of those of the real one, and no more."""

from __future__ import annotations

import regex

from made_up.cities import World
from made_up.writing import Row

FACTS = ("reference", "outcomes", "outside_targets")
# The tables whose ids are numbered, with their keys.
KEYS = {
    "tasks": "task_id",
    "ledger": "ledger_id",
    "deadlines": "deadline_id",
    "commitments": "commitment_id",
    "targets": "target_id",
    "mentions": "mention_id",
    "other_clauses": "clause_id",
}


def used_lists(world: World) -> dict[str, list[Row]]:
    """Return the code lists that depend on what there is, without what nothing uses.

    Mentions of indicators that nobody puts a number to are dropped with them.
    """
    measured = {row["indicator_id"] for row in _rows(world, "targets")}
    measured |= {row["indicator_id"] for name in FACTS[1:] for row in world.shared.get(name, [])}
    for tables in world.cities.values():
        kept = [row for row in tables.get("mentions", []) if row["indicator_id"] in measured]
        shown = {row["mention_id"] for row in kept}
        tables["mentions"] = kept
        tables["translations"] = [
            row for row in tables.get("translations", []) if row["row_id"][0] == "t" or row["row_id"] in shown
        ]
    named = {row.get("measure_id") for name in FACTS for row in world.shared.get(name, [])}
    named |= {row["item_id"] for row in world.shared.get("not_found", [])}
    measures = [row for row in world.lists["measures"] if row["measure_id"] in named]
    kinds, text = {row["kind"] for row in measures} | {""}, "\n".join(world.words)
    known = measured | {row["measure_id"] for row in measures}
    rules = [
        row for row in world.lists["number_rules"] if regex.search(row["pattern"], text, regex.MULTILINE)
    ]
    return {
        "indicators": [
            row | {"normaliser": row["normaliser"] if row["normaliser"] in kinds else ""}
            for row in world.lists["indicators"]
            if row["indicator_id"] in measured
        ],
        "measures": measures,
        "lookalikes": [
            row for row in world.lists["lookalikes"] if {row["item_id"], row["other_id"]} <= known
        ],
        "lexical_numerals": [row for row in world.lists["lexical_numerals"] if row["word_zh"] in text],
        "number_rules": [row | {"rule_id": f"n{at:02d}"} for at, row in enumerate(rules, 1)],
    }


def _rows(world: World, table: str) -> list[Row]:
    return [row for tables in world.cities.values() for row in tables.get(table, [])]


def renumber(world: World) -> None:
    """Let the ids of each city's rows run on, though some rows were not kept."""
    for city, tables in world.cities.items():
        renamed: dict[str, str] = {}
        for name, key in KEYS.items():
            rows = sorted(tables.get(name, []), key=lambda row: row[key])
            renamed |= {row[key]: f"{row[key][:2]}{city}-{at:04d}" for at, row in enumerate(rows, 1)}
        for row in (row for rows in tables.values() for row in rows):
            row |= {name: renamed.get(value, value) for name, value in row.items() if name.endswith("_id")}
