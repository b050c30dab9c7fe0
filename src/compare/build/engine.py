"""Papermill's engine "fork": a notebook runs in a forked child of a process that has its imports done.

Injecting parameters, collecting outputs and saving stay papermill's and nbclient's own code; only
where the cells run differs. A stock kernel (engine "nbclient") gives the same outputs, more slowly.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from compare.build.cells import Ran, serve
from compare.build.workers import LOOK, end_with, ending

FORK = "fork"
STOCK = "nbclient"


class CellLost(Exception):
    """A cell that never came to its end: which one, and why.

    >>> str(CellLost(2, "it was stopped after 60 s"))
    'it was stopped after 60 s'
    """

    def __init__(self, cell_index: int, reason: str) -> None:
        self.cell_index = cell_index
        super().__init__(reason)


def default_engine(platform: str = sys.platform) -> str:
    """Return the engine for this system: Windows cannot fork, and macOS not safely once numpy is loaded.

    >>> default_engine("linux"), default_engine("win32"), default_engine("darwin")
    ('fork', 'nbclient', 'nbclient')
    """
    return STOCK if platform in ("win32", "darwin") else FORK


class ForkEngine(Engine):  # type: ignore[misc]  # papermill is untyped
    """The engine papermill calls by the name "fork"."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, execution_timeout: int | None = None, **settings: Any
    ) -> None:
        """Run every cell of the managed notebook; raises `CellLost` where a cell does not come to its end.

        `resources` holds the notebook's folder as nbclient's does; `execution_timeout` is seconds per cell.
        """
        resources = settings.get("resources") or {}
        folder = Path(resources.get("metadata", {}).get("path") or Path.cwd())
        client = _ForkClient(nb_man, timeout=execution_timeout, record_timing=False)
        client.execute_in(folder)


papermill_engines.register(FORK, ForkEngine)


class _ForkClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill is untyped
    """Papermill's client with a forked child in the place of its kernel."""

    def execute_in(self, folder: Path) -> None:
        """Run all cells in one child whose current folder is `folder`."""
        with _child(folder) as (process, self.cells):
            self.process = process
            self.papermill_execute_cells()
        self.nb.metadata["language_info"] = dict(IPythonKernel.language_info)

    def execute_cell(self, cell: NotebookNode, cell_index: int, **_: object) -> NotebookNode:
        """Return the cell with what it sent; raises nbclient's own error where it failed."""
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        ran = self._ran(cell.source, cell_index)
        cell.outputs, cell.execution_count = [], ran.execution_count
        self.clear_before_next_output = False
        for kind, content in ran.messages:
            header = {"msg_type": kind}
            message = {**header, "header": header, "parent_header": {}, "metadata": {}, "content": content}
            self.process_message(message, cell, cell_index)
        if ran.failed and "raises-exception" not in cell.metadata.get("tags", []):
            said = [content for kind, content in ran.messages if kind == "error"] or [{}]
            raise CellExecutionError.from_cell_and_msg(cell, {"ename": "", "evalue": "", **said[0]})
        return cell

    def _ran(self, source: str, cell_index: int) -> Ran:
        """Return what the child says of one cell, unless it dies or takes too long."""
        try:
            self.cells.send(source)
            waited = 0.0
            while not self.cells.poll(LOOK):
                waited += LOOK
                if not self.process.is_alive() and not self.cells.poll():
                    raise EOFError
                if self.timeout and waited >= self.timeout:
                    raise CellLost(cell_index, f"it was stopped after {self.timeout} s")
            ran: Ran = self.cells.recv()
            return ran
        except (EOFError, OSError):
            self.process.join()
            raise CellLost(cell_index, f"the process that ran it {ending(self.process.exitcode)}") from None


@contextmanager
def _child(folder: Path) -> Iterator[tuple[multiprocessing.process.BaseProcess, Connection]]:
    """Hold a forked child that runs cells in `folder`; it never outlives the block."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_serve, args=(ours, theirs, folder, os.getpid()))
    process.start()
    theirs.close()
    try:
        yield process, ours
        ours.send(None)
        process.join(LOOK)
    finally:
        process.kill()
        process.join()
        ours.close()


def _serve(ours: Connection, theirs: Connection, folder: Path, parent: int) -> None:
    ours.close()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with(parent)
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        serve(theirs, folder)


# It begins where a word does: sought from every letter, a long word without any would take minutes.
PROCESS_FOLDER = re.compile(r"(?<!\S)\S*ipykernel_\d+[/\\](\d+)\.py")


def settled(notebook: NotebookNode, written_ids: frozenset[str]) -> NotebookNode:
    """Return an executed notebook without what differs from run to run: times, paths, numbers of processes.

    `written_ids` are the cell ids that stand in the notebook's own file; any other was made up on the way.
    Streams that a kernel happened to send in pieces are joined.
    """
    about = notebook.metadata.pop("papermill", {})
    notebook.metadata["parameters"] = about.get("parameters", {})
    for number, cell in enumerate(notebook.cells, 1):
        if cell.get("id") not in written_ids:
            cell["id"] = f"cell-{number}-of-build"
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)
    return notebook


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Return the outputs with neighbouring pieces of one stream made one, and no process number in them."""
    kept: list[NotebookNode] = []
    for output in outputs:
        last = kept[-1] if kept else None
        if output.output_type != "stream":
            kept.append(output)
        elif last is not None and last.output_type == "stream" and last.name == output.name:
            last.text += output.text
        else:
            kept.append(output)
    for output in kept:
        if output.output_type == "stream":
            output.text = PROCESS_FOLDER.sub(r"cell-\1.py", output.text)
    return kept
