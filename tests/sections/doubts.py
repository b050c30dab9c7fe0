"""What a title says of figures that are not sure, told again."""

from __future__ import annotations

from collections.abc import Iterable

from .telling import Teller
from .test_apart import contradicted


def cautioned(told: Teller, title: str, names: Iterable[str]) -> str:
    """Return a title with how many of its figures are not sure, and how many others contradict."""
    held = set(names)
    unsure = sum(not told.sure(name) for name in held)
    disputed = len(held & {name for group in contradicted(told) for name in group})
    counted = {"medium": unsure, "contradicted": disputed}
    said = [told.say(f"doubt.{key}", count=count) for key, count in counted.items() if count]
    return told.say("doubt.title", title=title, doubts=told.comma.join(said)) if said else title
