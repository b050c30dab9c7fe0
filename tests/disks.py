"""Small disks, for tests of what happens when one is full or can only be read; without any, they skip."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"No disk can be mounted here, only root on Linux may: {done.stderr.strip() or words[0]}")


class Disks:
    """Disks mounted by one test; `leave` unmounts them."""

    def __init__(self) -> None:
        self.mounted: list[Path] = []

    def _mount(self, folder: Path, *words: str) -> None:
        if sys.platform != "linux" or not shutil.which("mount"):
            pytest.skip("Disks are mounted on Linux only; what is tried on them holds on every system.")
        _run("mount", *words, str(folder))
        self.mounted.append(folder)

    def put(self, folder: Path, size: str = "1m") -> None:
        """Put a disk of its own under what a folder holds."""
        held = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._mount(folder, "-t", "tmpfs", "-o", f"size={size}", "tmpfs")
        for path, content in held.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def fill(self, folder: Path, size: str = "1m") -> None:
        """Put a disk under what a folder holds, and leave no room on it."""
        self.put(folder, size)
        with (folder / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
            while ballast.write(bytes(4096)):
                pass

    def forbid(self, folder: Path) -> None:
        """Let nothing be written below a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._mount(folder, "--bind", str(folder))
        _run("mount", "-o", "remount,ro,bind", str(folder))

    def mend(self) -> None:
        """Give room, and let everything be written again; what stands stays."""
        for folder in self.mounted:
            _run("mount", "-o", "remount,rw", str(folder))
            (folder / "ballast").unlink(missing_ok=True)

    def leave(self) -> None:
        """Unmount every disk."""
        while self.mounted:
            subprocess.run(["umount", "--lazy", str(self.mounted.pop())], capture_output=True, check=False)
