"""Office files are zip archives: written here so that the clock and the platform leave no mark."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# What a reader of the format looks for first.
CONTENT_TYPES = "[Content_Types].xml"
# The earliest time a zip archive can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)


def settled(archive: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """Return an archive with its parts in one order and without times, some of them put `instead`.

    >>> made = BytesIO()
    >>> with ZipFile(made, "w") as new:
    ...     new.writestr("b", "1"), new.writestr(CONTENT_TYPES, "2")
    (None, None)
    >>> [(part.filename, part.date_time[0]) for part in ZipFile(BytesIO(settled(made.getvalue()))).infolist()]
    [('[Content_Types].xml', 1980), ('b', 1980)]
    """
    out = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(out, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()} | dict(instead or {})
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, part)):
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            new.writestr(entry, parts[name])
    return out.getvalue()
