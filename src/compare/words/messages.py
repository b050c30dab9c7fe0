"""The readers' prose: sections of a Markdown file per notebook and language, with placeholders.

No figure that the data could change is typed there; sentences are filled from the data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from compare.errors import CompareError, Problem, near
from compare.project import find_root
from compare.words.text import Text, filled

TEXT = Path("notebooks", "text")
COMMON = "common"
HEADING = re.compile(r"^## +(\S+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Messages:
    """The sections of one text file by name."""

    file: str
    sections: dict[str, str]

    def say(self, section: str, /, **values: object) -> str:
        """Return a section with its placeholders filled.

        Raises CompareError for a section the file lacks or a placeholder that has no value.
        """
        return self._pattern(section, values).format(**values)

    def text(self, section: str, /, **values: object) -> Text:
        """Return a section as a text, its placeholders filled by words, numbers, runs or texts.

        Raises CompareError as `say` does.
        """
        return filled(self._pattern(section, values), **values)

    def _pattern(self, section: str, values: dict[str, object]) -> str:
        if section not in self.sections:
            close = near(section, self.sections) or sorted(self.sections)
            todo = f"add “## {section}” to both languages"
            lack = Problem(self.file, section, "no such section", " or ".join(close), todo)
            raise CompareError("The prose lacks a section", [lack])
        text, known = self.sections[section], ", ".join(sorted(values)) or "no placeholder"
        missing = [
            Problem(self.file, section, "{" + name + "}", known, "correct the placeholder")
            for name in sorted(placeholders(text) - set(values))
        ]
        if missing:
            raise CompareError("The prose asks for a value that is not known", missing)
        return text


def placeholders(text: str) -> set[str]:
    """Return the names that stand in braces.

    >>> sorted(placeholders("{city}要在{due}前"))
    ['city', 'due']
    """
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def messages(lang: str, notebook: str = COMMON, root: Path | None = None) -> Messages:
    """Return the words of a notebook in one language, over those that all pages share, read once.

    Without a `root` they are those of the project that `find_root` finds, as for the tables. Raises
    CompareError if a file is missing.
    """
    return _held(find_root(root), notebook, lang)


@cache
def _held(root: Path, notebook: str, lang: str) -> Messages:
    return read_messages(root, notebook, lang)


def read_messages(root: Path, notebook: str, lang: str) -> Messages:
    """Return the prose of a notebook in one language, over the sections that all pages share.

    Raises CompareError if one of the two files is missing.
    """
    file, sections = _sections(root, notebook, lang)
    return Messages(file, _sections(root, COMMON, lang)[1] | sections)


def _sections(root: Path, name: str, lang: str) -> tuple[str, dict[str, str]]:
    path = root / TEXT / f"{name}.{lang}.md"
    shown = (TEXT / path.name).as_posix()
    if not path.is_file():
        todo = "write it with the sections of the other language"
        gone = Problem(shown, found="no file", expected=f"the text in {lang}", todo=todo)
        raise CompareError("The prose is missing", [gone])
    parts = HEADING.split(path.read_text(encoding="utf-8"))
    return shown, {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}
