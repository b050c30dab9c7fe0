"""The command door: `python -m compare COMMAND`; `--help` after any command says what it does.

A command is one `Command` in `COMMANDS`; it loads what it needs only when it runs,
so that a build with nothing to do is over at once.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from compare.build.problems import forget, keep
from compare.errors import CompareError
from compare.project import CURATED, find_root


@dataclass(frozen=True)
class Command:
    """One command: its name, what it does in a line, the rest of its help, its options, and how it runs."""

    name: str
    summary: str
    detail: str
    options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Path, argparse.Namespace], int]


def main(words: Sequence[str] | None = None) -> int:
    """Return the exit status of one command: 0 when all is well, 1 when something is to be mended."""
    asked = _parser().parse_args(words)
    command: Command = asked.command
    root: Path | None = None
    try:
        root = find_root(asked.root)
        forget(root)
        return command.run(root, asked)
    except CompareError as error:
        print(error, file=sys.stderr)
        if root and error.problems:
            print(end=keep(root, error.problems), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. What was finished stays; the next run goes on from there.", file=sys.stderr)
        return 130


def check(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the data have passed every check, and say how much was checked."""
    from compare.rules.load import load

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
    """Return 0 once the account of numerals and clauses is printed, 1 where something is left over."""
    from compare.rules.accounts import ledger_csv, ledger_summary
    from compare.rules.remainder import nothing_is_left
    from compare.tables.book import open_book

    held, _ = open_book(root)
    sources = [held.read(name).source_id for name in asked.source or held.documents]
    told = ledger_csv if asked.format == "csv" else ledger_summary
    print(told(held, sources), end="")
    left = list(nothing_is_left(held))
    if left:
        raise CompareError("Not everything is accounted for", left)
    return 0


