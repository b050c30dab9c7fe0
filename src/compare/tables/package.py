"""The curated tables as one Data Package: a file per table, all cities joined, and the descriptor.

The dictionary names per-city tables by a pattern, which the standard does not know;
what is handed on and validated by other tools is therefore this package.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from compare.disk import write_together
from compare.project import CURATED
from compare.tables.book import quoted_csv, read_tables
from compare.tables.codebook import read_codebook
from compare.tables.plain_yaml import read_yaml

PACKAGE = Path("build", "package")


def write_package(root: Path, folder: Path | None = None) -> Path:
    """Write the package (datapackage.json and a CSV per table) and return the descriptor's path."""
    folder = folder or root / PACKAGE
    codebook = read_codebook(root)
    files = {
        folder / f"{name}.csv": quoted_csv([codebook[name].columns, *rows.cells]).encode()
        for name, rows in read_tables(root, codebook).items()
    }
    descriptor = folder / "datapackage.json"
    made = json.dumps(_descriptor(root), ensure_ascii=False, indent=1) + "\n"
    write_together({**files, descriptor: made.encode()})
    return descriptor


def _descriptor(root: Path) -> dict[str, Any]:
    package: dict[str, Any] = read_yaml((root / CURATED / "datapackage.yaml").read_bytes())
    package["profile"] = "tabular-data-package"
    for resource in package["resources"]:
        kind = {"profile": "tabular-data-resource", "encoding": "utf-8"}
        resource |= {"path": f"{resource['name']}.csv"} | kind
        resource["schema"]["missingValues"] = [""]
        for column in resource["schema"]["fields"]:
            # An empty cell is a missing value, to which the standard applies no list of values.
            rules = column.get("constraints", {})
            if "enum" in rules:
                rules["enum"] = [value for value in rules["enum"] if value]
    return package
