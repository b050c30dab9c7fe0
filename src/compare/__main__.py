"""The command door: `python -m compare COMMAND`; `--help` after any command says what it does.

A command is one `Command` in `COMMANDS`; it loads what it needs only when it runs,
so that a build with nothing to do is over at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from compare import commands
from compare.disk import refused
from compare.errors import CompareError, brief
from compare.project import find_root


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
    try:
        status = command.run(find_root(asked.root), asked)
        sys.stdout.flush()
        return status
    except (CompareError, OSError) as error:
        return _failed(error)
    except KeyboardInterrupt:
        print("\nInterrupted. What was finished stays; the next run goes on from there.", file=sys.stderr)
        return 130


def _failed(error: CompareError | OSError) -> int:
    """Return 1 once an error is told, and leave nothing to say to a standard output that takes no more."""
    print(refused(error) if isinstance(error, OSError) else error, file=sys.stderr)
    print(*getattr(error, "__notes__", ()), sep="", end="", file=sys.stderr)
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _mend_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only tell what would be undone")


def _release_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--edition", metavar="NAME", help="begin another edition; otherwise the one in force")
    parser.add_argument("--on", metavar="DAY", help="the day on which it is published, as 2026-11-27")
    parser.add_argument("--as-of", metavar="DAY", help="the day on which what is due is reckoned")


def _no_options(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command takes only what all commands take."""


def _build_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebook", nargs="?", metavar="NOTEBOOK",
                        help="make one briefing of your own: a notebook by name or path")  # fmt: skip
    parser.add_argument("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE",
                        help="a parameter of that notebook; several cities stand between commas")  # fmt: skip
    parser.add_argument("--out", type=_path, metavar="FOLDER", help="where to write it; here otherwise")
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


def _verify_options(parser: argparse.ArgumentParser) -> None:
    told = "a page, calendar or workbook, perhaps renamed, or a folder of them (reports/ unless named)"
    parser.add_argument("received", nargs="?", type=_path, metavar="FILE|FOLDER", help=told)


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
        commands.check,
    ),
    Command(
        "build",
        "build the briefings into reports/",
        "Runs the notebooks whose data, text or code has changed, and writes their pages and the index into "
        "reports/. The data are checked first: with a problem in them no briefing is built. A page that "
        "cannot be built is taken out of reports/, and the exit status is 1; the others stay, and the index "
        "lists those that stand.",
        _build_options,
        commands.build,
    ),
    Command(
        "ledger",
        "account for every numeral and clause of the documents",
        "Counts every numeral by what it is (a target, a deadline, a name ...), and the share of each body "
        "that undertakes something. The status is 1 where one of the documents named, its coding being "
        "complete, has a numeral or a clause that nothing accounts for.",
        _ledger_options,
        commands.ledger,
    ),
    Command(
        "coverage",
        "show what each document says of each indicator",
        "Prints, topic by topic, whether a document at hand gives a number, a status or words, or is silent.",
        _coverage_options,
        commands.coverage,
    ),
    Command(
        "agreement",
        "compare the two codings",
        "Computes how far coders A and B found and coded the same statements, as data/review holds them.",
        _writes("data/review/README.md"),
        commands.agreement,
    ),
    Command(
        "word",
        "write the briefings as Word documents",
        "Writes reports/word/: each finished page as a .docx in the official Chinese style. The pages must "
        "be up to date; charts are drawn by a Chromium, Chrome or Edge of this machine.",
        _only,
        commands.word,
    ),
    Command(
        "findings",
        "tell the findings on 5G, smart communities and open data",
        "Makes the findings of README.md from the English pages of these topics, which must be up to date.",
        _writes("them into README.md"),
        commands.findings,
    ),
    Command(
        "verify",
        "hold what was received against this checkout",
        "Compares a page that came by mail, or a whole folder, byte for byte with what this checkout's last "
        "build made, and tells all that differs and why: altered words, another edition, other inputs, files "
        "that lack. The status is 0 where all is the same. Word documents stand apart.",
        _verify_options,
        commands.verify,
    ),
    Command(
        "codebook",
        "write CODEBOOK.md",
        "Writes data/curated/CODEBOOK.md from datapackage.yaml, the one dictionary of tables and columns.",
        _no_options,
        commands.codebook,
    ),
    Command(
        "package",
        "write the tables as one Data Package",
        "Writes build/package/: a CSV file per table, all cities joined, and datapackage.json beside them.",
        _no_options,
        commands.package,
    ),
    Command(
        "mend",
        "undo what a spreadsheet did to the tables",
        "Undoes what is mechanical in data/curated: a byte order mark, GBK, Windows line ends, blank "
        "rows, "
        "columns in another order, days as 2022/12/31, numbers as 12.0. Tells what is left to a person.",
        _mend_options,
        commands.mend,
    ),
    Command(
        "release",
        "publish the tables as they stand",
        "Checks the data, adds the rows that are new or changed to release.csv under the edition in force, "
        "and seals it in edition.yaml. From then on a row changes only with a correction.",
        _release_options,
        commands.release,
    ),
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m compare", description="Compares what cities promise.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        one = commands.add_parser(command.name, help=command.summary, description=command.detail)
        one.add_argument("--root", type=_path, metavar="DIR",
                         help="the project's folder; found from the current folder unless given")  # fmt: skip
        command.options(one)
        one.set_defaults(command=command)
    return parser


def _path(word: str) -> Path:
    """Return a path as it was named; refuse what no disk takes, and what could not be told to anyone."""
    try:
        odd = "\0" in word or not word.encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8
        odd = True
    if odd:
        raise argparse.ArgumentTypeError(f'found "{brief(word)}"; expected the path of a file or folder')
    return Path(word)


def _count(word: str) -> int:
    if not word.isdigit() or int(word) < 1:
        raise argparse.ArgumentTypeError(f'found "{word}"; expected a whole number from 1 up')
    return int(word)


if __name__ == "__main__":
    sys.exit(main())
