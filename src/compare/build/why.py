"""Why a page would be made anew: what differs from what it was made from, told page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from compare.build import stale
from compare.build.plan import Briefing
from compare.build.site import FRONTS, Site, look
from compare.build.takeaways import Takeaway
from compare.errors import Problem, UnknownName, near


def asked(briefings: Sequence[Briefing], only: Sequence[str]) -> list[Briefing]:
    """Return the briefings named in `only`, all of them where none is named; raise UnknownName for others."""
    names = [briefing.name for briefing in briefings]
    unknown = [name for name in dict.fromkeys(only) if name not in names]
    if unknown:
        known = {name: " or ".join(near(name, names) or names) for name in unknown}
        problems = [Problem("--only", found=name, expected=meant) for name, meant in known.items()]
        raise UnknownName("There is no such briefing", problems)
    return [one for one in briefings if not only or one.name in only]


def why(
    root: Path,
    only: Sequence[str],
    plan: Callable[[Path], list[Briefing]],
    takeaways: Callable[[Path], list[Takeaway]],
) -> Iterator[str]:
    """Yield a line per page that says what changed since it was made; nothing is built or removed.

    The pages are those of the briefings in `only`, else every file of `reports/`. Raises UnknownName for
    a name that is no briefing's, and the CompareError of `plan`.
    """
    site = look(root, plan, takeaways)
    pages = [one.page for one in asked(site.briefings, only)]
    if not only:
        pages += [one.name for one in site.takeaways]
        yield from (f"{page}: no longer planned, leaves {stale.REPORTS}/" for page in site.unplanned())
    told = {page: reasons(site, page) for page in pages}
    if not only and site.briefings:
        told |= {page: _index_reasons(site, page, told) for page in FRONTS}
    for page, found in told.items():
        yield f"{page}: {'; '.join(found) or 'nothing has changed'}"
    due = sum(bool(found) for found in told.values())
    yield f"{due} of {len(told)} would be made; nothing was built." if due else "Nothing would be made."


def reasons(site: Site, page: str) -> list[str]:
    """Return why a page is to be made anew, nothing where it stands."""
    if site.stands(page):
        return []
    made = site.made.get(page) or site.left.get(page)
    if made is None or made.inputs is None:
        found = ["never built"]
    else:
        found = site.inputs[page].changed_since(made.inputs) + _spoilt(site, page, made.sha256)
    log = stale.LOGS / f"{Path(page).stem}.txt"
    return found + ([f"could not be built, see {log.as_posix()}"] if (site.root / log).is_file() else [])


def _spoilt(site: Site, page: str, sha256: str | None) -> list[str]:
    held = stale.in_reports(site.root, page)
    if held is None:
        return [f"missing in {stale.REPORTS}/"]
    return [] if held == sha256 else [f"altered in {stale.REPORTS}/ since it was made"]


def _index_reasons(site: Site, page: str, told: dict[str, list[str]]) -> list[str]:
    made = site.made.get(page)
    if made is None or made.inputs is None:
        return ["never built" if made else f"missing in {stale.REPORTS}/"]
    now = site.index_inputs(told)
    found = replace(now, parameters=made.inputs.parameters).changed_since(made.inputs)
    if now.parameters != made.inputs.parameters:
        found.insert(0, "will list other pages")
    elif any(told.values()):
        found.insert(0, "lists pages that are made anew")
    return found + _spoilt(site, page, made.sha256)
