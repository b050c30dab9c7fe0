"""Runs a notebook's cells in this process as a Jupyter kernel would, and tapes what the kernel would send.

The shell is ipykernel's own, so that displays, results and tracebacks are made by
the same code as in JupyterLab; only its socket is replaced, by a `Tape`.
This is the inside of the forked child that `engine` starts.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.shellapp import InteractiveShellApp
from jupyter_client.session import Session
from traitlets.config import Config

Message = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Ran:
    """What one cell sent: its messages in order, the number of its prompt, and whether it failed."""

    messages: list[Message]
    execution_count: int
    failed: bool


class Tape(Session):
    """A kernel's session that keeps its messages instead of sending them."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def send(self, stream: object, msg_or_type: Any, content: Any = None, *_: object, **__: object) -> None:
        """Keep one message, as it would have read at the other end of the wire."""
        kind = msg_or_type["msg_type"] if isinstance(msg_or_type, dict) else msg_or_type
        said = msg_or_type["content"] if isinstance(msg_or_type, dict) else content
        self.messages.append((kind, self.unpack(self.pack(said))))

    def cut(self) -> list[Message]:
        """Return what was taped since the last cut, and start anew."""
        taken, self.messages = self.messages, []
        return taken


class TapedStream(io.TextIOBase):
    """Standard output or error of a cell, taped when it is flushed, as a kernel's streams are."""

    encoding = "utf-8"

    def __init__(self, name: str, tape: Tape) -> None:
        self.name = name
        self._tape = tape
        self._parts: list[str] = []

    def writable(self) -> bool:
        """Return that text can be written here."""
        return True

    def write(self, text: str) -> int:
        """Return the length of `text`, which is kept until the next flush."""
        self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        """Tape what was written since the last flush as one message."""
        text, self._parts = "".join(self._parts), []
        if text:
            self._tape.send(None, "stream", {"name": self.name, "text": text})


def serve(requests: Connection, folder: Path) -> None:
    """Run each cell whose source comes through `requests` in `folder`, and send back what it sent."""
    run = open_shell(Tape(), folder)
    while (source := requests.recv()) is not None:
        requests.send(run(source))


def open_shell(tape: Tape, folder: Path) -> Callable[[str], Ran]:
    """Return a function that runs one cell in a new shell, whose names are those of a kernel just started.

    It takes over this process (its folder, streams and main module), so only a child should call it.
    """
    os.chdir(folder)
    # As a kernel does: modules beside the notebook are found after the standard library.
    InteractiveShellApp().init_path()
    sys.stdout, sys.stderr = TapedStream("stdout", tape), TapedStream("stderr", tape)
    shell = _new_shell(tape)
    _settle_preloaded()

    def run(source: str) -> Ran:
        result = shell.run_cell(source, store_history=True)
        sys.stdout.flush()
        sys.stderr.flush()
        return Ran(tape.cut(), result.execution_count, not result.success)

    return run


def _new_shell(tape: Tape) -> Any:
    """Return ipykernel's shell, speaking to `tape`, without history files or the user's own profile."""
    if InteractiveShell.initialized():
        type(InteractiveShell.instance()).clear_instance()
    config = Config({"HistoryManager": {"enabled": False}})
    shell: Any = ZMQInteractiveShell.instance(config=config, compiler_class=XCachingCompiler)
    shell.displayhook.session = shell.display_pub.session = tape
    return shell


def _settle_preloaded() -> None:
    """Give libraries imported before the fork the settings they choose when a kernel imports them."""
    if "pandas" in sys.modules:
        import pandas as pd

        # Outside a kernel pandas takes itself to be in a terminal and fits tables to its width.
        pd.set_option("display.max_columns", 20)
    if "plotly.io" in sys.modules and "PLOTLY_RENDERER" in os.environ:
        import plotly.io

        plotly.io.renderers.default = os.environ["PLOTLY_RENDERER"]
