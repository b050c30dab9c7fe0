"""What stands in `reports/` and what should: pages leave, take their names, and are recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from compare.briefings.build import stale
from compare.briefings.build.plan import FRONT, Briefing
from compare.briefings.build.stale import Made
from compare.briefings.build.takeaways import Takeaway
from compare.errors import CompareError

FRONTS = tuple(FRONT.values())


@dataclass
class Site:
    """The pages planned, the digests of what they are made from, and those that stand as recorded."""

    root: Path
    briefings: list[Briefing] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    takeaways: list[Takeaway] = field(default_factory=list)

    def standing(self) -> list[Briefing]:
        """Return the briefings whose pages stand in `reports/`."""
        return [briefing for briefing in self.briefings if briefing.page in self.made]

    def missing(self) -> list[Takeaway]:
        """Return the files beside the briefings that do not stand in `reports/`."""
        return [one for one in self.takeaways if one.name not in self.made]

    def index_digest(self) -> str:
        """Return the digest of an index over the pages and files that stand."""
        names = [one.page for one in self.standing()] + [one.name for one in self.takeaways]
        return stale.index_digest({name: self.digests[name] for name in names if name in self.made})

    def index_stands(self) -> bool:
        """Return whether the front pages in `reports/` are those over the pages that stand."""
        digest = self.index_digest()
        return all(stale.stands(self.root, name, self.made.get(name), digest) for name in FRONTS)

    def drop(self, pages: Iterable[str]) -> None:
        """Take pages out of `reports/` and of the manifest, and with them the front pages that name them."""
        for page in [*FRONTS, *pages]:
            (self.root / stale.REPORTS / page).unlink(missing_ok=True)
            # A Word document made of a page leaves with it.
            (self.root / stale.REPORTS / "word" / f"{Path(page).stem}.docx").unlink(missing_ok=True)
            self.made.pop(page, None)
        stale.write_manifest(self.root, self.made)

    def publish(self, page: str) -> None:
        """Give a page in `build/pages/` its final name, and record it at once."""
        digest = self.index_digest() if page in FRONTS else self.digests[page]
        self.made[page] = stale.publish(self.root, page, digest)
        stale.write_manifest(self.root, self.made)


def survey(
    root: Path,
    plan: Callable[[Path], list[Briefing]],
    takeaways: Callable[[Path], list[Takeaway]] = lambda _root: [],
) -> Site:
    """Return the site of `root` once every page that is stale or no longer planned has left.

    A file that no build made is left alone. Raises the `CompareError` of `plan`.
    """
    made = stale.read_manifest(root)
    try:
        briefings, others = plan(root), takeaways(root)
    except CompareError:
        # A plan fails on changed data only, and with the data every page is stale.
        if made:
            Site(root, made=made).drop(list(made))
        raise
    digests = stale.digests(root, briefings)
    if others:
        digests |= dict.fromkeys([one.name for one in others], stale.takeaway_digest(root))
    site = Site(root, briefings, digests, made, others)
    gone = [page for page in made if page not in FRONTS and page not in site.digests]
    old = [page for page in site.digests if not stale.stands(root, page, made.get(page), site.digests[page])]
    leaving = [page for page in [*gone, *old] if page in made or (root / stale.REPORTS / page).exists()]
    if leaving:
        site.drop(leaving)
    return site
