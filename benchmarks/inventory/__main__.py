"""Hold the pages in reports/ against the inventory of them, or write it anew.

python -m benchmarks.inventory                       # every difference that differences.csv does not name
python -m benchmarks.inventory --page 'topic-5g.*'   # of some pages alone
python -m benchmarks.inventory --write               # the pages as they are now become the inventory
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from benchmarks.inventory.hold import differences, meant, unnamed
from benchmarks.inventory.keep import built, keep, kept

from compare.project import find_root


def main(words: list[str] | None = None) -> int:
    """Return 0 where every difference is named; what is not is printed, a line each."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.inventory",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--page", default="*", metavar="NAME", help="pages by name; * stands for anything")
    parser.add_argument("--reports", type=Path, metavar="DIR", help="where the pages are, unless reports/")
    parser.add_argument("--write", action="store_true", help="keep the pages as they are now")
    asked = parser.parse_args(words)
    pages = built(asked.reports or find_root() / "reports", asked.page)
    if not pages:
        parser.error(f"no page {asked.page} is built; `make` builds them all")
    if asked.write:
        keep(pages, asked.page)
        print(f"The inventory of {len(pages)} pages is written.")
        return 0
    found = list(differences(kept(asked.page), pages))
    left, idle = unnamed(found, meant())
    for one in left:
        print(one)
    for (page, change), count in Counter((one.page, one.change) for one in left).items():
        print(f"{page}: {count} {change}", file=sys.stderr)
    for name in idle if asked.page == "*" else []:
        print(f"differences.csv names what does not differ: {name}", file=sys.stderr)
    print(f"{len(pages)} pages held; {len(found) - len(left)} differences named, {len(left)} unnamed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
