"""Asks about known vulnerabilities of every locked package, through the uv that is locked too.

The advisories stand in the OSV database, which only the network leads to; where it cannot be asked, that is
said, and the status is not that of a clean answer. Nothing but Python's own library is needed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The lean lock holds what measures the tests, the last what JupyterLab needs.
LOCKS = ("uv.txt", "lean.txt", "lab.txt")
PIN = re.compile(r"^([\w.-]+==[^\s;\\]+(?: ; [^\\\n]+?)?) \\$", re.MULTILINE)
NOT_ASKED = (
    "Nothing was learnt of vulnerabilities, since package index or advisories (api.osv.dev) cannot be "
    "asked from here ({}); run make audit where the network allows."
)
# uv's own statuses: nothing known, something known, no answer.
CLEAN, FOUND = 0, 1


def script(locks: Sequence[str]) -> str:
    """Return a script that does nothing and asks for just what the texts of some locks pin.

    >>> print(script(["a==1 \\\\\\n    --hash=sha256:0\\nb==2 ; os_name == 'nt' \\\\\\n"]))
    # /// script
    # requires-python = ">=3.11"
    # dependencies = ["a==1", "b==2 ; os_name == 'nt'"]
    # ///
    """
    pins = sorted({pin for lock in locks for pin in PIN.findall(lock)})
    head = ['requires-python = ">=3.11"', f"dependencies = {json.dumps(pins)}"]
    return "\n".join(["# /// script", *(f"# {line}" for line in head), "# ///"])


def main(arguments: Sequence[str] = ()) -> int:
    """Return 0 where no advisory names a locked package, 1 where one does or none could be asked for."""
    uv = [sys.executable, "-m", "uv", "audit", "--preview-features", "audit-command", *arguments]
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder, "locked.py")
        asked.write_text(
            script([(HERE / lock).read_text(encoding="utf-8") for lock in LOCKS]), encoding="utf-8"
        )
        done = subprocess.run([*uv, "--script", str(asked)], capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (CLEAN, FOUND):
        # uv's last line is the innermost cause.
        reason = (done.stderr.strip().splitlines() or ["no word"])[-1].strip().removeprefix("cause: ")
        print(NOT_ASKED.format(reason), file=sys.stderr)
        return 1
    print(done.stdout + done.stderr, end="")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