def coverage(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the state of every document at hand is printed for every indicator, topic by topic."""
    from compare.analysis.coverage import coverage_table
    from compare.rules.load import load

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
    book.write_table(read_codebook(root)["release"], lines, root / CURATED / "release.csv")
    (root / CURATED / "edition.yaml").write_text(edition_text(now), encoding="utf-8", newline="")
    rows = sum(line["edition"] == name for line in lines)
    print(f"Edition {name}: {rows} rows new or changed, {len(lines)} lines in release.csv.")
    return 0


def mend(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once what a spreadsheet did to the tables is undone, as far as that is mechanical."""
    from compare.tables.damage import mend_project

    print(mend_project(root, write=not asked.dry_run))
    return 0


def agreement(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the agreement of the two codings is printed, or written to data/review/README.md."""
    from compare.coding.review import review_text
    from compare.tables.review import REVIEW

    if asked.write:
        (root / REVIEW / "README.md").write_text(review_text(root), encoding="utf-8", newline="")
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


def word(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once each briefing asked for stands in reports/word/ as a Word document."""
    from compare.build import documents

    print("Making Word documents, two or three seconds each ...", flush=True)
    print(f"{len(documents.word(root, asked.only))} documents in {documents.FOLDER.as_posix()}/.")
    return 0


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _mend_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only tell what would be undone")


def _release_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--edition", metavar="NAME", help="begin another edition; otherwise the one in force")
    parser.add_argument("--on", metavar="DAY", help="the day on which it is published, as 2026-11-27")
    parser.add_argument("--as-of", metavar="DAY", help="the day on which what is due is reckoned")


def _no_options(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command takes only what all commands take."""


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


def _build_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebook", nargs="?", metavar="NOTEBOOK",
                        help="make one briefing of your own: a notebook by name or path")  # fmt: skip
    parser.add_argument("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE",
                        help="a parameter of that notebook; several cities stand between commas")  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where to write it; here otherwise")
    _only(parser, "build only these briefings")
    parser.add_argument("--jobs", type=_count, default=2, metavar="N",
                        help="how many notebooks run side by side (2 unless you say otherwise)")  # fmt: skip
    parser.add_argument("--engine", choices=["fork", "nbclient"],
                        help="how notebooks run: fork is fast, nbclient starts a Jupyter kernel for each and "
                        "works on every system; the pages are the same")  # fmt: skip
    anew = parser.add_mutually_exclusive_group()
    anew.add_argument("--force", action="store_true", help="build anew even what has not changed")
    anew.add_argument("--why", action="store_true",
                      help="say for each page what changed since it was made, and build nothing")  # fmt: skip


def _ledger_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="*", help="documents to account for (all at hand unless named)")
    parser.add_argument("--format", choices=["text", "csv"], default="text",
                        help="text: counts by document and class; csv: every numeral")  # fmt: skip


def _coverage_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("topic", nargs="*", help="topics to show (all unless named)")


def _writes(file: str) -> Callable[[argparse.ArgumentParser], None]:
    def options(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"write {file} instead of printing")

    return options


def _only(parser: argparse.ArgumentParser, what: str = "make only these documents") -> None:
    parser.add_argument("--only", nargs="+", action="extend", default=[], metavar="NAME",
                        help=f"{what}, for example topic-5g.zh")  # fmt: skip


COMMANDS = (
    Command(
        "check",
        "check the data",
        "Reads every table and every document, and lists each problem with its file, row and column: the "
        "first hundred here, all of them in build/problems.csv. Nothing is changed.",
        _no_options,
        check,
    ),
    Command(
        "build",
        "build the briefings into reports/",
        "Runs the notebooks whose data, text or code has changed, and writes their pages and the index into "
        "reports/. The data are checked first: with a problem in them no briefing is built. A page that "
        "cannot be built is taken out of reports/, and the exit status is 1; the others stay, and the index "
        "lists those that stand.",
        _build_options,
        build,
    ),
    Command(
        "ledger",
        "account for every numeral and clause of the documents",
        "Counts every numeral by what it is (a target, a deadline, a name ...), and the share of each body "
        "that undertakes something. The status is 1 where a document whose coding is complete has a numeral "
        "or a clause that nothing accounts for.",
        _ledger_options,
        ledger,
    ),
    Command(
        "coverage",
        "show what each document says of each indicator",
        "Prints, topic by topic, whether a document at hand gives a number, a status or words, or is silent.",
        _coverage_options,
        coverage,
    ),
    Command(
        "agreement",
        "compare the two codings",
        "Computes how far coders A and B found and coded the same statements, as data/review holds them.",
        _writes("data/review/README.md"),
        agreement,
    ),
    Command(
        "word",
        "write the briefings as Word documents",
        "Writes reports/word/: each finished page as a .docx in the official Chinese style. The pages must "
        "be up to date; charts are drawn by a Chromium, Chrome or Edge of this machine.",
        _only,
        word,
    ),
    Command(
        "findings",
        "tell the findings on 5G, smart communities and open data",
        "Makes the findings of README.md from the English pages of these topics, which must be up to date.",
        _writes("them into README.md"),
        findings,
    ),
    Command(
        "codebook",
        "write CODEBOOK.md",
        "Writes data/curated/CODEBOOK.md from datapackage.yaml, the one dictionary of tables and columns.",
        _no_options,
        codebook,
    ),
    Command(
        "package",
        "write the tables as one Data Package",
        "Writes build/package/: a CSV file per table, all cities joined, and datapackage.json beside them.",
        _no_options,
        package,
    ),
    Command(
        "mend",
        "undo what a spreadsheet did to the tables",
        "Undoes what is mechanical in data/curated: a byte order mark, GBK, Windows line ends, blank "
        "rows, "
        "columns in another order, days as 2022/12/31, numbers as 12.0. Tells what is left to a person.",
        _mend_options,
        mend,
    ),
    Command(
        "release",
        "publish the tables as they stand",
        "Checks the data, adds the rows that are new or changed to release.csv under the edition in force, "
        "and seals it in edition.yaml. From then on a row changes only with a correction.",
        _release_options,
        release,
    ),
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m compare", description="Compares what cities promise.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        one = commands.add_parser(command.name, help=command.summary, description=command.detail)
        one.add_argument("--root", type=Path, metavar="DIR",
                         help="the project's folder; found from the current folder unless given")  # fmt: skip
        command.options(one)
        one.set_defaults(command=command)
    return parser


def _count(word: str) -> int:
    if not word.isdigit() or int(word) < 1:
        raise argparse.ArgumentTypeError(f'found "{word}"; expected a whole number from 1 up')
    return int(word)


if __name__ == "__main__":
    sys.exit(main())
