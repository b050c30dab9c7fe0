"""YAML as plain data: no object, no alias, no key twice, nothing of an absurd size."""

from __future__ import annotations

from typing import Any

import yaml

# The largest file of this kind has a tenth of this, and four levels.
LARGEST, LONGEST, DEEPEST = 1_000_000, 10_000, 20
# In what the reading of a value ends that says it is of a kind and is not, as in !!bool x.
ODD = (ArithmeticError, AttributeError, LookupError, TypeError)


def read_yaml(content: bytes, as_text: bool = False) -> Any:
    """Return what a YAML file says, `as_text` where numbers and days are to stay as they are written.

    Raises ValueError in plain words for what is no YAML, and for what would name more than it holds.

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
        _refuse(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return yaml.load(content, Loader=loader)  # noqa: S506  all these loaders are safe
    except (yaml.YAMLError, *ODD) as error:
        raise ValueError(" ".join(str(error).split()) or "a value that is none of its kind") from None


def _refuse(content: bytes, loader: Any) -> None:
    """Raise ValueError for an alias, a key that stands twice, and what is too long or too deep."""
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
            if held and held[-1] is not None:
                awaited[-1] = not awaited[-1]
                if awaited[-1]:
                    _refuse_key(event, held[-1], line)
            if isinstance(event, yaml.ScalarEvent) and len(event.value) > LONGEST:
                raise ValueError(f"a value of {len(event.value):,} characters, {line}")
            if isinstance(event, yaml.CollectionStartEvent):
                held.append({} if isinstance(event, yaml.MappingStartEvent) else None)
                awaited.append(False)
            if len(held) > DEEPEST:
                raise ValueError(f"entries within entries without end, {line}")


def _refuse_key(event: Any, known: dict[str, bool], line: str) -> None:
    if not isinstance(event, yaml.ScalarEvent):
        raise ValueError(f"a key that is no word, {line}")
    if event.value in known:
        raise ValueError(f"the key {event.value} more than once, {line}")
    known[event.value] = True
