"""Builds the briefings: only what is stale, nothing stale under its final name, every failure told.

The order matters. What is stale leaves `reports/` first; then the data are checked; only
then do notebooks run, and each page takes its final name whole, as soon as it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from compare.build.inputs import inputs_of_all
from compare.build.plan import Briefing, plan
from compare.build.problems import kept
from compare.build.site import Site, survey
from compare.build.stale import PAGES, REPORTS
from compare.build.takeaways import Takeaway, takeaways
from compare.build.turn import turn
from compare.build.why import asked, why
from compare.disk import refusals, write_whole
from compare.errors import CompareError, Refused
from compare.project import FRONT

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from compare.build.run import Failure

__all__ = ["Briefing", "Options", "Steps", "build", "explain", "plan"]


def check_data(root: Path) -> object:
    """Return the checked book of all tables; raises `CompareError` with everything that is wrong in them."""
    from compare.rules.load import load

    with kept(root):
        return load(root, thorough=True)


def render_page(notebook: NotebookNode, briefing: Briefing, root: Path) -> str:
    """Return an executed notebook as one HTML text."""
    from compare.build.page import page_of

    return page_of(notebook, briefing, root)


def render_front(root: Path, briefings: Sequence[Briefing], lang: str, files: Sequence[str]) -> str:
    """Return the front page over `briefings` and the `files` beside them as one HTML text."""
    from compare.build.page import listed
    from compare.outputs.front import front_page
    from compare.rules.load import load

    inputs = inputs_of_all(root, pages=[*(one.page for one in briefings), *files]).fingerprint
    return front_page(load(root), [listed(root, one) for one in briefings], lang, files, inputs)


@dataclass(frozen=True)
class Steps:
    """What a build calls on other modules for; each is loaded only once something is stale."""

    plan: Callable[[Path], list[Briefing]] = plan
    check: Callable[[Path], object] = check_data
    page: Callable[[NotebookNode, Briefing, Path], str] = render_page
    front: Callable[[Path, Sequence[Briefing], str, Sequence[str]], str] = render_front
    takeaways: Callable[[Path], list[Takeaway]] = takeaways


@dataclass(frozen=True)
class Options:
    """What the user asks of a build: some briefings only, how many at once, which engine, or all anew."""

    only: tuple[str, ...] = ()
    jobs: int = 2
    engine: str | None = None
    force: bool = False


PLAIN = Options()
USUAL = Steps()


def build(
    root: Path, options: Options = PLAIN, steps: Steps = USUAL, say: Callable[[str], None] = print
) -> list[Failure]:
    """Return the briefings that could not be built, none when all went well, once `reports/` is up to date.

    Raises `CompareError` where the data or the parameters are wrong; then no briefing is built, and none
    that is stale is left. Raises `Refused` where the disk fails it. However a build ends, the front pages
    list what stands, or are not there. Waits for another build of the project.
    """
    with turn(root, say):
        return _build(survey(root, steps.plan, steps.takeaways), options, steps, say)


def _build(site: Site, options: Options, steps: Steps, say: Callable[[str], None]) -> list[Failure]:
    wanted = asked(site.briefings, options.only)
    due = [one for one in wanted if options.force or one.page not in site.made]
    beside = site.takeaways if options.force else site.missing()
    if options.only:
        beside = []
    if due or beside:
        _make_room(site)
    try:
        failures = list(_built(site, due, options, steps, say)) if due else []
        if beside:
            _make_beside(site, beside, None if due else steps.check, say)
    except BaseException:
        # What went wrong is told; that the front pages cannot be made either would hide it.
        with suppress(Exception):
            _make_index(site, steps, say)
        raise
    if not due and not beside:
        say(_nothing_to_do(site, options))
    _make_index(site, steps, say)
    return failures


def run_alone(root: Path, briefings: Sequence[Briefing], jobs: int, engine: str | None) -> list[Failure]:
    """Return those of some briefings that could not be run, once the pages of the others are made.

    The data are checked first; nothing in `reports/` is touched. Raises CompareError where they do not hold.
    Waits for another build of the project.
    """
    from compare.build import run

    with turn(root), run.environment(root):
        USUAL.check(root)
        options = Options(jobs=jobs, engine=engine)
        return [failure for _, _, failure in _ran(root, briefings, options, USUAL) if failure is not None]


def explain(root: Path, only: Sequence[str] = (), steps: Steps = USUAL) -> Iterator[str]:
    """Yield a line per page that says what changed since it was made; nothing is built or removed.

    Raises `UnknownName` for a name in `only` that is no briefing's, and the `CompareError` of the plan.
    """
    yield from why(root, only, steps.plan, steps.takeaways)


def _make_room(site: Site) -> None:
    """See to the folder of the pages before anything is run, and take front pages out that will be wrong."""
    with refusals():
        (site.root / REPORTS).mkdir(parents=True, exist_ok=True)
    site.drop([])


def _make_index(site: Site, steps: Steps, say: Callable[[str], None]) -> None:
    """Make the front pages over what stands, and list its files, where they are not there or not those."""
    site.list_files()
    if not site.standing() or site.index_stands():
        return
    site.drop([])
    files = [one.name for one in site.takeaways if one.name in site.made]
    for lang, name in FRONT.items():
        page = steps.front(site.root, site.standing(), lang, files)
        write_whole(site.root / PAGES / name, page.encode("utf-8"))
        site.publish(name)
    say(f"{REPORTS}/{FRONT['zh']} lists {_counted(len(site.standing()))}.")


def _nothing_to_do(site: Site, options: Options) -> str:
    if not site.briefings:
        return "No topic has coded rows in two places yet, so there is no briefing to build."
    count = len(set(options.only)) or len(site.briefings)
    return f"Nothing has changed: {_counted(count)} in {REPORTS}/, no notebook was run."


def _counted(count: int) -> str:
    return "1 briefing" if count == 1 else f"{count} briefings"


def _built(
    site: Site, due: Sequence[Briefing], options: Options, steps: Steps, say: Callable[[str], None]
) -> Iterator[Failure]:
    """Check the data, run what is due, publish each page as it is done, and yield each that failed."""
    from compare.build import run

    with run.environment(site.root):
        steps.check(site.root)
        _check_parameters(site.root, due)
        for count, (briefing, seconds, failure) in enumerate(_ran(site.root, due, options, steps), 1):
            if failure is None:
                site.publish(briefing.page)
            elif briefing.page in site.made:
                # It was to be made anew although it stood.
                site.drop([briefing.page])
            say(f"[{count}/{len(due)}] {briefing.name} … " + ("failed" if failure else f"{seconds:.1f} s"))
            if failure is not None:
                yield failure


def _make_beside(
    site: Site, files: Sequence[Takeaway], check: Callable[[Path], object] | None, say: Callable[[str], None]
) -> None:
    """Make the files that need no notebook, from data that were checked in this run."""
    from compare.rules.load import load
    from compare.tables.edition import read_edition

    if check is not None:
        check(site.root)
    book, edition = load(site.root), read_edition(site.root)
    for one in files:
        write_whole(site.root / PAGES / one.name, one.make(book, edition["as_of"], edition["edition"]))
        site.publish(one.name)
    say(f"{len(files)} files beside the briefings are made, among them {REPORTS}/{files[-1].name}.")


def _check_parameters(root: Path, due: Sequence[Briefing]) -> None:
    from compare.build.parameters import parameter_problems

    found = [problem for one in due for problem in parameter_problems(root / one.source, one.parameters)]
    if found:
        # Briefings of one notebook share their mistakes: each is told once.
        raise CompareError("A notebook does not take what its briefing passes", dict.fromkeys(found))


def _ran(
    root: Path, due: Sequence[Briefing], options: Options, steps: Steps
) -> Iterator[tuple[Briefing, float, Failure | None]]:
    """Yield each briefing as its run ends, with the seconds it took and what went wrong, if anything did."""
    from compare.build import run, workers
    from compare.build.engine import FORK, default_engine

    run.preload()
    engine = options.engine or default_engine()
    side_by_side = workers.in_children if FORK in (engine, default_engine()) else workers.in_threads
    tasks = [partial(run.make_page, root, briefing, engine, steps.page) for briefing in due]
    for ended in side_by_side(tasks, options.jobs):
        briefing = due[ended.number]
        lost = run.Failure(briefing.name, briefing.source.as_posix(), ended.lost) if ended.lost else None
        if isinstance(ended.value, Refused):
            # The next page would fare no better, and one sentence tells what to do.
            raise ended.value
        yield briefing, ended.seconds, lost or ended.value
