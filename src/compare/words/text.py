"""A sentence as a tuple of runs: words with what they mean, and no markup.

Only outputs escape, link and number them, so a name that holds markup stays words in every output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from string import Formatter

CHINESE = re.compile(r"([\u2e80-\u9fff\uf900-\ufaff]+)")


@dataclass(frozen=True)
class Run:
    """A stretch of words of one look; `row` is the statement or figure it leads to.

    `look` says what the words are (value, number, quote, city, tag …), `lang` their language where it is not
    the page's, `place` whose colour they bear, `to` a place in another file, `anchor` the row they are.
    """

    text: str
    look: str = ""
    lang: str = ""
    place: str = ""
    row: str = ""
    to: str = ""
    anchor: str = ""


Text = tuple[Run, ...]
Said = str | Run | Text


def text(*parts: Said | None) -> Text:
    """Return words, runs and texts as one text; what is empty leaves nothing.

    >>> text("a", None, Run("b", "value")) + text("")
    (Run(text='a', look='', lang='', place='', row='', to='', anchor=''), \
Run(text='b', look='value', lang='', place='', row='', to='', anchor=''))
    """
    made: list[Run] = []
    for part in parts:
        if isinstance(part, Run):
            made.append(part)
        elif isinstance(part, str):
            made += [Run(part)] if part else []
        elif part is not None:
            made += part
    return tuple(made)


def joined(parts: Iterable[Said], between: Said) -> Text:
    """Return texts one after another with words between them.

    >>> plain(joined(["a", Run("b")], ", "))
    'a, b'
    """
    made: Text = ()
    for part in parts:
        one = text(part)
        if one:
            made += (text(between) if made else ()) + one
    return made


def filled(pattern: str, **values: object) -> Text:
    """Return a pattern with its placeholders filled by words, numbers, runs or texts.

    >>> plain(filled("{city}: {value}", city=Run("Jinan", "city"), value=5))
    'Jinan: 5'
    """
    made: list[Said] = []
    for literal, name, spec, _ in Formatter().parse(pattern):
        made.append(literal)
        if name:
            value = values[name]
            made.append(value if isinstance(value, Run | tuple) else format(value, spec or ""))
    return text(*made)


def plain(words: Said) -> str:
    """Return the words of a text alone.

    >>> plain((Run("≥90%", "value"), Run(" of villages")))
    '≥90% of villages'
    """
    return "".join(run.text for run in text(words))


def chinese(words: str) -> Text:
    """Return words with each run of Chinese marked as such, so that it is read out as Chinese.

    >>> [(run.text, run.lang) for run in chinese("超过 is coded")]
    [('超过', 'zh'), (' is coded', '')]
    """
    parts = enumerate(CHINESE.split(words))
    return tuple(Run(one, lang="zh" if at % 2 else "") for at, one in parts if one)


def looking(words: Said, look: str) -> Text:
    """Return a text whose plain runs have a look.

    >>> looking("x", "quiet")[0].look
    'quiet'
    """
    return tuple(replace(run, look=run.look or look) for run in text(words))
