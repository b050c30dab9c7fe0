"""One briefing: its notebook executed, the result settled and rendered, or a failure worth reading."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare import errors
from compare.build.plan import Briefing
from compare.build.stale import LOGS, PAGES
from compare.disk import refusals, remove, write_whole
from compare.project import SOURCES

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS = Path("build", "notebooks")
# What briefings import in any case: imported once in the parent instead of in every child.
PRELOADED = (
    "compare.build.engine",
    "compare.build.page",
    "compare.charts",
    "compare.sections",
    "compare.words.named",
)
# A cell takes well under a second; one that takes minutes hangs.
CELL_SECONDS = 300

Render = Callable[["NotebookNode", Briefing, Path], str]


@dataclass(frozen=True)
class Failure:
    """One briefing that could not be built: where it stopped, what was said there, where the rest stands."""

    name: str
    place: str
    words: str
    log: str = ""

    def __str__(self) -> str:
        told = f"{self.name}: {self.place}: {self.words}"
        return told + (f"\n  the full traceback: {self.log}" if self.log else "")


@contextmanager
def environment(root: Path) -> Iterator[None]:
    """Hold the settings under which a notebook gives the same outputs in any engine, on any account."""
    before = dict(os.environ)
    # A stock kernel is a new process: it must find this package where this process found it.
    places = [str(SOURCES), *filter(None, [before.get("PYTHONPATH")])]
    os.environ.update(
        PYTHONPATH=os.pathsep.join(places),
        PLOTLY_RENDERER="plotly_mimetype",
        # Notebooks run side by side, and a forked child must not inherit half a thread pool.
        OPENBLAS_NUM_THREADS="1",
        # What the user starts every IPython with has no part in a briefing.
        IPYTHONDIR=str(root / "build" / "ipython"),
    )
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def preload() -> None:
    """Import, before the first fork, what every briefing needs, and use the slow ones once to warm them."""
    for name in PRELOADED:
        import_module(name)
    import pandas as pd
    import plotly.graph_objects as go

    from compare.outputs.page import plotly

    plotly()
    go.Figure(go.Bar(x=["a"], y=[1]), layout={"title": {"text": "b"}}).to_json()
    pd.DataFrame({"a": ["b"]}).to_html()


def make_page(
    root: Path, briefing: Briefing, engine: str, render: Render, seconds: int = CELL_SECONDS
) -> Failure | errors.Refused | None:
    """Write the briefing's page into `build/pages/` and return nothing, or return why there is none."""
    log = root / LOGS / f"{briefing.name}.txt"
    place = briefing.source.as_posix()
    try:
        remove([log])
        executed = execute(root, briefing, engine, seconds)
        place = f"the page of {place}"
        write_whole(root / PAGES / briefing.page, render(executed, briefing, root).encode("utf-8"))
    except errors.Refused as error:
        return error
    except Exception as error:
        where, words, told = _account(error, root / briefing.source)
        given = json.dumps(briefing.parameters, ensure_ascii=False)
        try:
            write_whole(log, f"{briefing.name}\n{given}\n\n{told}\n".encode())
        except errors.Refused as error:
            return Failure(briefing.name, place + where, words, f"not kept; {error.problems[0]}")
        return Failure(briefing.name, place + where, words, log.relative_to(root).as_posix())
    return None


def execute(root: Path, briefing: Briefing, engine: str, seconds: int = CELL_SECONDS) -> NotebookNode:
    """Return the briefing's notebook as executed, which also stands in `build/notebooks/`.

    Raises what papermill or the engine raises where a cell fails.
    """
    import nbformat
    import papermill

    from compare.build.engine import settled

    source, result = root / briefing.source, root / NOTEBOOKS / f"{briefing.name}.ipynb"
    with refusals(result):
        result.parent.mkdir(parents=True, exist_ok=True)
        executed = papermill.execute_notebook(
            _literal(source),
            _literal(result),
            briefing.parameters,
            engine_name=engine,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            record_timing=False,
            execution_timeout=seconds,
            # As in JupyterLab, a notebook's own folder is the current one.
            resources={"metadata": {"path": str(source.parent)}},
            # The kernel's advice on sockets is not news to the reader of a build.
            extra_arguments=["--log-level=CRITICAL"],
        )
    executed = settled(executed, frozenset(cell.get("id", "") for cell in _cells(source)))
    write_whole(result, nbformat.writes(executed).encode("utf-8"))
    return executed


def _literal(path: Path) -> str:
    # Papermill fills braces in a path with parameters.
    return str(path).replace("{", "{{").replace("}", "}}")


def _account(error: Exception, source: Path) -> tuple[str, str, str]:
    """Return the cell, if it was one, what to say in a line or two, and the whole story for the log."""
    from papermill.exceptions import PapermillExecutionError

    from compare.build.engine import CellLost

    if isinstance(error, PapermillExecutionError):
        words = _words(error.ename, error.evalue)
        return _cell(error.cell_index, source), words, f"{error.source}\n{error}"
    story = "".join(traceback.format_exception(error))
    if isinstance(error, CellLost):
        return _cell(error.cell_index, source), str(error), story
    return "", _words(type(error).__name__, str(error)), story


def _words(kind: str, said: str) -> str:
    """Return an error in two lines at most; the project's own errors are worded already and stay whole.

    >>> _words("KeyError", "'x'"), _words("CompareError", "The topic is unknown")
    ("KeyError: 'x'", 'The topic is unknown')
    """
    known = getattr(errors, kind, None)
    if isinstance(known, type) and issubclass(known, errors.CompareError):
        return said
    return "\n  ".join(f"{kind}: {said}".strip().splitlines()[:2])


def _cell(index: int, source: Path) -> str:
    """Return which cell of `source` stands at `index` of the notebook with its parameters injected."""
    tagged = ["parameters" in cell.get("metadata", {}).get("tags", []) for cell in _cells(source)]
    injected = tagged.index(True) + 1 if True in tagged else 0
    if index == injected:
        return ", the parameters passed in"
    return f", cell {index + 1 if index < injected else index}"


def _cells(source: Path) -> list[dict[str, Any]]:
    return list(json.loads(source.read_bytes())["cells"])
