"""What stands in `reports/` and what should: pages leave, take their names, and are recorded."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from compare.build import manifest, stale
from compare.build.inputs import Inputs, inputs_of, inputs_of_all, shared_files
from compare.build.plan import Briefing
from compare.build.portfolio import read_portfolio
from compare.build.stale import Made
from compare.build.takeaways import Takeaway
from compare.disk import remove
from compare.errors import CompareError, Problem
from compare.project import FRONT, inside

FRONTS = tuple(FRONT.values())
# Every page says in its head what made it; with a name of ours that tells it from a file of the user's.
GENERATOR = b'<meta name="generator" content="city-compare'
# What a build that was killed had half written.
UNFINISHED = re.compile(r".+\.\d+\.part")


def ours(root: Path) -> re.Pattern[str]:
    """Return the pattern of names that pages of the portfolio bear, whatever topic or city they are of."""
    names = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(entry.name)) for entry in read_portfolio(root)]
    return re.compile(rf"({'|'.join([*names, 'index'])})(\.\w+)?")


@dataclass
class Site:
    """The pages planned, what they are made from, and those that stand as recorded.

    `left` holds the records of pages that were taken out of `reports/` and not made again.
    """

    root: Path
    briefings: list[Briefing] = field(default_factory=list)
    inputs: dict[str, Inputs] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    takeaways: list[Takeaway] = field(default_factory=list)
    everything: Inputs | None = None
    left: dict[str, Made] = field(default_factory=dict)

    @cached_property
    def stated(self) -> dict[str, Any]:
        """Return the edition and the environment in which this site is built."""
        return manifest.stated(self.root)

    def standing(self) -> list[Briefing]:
        """Return the briefings whose pages stand in `reports/`."""
        return [briefing for briefing in self.briefings if briefing.page in self.made]

    def missing(self) -> list[Takeaway]:
        """Return the files beside the briefings that do not stand in `reports/`."""
        return [one for one in self.takeaways if one.name not in self.made]

    def index_inputs(self, pages: Iterable[str] | None = None) -> Inputs:
        """Return what an index over `pages`, or over all that stand, is made from."""
        names = [one.page for one in self.standing()] + [one.name for one in self.takeaways]
        listed = [name for name in names if name in self.made] if pages is None else list(pages)
        return replace(self.everything or inputs_of_all(self.root), parameters={"pages": listed})

    def index_stands(self) -> bool:
        """Return whether the front pages in `reports/` are those over the pages that stand."""
        inputs = self.index_inputs()
        return all(stale.stands(self.root, name, self.made.get(name), inputs) for name in FRONTS)

    def stands(self, page: str) -> bool:
        """Return whether a page planned is in `reports/` as it would be made now."""
        return stale.stands(self.root, page, self.made.get(page), self.inputs[page])

    def unplanned(self) -> Iterator[str]:
        """Yield what builds left in `reports/` and the plan does not hold: pages, and half-written files."""
        reports, known = self.root / stale.REPORTS, {*FRONTS, *self.inputs}
        yield from (page for page in self.made if page not in known)
        # The record of it may be lost, by a build folder that was cleared or an interrupted disk.
        for path in sorted(reports.glob("*.html")):
            if path.name in known or path.name in self.made or not ours(self.root).fullmatch(path.stem):
                continue
            if path.is_file() and GENERATOR in path.read_bytes()[:4096]:
                yield path.name
        for path in sorted(reports.rglob("*.part")):
            if UNFINISHED.fullmatch(path.name):
                yield path.relative_to(reports).as_posix()

    def drop(self, pages: Iterable[str]) -> None:
        """Take pages out of `reports/`, and with them the front pages that name them.

        Raises `Refused`, once all others have left, for those that cannot be taken out.
        """
        leaving = {page: self.root / stale.REPORTS / page for page in (*FRONTS, *pages)}
        try:
            remove([*leaving.values(), *map(self._word, leaving)])
        finally:
            for page in [page for page, path in leaving.items() if not os.path.lexists(path)]:
                made = self.made.pop(page, None)
                if made is not None and page in self.inputs:
                    self.left[page] = replace(made, sha256=None)
            self._record()

    def publish(self, page: str) -> None:
        """Give a page in `build/pages/` its final name, and record it at once."""
        inputs = self.index_inputs() if page in FRONTS else self.inputs[page]
        remove([self._word(page)])
        self.made[page] = stale.publish(self.root, page, inputs)
        self._record()

    def _word(self, page: str) -> Path:
        # A Word document made of a page leaves with it.
        return self.root / stale.REPORTS / "word" / f"{Path(page).stem}.docx"

    def list_files(self) -> None:
        """List in `reports/` what stands there, where the list is not there or not that."""
        listed = manifest.manifest_bytes(self.stated, self.made) if self.made else None
        manifest.keep(self.root, listed)

    def _record(self) -> None:
        self.list_files()
        stale.write_manifest(self.root, {**self.left, **self.made})


def look(
    root: Path,
    plan: Callable[[Path], list[Briefing]],
    takeaways: Callable[[Path], list[Takeaway]] = lambda _root: [],
) -> Site:
    """Return the site of `root` as it is; nothing is changed. Raises the `CompareError` of `plan`."""
    recorded = stale.read_manifest(root)
    briefings, others = plan(root), takeaways(root)
    shared = shared_files(root)
    everything = inputs_of_all(root, shared)
    inputs = inputs_of(root, briefings, shared) | {one.name: everything for one in others}
    _check_names(root, inputs)
    made = {page: one for page, one in recorded.items() if one.sha256 is not None}
    left = {page: one for page, one in recorded.items() if one.sha256 is None and page in inputs}
    return Site(root, briefings, inputs, made, others, everything, left)


def _check_names(root: Path, pages: Iterable[str]) -> None:
    """Raise CompareError for pages whose names, of topics, places or documents, lead out of `reports/`."""
    folder, todo = stale.REPORTS.as_posix(), "correct the id of the topic, place or document in it"
    problems = [
        Problem(folder, None, page, "the name of a file in it", todo)
        for page in pages
        if inside(root / stale.REPORTS, page) is None
    ]
    if problems:
        raise CompareError("Pages cannot bear these names", problems)


def survey(
    root: Path,
    plan: Callable[[Path], list[Briefing]],
    takeaways: Callable[[Path], list[Takeaway]] = lambda _root: [],
) -> Site:
    """Return the site of `root` once every page that is stale or no longer planned has left.

    A file that no build made is left alone. Raises the `CompareError` of `plan`.
    """
    try:
        site = look(root, plan, takeaways)
    except (CompareError, OSError):
        # A plan fails on changed data only, and with the data every page is stale.
        made = stale.read_manifest(root)
        if made:
            Site(root, made=made).drop(list(made))
        raise
    old = [page for page in site.inputs if not site.stands(page)]
    there = [page for page in old if page in site.made or (root / stale.REPORTS / page).exists()]
    leaving = [*site.unplanned(), *there]
    if leaving or not site.standing():
        site.drop(leaving)
    return site
