"""The curated tables as one Data Package: a file per table, all cities joined, and the descriptor.

The dictionary names per-city tables by a pattern, which the standard does not know;
what is handed on and validated by other tools is therefore this package.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import yaml

from compare.project import CURATED
from compare.tables.book import city_folders
from compare.tables.codebook import Table, read_codebook, read_table

PACKAGE = Path("build", "package")


def write_package(root: Path, folder: Path | None = None) -> Path:
    """Write the package (datapackage.json and a CSV per table) and return the descriptor's path."""
    folder = folder or root / PACKAGE
    folder.mkdir(parents=True, exist_ok=True)
    codebook = read_codebook(root)
    cities = city_folders(
        root, read_table(codebook["places"], root / CURATED / "places.csv", "places.csv").frame
    )
    for table in codebook.values():
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerow(table.columns)
            for path in _paths(root, table, cities):
                with path.open(encoding="utf-8", newline="") as lines:
                    writer.writerows(list(csv.reader(lines))[1:])
    descriptor = folder / "datapackage.json"
    descriptor.write_text(
        json.dumps(_descriptor(root), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return descriptor


def _paths(root: Path, table: Table, cities: list[str]) -> list[Path]:
    names = [table.path.replace("*", city) for city in cities] if table.per_city else [table.path]
    return [root / CURATED / name for name in names]


def _descriptor(root: Path) -> dict[str, Any]:
    package: dict[str, Any] = yaml.safe_load(
        (root / CURATED / "datapackage.yaml").read_text(encoding="utf-8")
    )
    package["profile"] = "tabular-data-package"
    for resource in package["resources"]:
        resource |= {
            "path": f"{resource['name']}.csv",
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
        }
        resource["schema"]["missingValues"] = [""]
        for column in resource["schema"]["fields"]:
            # An empty cell is a missing value, to which the standard applies no list of values.
            rules = column.get("constraints", {})
            if "enum" in rules:
                rules["enum"] = [value for value in rules["enum"] if value]
    return package
