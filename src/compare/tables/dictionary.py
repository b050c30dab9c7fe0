"""CODEBOOK.md: the dictionary of tables and columns for people, generated from datapackage.yaml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compare.disk import write_whole
from compare.project import CURATED
from compare.tables.codebook import Field, Table, read_codebook

HEAD = """# Codebook

Generated from `datapackage.yaml` by `python -m compare codebook`; change it there. How statements are
decided: `docs/coding.md`. A path with `*` stands for one file per city. Empty cells mean "not stated".
"""


def codebook_text(root: Path) -> str:
    """Return the text of CODEBOOK.md: one table per curated table, a line per column."""
    return "\n".join([HEAD, *map(_table, read_codebook(root).values())])


def write_codebook(root: Path) -> Path:
    """Write CODEBOOK.md beside the dictionary and return its path."""
    path = root / CURATED / "CODEBOOK.md"
    write_whole(path, codebook_text(root).encode())
    return path


def _table(table: Table) -> str:
    targets = {key.column: f"`{key.table}.{key.key}`" for key in table.foreign_keys}
    return "\n".join(
        [
            f"## {table.name}\n",
            f"`{table.path}` · key {' + '.join(f'`{name}`' for name in table.key)}\n",
            f"{table.description}\n",
            "| column | 列 | type | meaning | may hold |",
            "|---|---|---|---|---|",
            *(_line(column, targets.get(column.name, "")) for column in table.fields),
            "",
        ]
    )


def _limit(value: float | date) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:,.15g}"


def _line(column: Field, target: str) -> str:
    holds = [
        ", ".join(value for value in column.enum if value),
        target,
        f"`{column.pattern.pattern}`".replace("|", "\\|") if column.pattern else "",
        f"from {_limit(column.minimum)}" if column.minimum is not None else "",
        f"to {_limit(column.maximum)}" if column.maximum is not None else "",
        "required" if column.required else "",
    ]
    held = "; ".join(filter(None, holds))
    return f"| `{column.name}` | {column.title} | {column.type} | {column.description} | {held} |"
