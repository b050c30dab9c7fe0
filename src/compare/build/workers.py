"""Tasks run side by side: each in its own forked child where that is safe, else in threads."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

T = TypeVar("T")
# Seconds between two looks at whether silent children still live.
LOOK = 0.2
# Signals that a worker must not meet before it can unwind, nor once it has done its work.
ENDING = ("SIGINT", "SIGTERM")


@dataclass(frozen=True)
class Ended(Generic[T]):
    """How one task ended: what it returned, or in `lost` why it never did; and how long it took."""

    number: int
    seconds: float
    value: T | None = None
    lost: str = ""


@dataclass
class _Worker:
    number: int
    process: BaseProcess
    results: Connection
    started: float = field(default_factory=time.monotonic)


def ending(exit_code: int | None) -> str:
    """Return in words how a process ended.

    >>> ending(-9), ending(3)
    ('was ended by signal 9 (SIGKILL)', 'ended by itself with status 3')
    """
    if exit_code is not None and exit_code < 0:
        return f"was ended by signal {-exit_code} ({signal.Signals(-exit_code).name})"
    return f"ended by itself with status {exit_code}"


def end_with(parent: int) -> None:
    """Have this process end within a second once `parent` is gone: who is killed cannot tell its children."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


def in_children(tasks: Sequence[Callable[[], T]], at_once: int) -> Iterator[Ended[T]]:
    """Yield how each task ended, as it ends; at most `at_once` forked children run together.

    A task returns its value and raises nothing. Leaving early stops the children still at work.
    """
    waiting = list(enumerate(tasks))
    working: list[_Worker] = []
    try:
        while waiting or working:
            while waiting and len(working) < at_once:
                working.append(_start(*waiting.pop(0)))
            wait([worker.results for worker in working], LOOK)
            for worker in [worker for worker in working if _is_done(worker)]:
                working.remove(worker)
                yield _end(worker)
    finally:
        _stop(working)


def in_threads(tasks: Sequence[Callable[[], T]], at_once: int) -> Iterator[Ended[T]]:
    """Yield how each task ended, as it ends, from `at_once` threads: for systems without a safe fork."""
    with ThreadPoolExecutor(at_once) as pool:
        futures = [pool.submit(_timed, number, task) for number, task in enumerate(tasks)]
        try:
            yield from (future.result() for future in as_completed(futures))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _timed(number: int, task: Callable[[], T]) -> Ended[T]:
    started = time.monotonic()
    value = task()
    return Ended(number, time.monotonic() - started, value)


def _start(number: int, task: Callable[[], T]) -> _Worker:
    fork = multiprocessing.get_context("fork")
    results, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=_work, args=(task, theirs, os.getpid()))
    _hold(signal.SIG_BLOCK)
    try:
        process.start()
    finally:
        _hold(signal.SIG_UNBLOCK)
    theirs.close()
    return _Worker(number, process, results)


def _hold(how: int) -> None:
    signal.pthread_sigmask(how, {signal.Signals[name] for name in ENDING})


def _work(task: Callable[[], T], results: Connection, parent: int) -> None:
    # Told to stop, a worker unwinds, and so ends its own child. An interrupted build says so once, in the
    # parent. Ctrl-C may reach a worker, or be ignored where the build runs in the background.
    with suppress(KeyboardInterrupt, BrokenPipeError):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        # While signals are held, so that they reach this thread and not that one.
        end_with(parent)
        _hold(signal.SIG_UNBLOCK)
        results.send(task())
        _hold(signal.SIG_BLOCK)


def _is_done(worker: _Worker) -> bool:
    # A child of the worker may hold the pipe open after its death, so its end is looked for as well.
    return worker.results.poll() or not worker.process.is_alive()


def _end(worker: _Worker) -> Ended[T]:
    """Return how a worker ended; one that died before it could send its value is lost."""
    seconds = time.monotonic() - worker.started
    try:
        if not worker.results.poll():
            raise EOFError
        return Ended(worker.number, seconds, worker.results.recv())
    except EOFError:
        worker.process.join()
        lost = f"the process that built it {ending(worker.process.exitcode)}"
        return Ended(worker.number, seconds, lost=lost)
    finally:
        worker.process.join()
        worker.results.close()


def _stop(workers: Sequence[_Worker]) -> None:
    """Tell workers to stop, so that each ends its own child; then make sure."""
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.process.join(2)
        worker.process.kill()
        worker.process.join()
        worker.results.close()
