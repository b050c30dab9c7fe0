"""The command door: `python -m compare COMMAND`; `--help` after any command says what it does.

A command is one `Command` in `COMMANDS`; it loads what it needs only when it runs,
so that a build with nothing to do is over at once.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from compare.errors import CompareError
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
        return command.run(find_root(asked.root), asked)
    except CompareError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. What was finished stays; the next run goes on from there.", file=sys.stderr)
        return 130


def check(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once the data have passed every check, and say how much was checked."""
    from compare.tables import book

    rows = [len(table) for table in vars(book.load(root)).values() if hasattr(table, "columns")]
    print(f"{len(rows)} tables, {sum(rows)} rows, no problem.")
    return 0


def build(root: Path, asked: argparse.Namespace) -> int:
    """Return 0 once every briefing asked for stands in `reports/`, 1 where one could not be built."""
    from compare.briefings.build import Options
    from compare.briefings.build import build as build_briefings

    # Told to end, a build takes its children along.
    signal.signal(signal.SIGTERM, _interrupt)
    failures = build_briefings(root, Options(tuple(asked.only), asked.jobs, asked.engine, asked.force))
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _no_options(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command takes only what all commands take."""


def _build_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME",
                        help="build only these briefings, for example topic-5g.zh")  # fmt: skip
    parser.add_argument("--jobs", type=_count, default=2, metavar="N",
                        help="how many notebooks run side by side (2 unless you say otherwise)")  # fmt: skip
    parser.add_argument("--engine", choices=["fork", "nbclient"],
                        help="how notebooks run: fork is fast, nbclient starts a Jupyter kernel for each and "
                        "works on every system; the pages are the same")  # fmt: skip
    parser.add_argument("--force", action="store_true", help="build anew even what has not changed")


COMMANDS = (
    Command(
        "check",
        "check the data",
        "Reads every table and every document, and lists each problem with its file, row and column. "
        "Nothing is changed.",
        _no_options,
        check,
    ),
    Command(
        "build",
        "build the briefings into reports/",
        "Runs the notebooks whose data, text or code has changed, and writes their pages and the index into "
        "reports/. The data are checked first: with a problem in them no briefing is built. A page that "
        "cannot be built is taken out of reports/, and the exit status is 1.",
        _build_options,
        build,
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
