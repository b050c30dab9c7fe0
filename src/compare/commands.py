"""What each command does: it loads what it needs only when it runs, prints, and returns a status."""

from __future__ import annotations

import argparse
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from compare.build.problems import kept
from compare.disk import write_together, write_whole
from compare.errors import CompareError
from compare.project import CURATED


def check(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the data have passed every check, and say how much was checked."""
    from compare.rules.load import load

    with kept(root):
        held = vars(load(root, thorough=True)).values()
    rows = [len(table) for table in held if hasattr(table, "columns")]
    print(f"{len(rows)} tables, {sum(rows)} rows, no problem.")
    return 0


def build(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once every briefing asked for stands in `reports/`, 1 where one could not be built."""
    from compare.build import build as briefings

    # Told to end, a build takes its children along.
    signal.signal(signal.SIGTERM, _interrupt)
    if asked.why:
        print(*briefings.explain(root, asked.only), sep="\n")
        return 0
    if asked.notebook:
        return _cut(root, asked)
    if asked.parameter or asked.out:
        raise CompareError(
            "Parameters and a folder go with a notebook: build NOTEBOOK -p name=value --out FOLDER"
        )
    options = briefings.Options(tuple(asked.only), asked.jobs, asked.engine, asked.force)
    failures = briefings.build(root, options)
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def ledger(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the account of the documents named is printed, 1 where something in them is left over."""
    from compare.rules.accounts import ledger_csv, ledger_summary
    from compare.rules.remainder import nothing_is_left
    from compare.tables.book import open_book

    with kept(root, whole=False):
        held, problems = open_book(root)
        if problems:
            raise CompareError("What cannot be read cannot be accounted for", problems)
        sources = dict.fromkeys(held.read(name).source_id for name in asked.source or held.documents)
        told = ledger_csv if asked.format == "csv" else ledger_summary
        print(told(held, sources), end="")
        left = list(nothing_is_left(held, spared=set(held.documents) - set(sources)))
        if left:
            raise CompareError("Not everything is accounted for", left)
    return 0


def coverage(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the state of every document at hand is printed for every indicator, topic by topic."""
    from compare.analysis.coverage import coverage_table
    from compare.rules.load import load

    with kept(root):
        held = load(root)
    for topic in asked.topic or held.topics["topic_id"]:
        print(f"{topic}\n{coverage_table(held, topic)}\n")
    return 0


def codebook(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once CODEBOOK.md is written from datapackage.yaml."""
    from compare.tables.dictionary import write_codebook

    print(f"{write_codebook(root).relative_to(root).as_posix()} is written.")
    return 0


def release(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once release.csv and edition.yaml hold what the edition publishes, under its seal."""
    from compare.asked import read_day
    from compare.rules.check import check_rows_and_rest
    from compare.tables import book
    from compare.tables.codebook import read_codebook
    from compare.tables.edition import edition_of, edition_text
    from compare.tables.release import publish, seal_corrections

    with kept(root):
        held, problems = book.open_book(root)
        if not problems and seal_corrections(held):
            held, problems = book.open_book(root)
        problems = problems or check_rows_and_rest(held)
        if problems:
            raise CompareError("What does not hold is not published", problems)
    before = edition_of(root)
    last = before.editions[-1].published_on if before.editions else before.as_of
    name = asked.edition or before.edition
    day = read_day(asked.on, "--on", place="release") if asked.on else last
    as_of = read_day(asked.as_of, "--as-of", place="release") if asked.as_of else before.as_of
    lines, now = publish(held, replace(before, as_of=as_of), name, day)
    published = book.table_text(read_codebook(root)["release"], lines)
    write_together({
        root / CURATED / "release.csv": published.encode(),
        root / CURATED / "edition.yaml": edition_text(now).encode(),
    })  # fmt: skip
    rows = sum(line["edition"] == name for line in lines)
    print(f"Edition {name}: {rows} rows new or changed, {len(lines)} lines in release.csv.")
    return 0


def mend(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once what a spreadsheet did to the tables is undone, as far as that is mechanical."""
    from compare.tables.damage import mend_project

    with kept(root, whole=False):
        print(mend_project(root, write=not asked.dry_run))
    return 0


def agreement(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the agreement of the two codings is printed, or written to data/review/README.md."""
    from compare.coding.review import review_text
    from compare.tables.review import REVIEW

    if asked.write:
        write_whole(root / REVIEW / "README.md", review_text(root).encode())
        print(f"{(REVIEW / 'README.md').as_posix()} is written.")
    else:
        print(review_text(root), end="")
    return 0


def findings(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the findings of README.md are printed, or written into it."""
    from compare.build import documents
    from compare.outputs.readme import write_findings

    told = documents.findings(root)
    if asked.write:
        print(f"{write_findings(root, told).name} is written.")
    else:
        print(told, end="")
    return 0


def package(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the tables stand in build/package/ as one Data Package."""
    from compare.tables.package import write_package

    print(f"{write_package(root).relative_to(root).as_posix()} is written.")
    return 0


def verify(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once what was received is seen to have the bytes that this checkout makes."""
    from compare.build.verify import verify as held

    print(held(root, asked.received or root / "reports"))
    return 0


def word(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once each briefing asked for stands in reports/word/ as a Word document."""
    from compare.build import documents

    print("Making Word documents, two or three seconds each ...", flush=True)
    print(f"{len(documents.word(root, asked.only))} documents in {documents.FOLDER.as_posix()}/.")
    return 0


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _cut(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the pages of one notebook with its own parameters stand in a folder."""
    from compare.build import build as briefings
    from compare.build.cut import cuts, publish

    made = cuts(root, asked.notebook, asked.parameter)
    failures = briefings.run_alone(root, made, asked.jobs, asked.engine)
    for failure in failures:
        print(failure, file=sys.stderr)
    lost = {failure.name for failure in failures}
    publish(root, [one for one in made if one.name not in lost], asked.out or Path.cwd(), print)
    return 1 if failures else 0
