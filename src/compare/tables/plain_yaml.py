"""YAML as plain data: no object, no alias, no key twice, nothing of two meanings or of an absurd size."""

from __future__ import annotations

import re
from typing import Any

import yaml

# The largest file of this kind has a tenth of this, and four levels.
LARGEST, LONGEST, DEEPEST = 1_000_000, 10_000, 20
# What is no text where it stands without quotes, written so that no two readers take it for different things.
PLAIN = re.compile(
    "|~|[Nn]ull|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE|"
    r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,15}([eE][-+][0-9]{1,2})?)?"
)
# What YAML 1.2 takes for a number and YAML 1.1 for a word.
NEWER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")
TEXT = "tag:yaml.org,2002:str"
RESOLVER = yaml.resolver.Resolver()


def read_yaml(content: bytes, as_text: bool = False) -> Any:
    """Return what a YAML file says, `as_text` where numbers and days are to stay as they are written.

    Raises ValueError in plain words for what is no YAML, for what would name more than it holds, and for a
    key or value that readers of YAML take for different things, as yes, 012, 1:30 and days without quotes.

    >>> read_yaml(b"a: [1, x]"), read_yaml(b"a: [1, x]", as_text=True)
    ({'a': [1, 'x']}, {'a': ['1', 'x']})
    >>> read_yaml(b"a: 1\\na: 2")
    Traceback (most recent call last):
    ...
    ValueError: the key a more than once, in line 2
    """
    if len(content) > LARGEST:
        raise ValueError(f"more than {LARGEST:,} bytes")
    kind = "BaseLoader" if as_text else "SafeLoader"
    loader = getattr(yaml, f"C{kind}", getattr(yaml, kind))
    try:
        # Before anything is made of it: an alias within an alias names more than any memory holds.
        _refuse(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader), as_text)
        return yaml.load(content, Loader=loader)  # noqa: S506  all these loaders are safe
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from None


def _refuse(content: bytes, loader: Any, as_text: bool) -> None:
    """Raise ValueError for an alias, an odd key or value, and what is too long or too deep."""
    # For every mapping that is open its keys so far, None while a value is awaited; for a list nothing.
    held: list[dict[str, bool] | None] = []
    awaited: list[bool] = []
    for event in yaml.parse(content, Loader=loader):
        line = f"in line {event.start_mark.line + 1}"
        if isinstance(event, yaml.AliasEvent):
            raise ValueError(f"an alias (*name): write the value out, {line}")
        if isinstance(event, yaml.CollectionEndEvent):
            held.pop()
            awaited.pop()
        elif isinstance(event, yaml.NodeEvent):
            if event.tag is not None:
                raise ValueError(f"a tag ({event.tag}): write the value alone, {line}")
            if held and held[-1] is not None:
                awaited[-1] = not awaited[-1]
                if awaited[-1]:
                    _refuse_key(event, held[-1], line)
            if isinstance(event, yaml.ScalarEvent):
                _refuse_value(event, line, as_text)
            if isinstance(event, yaml.CollectionStartEvent):
                held.append({} if isinstance(event, yaml.MappingStartEvent) else None)
                awaited.append(False)
            if len(held) > DEEPEST:
                raise ValueError(f"entries within entries without end, {line}")


def _refuse_key(event: Any, known: dict[str, bool], line: str) -> None:
    if not isinstance(event, yaml.ScalarEvent):
        raise ValueError(f"a key that is no word, {line}")
    if _kind(event) != TEXT:
        taken = f"the key {event.value[:40]}, which not every reader of YAML takes for a word"
        raise ValueError(f"{taken}: put it in quotes, {line}")
    if event.value in known:
        raise ValueError(f"the key {event.value} more than once, {line}")
    known[event.value] = True


def _refuse_value(event: Any, line: str, as_text: bool) -> None:
    if len(event.value) > LONGEST:
        raise ValueError(f"a value of {len(event.value):,} characters, {line}")
    if not as_text and _kind(event) != TEXT and not PLAIN.fullmatch(event.value):
        taken = f"the value {event.value[:40]}, which not every reader of YAML takes for the same thing"
        raise ValueError(f"{taken}: put it in quotes, or write a plain number, true or false, {line}")


def _kind(event: Any) -> str:
    """Return what YAML takes a scalar for: text where it is quoted or where no version sees anything else."""
    if not event.implicit[0]:
        return TEXT
    kind = RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False))
    return "number" if kind == TEXT and NEWER.fullmatch(event.value) else str(kind)
