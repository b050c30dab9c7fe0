"""Where markup is made, and nowhere else: elements, filled templates, and what stands in script and style.

Words, attributes and data are escaped by type: only what these functions made counts as markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import deflate
import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from compare.words.text import chinese as marked

HERE = Path(__file__).parent
Element = Markup
VOID = {"br", "col", "input", "link", "meta"}
NOTHING = Markup("")
NAME = re.compile("[a-z][a-z0-9]*")
# An attribute that is no script of its own, and those that lead somewhere.
ATTRIBUTE = re.compile("(?!on|srcdoc)[a-z][a-zA-Z0-9-]*")
LEADING = ("action", "background", "cite", "data", "formaction", "href", "ping", "poster", "src", "srcset")
# What an address begins with that is no place of the same page or folder; a browser drops what is blank.
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):|[/\\]{2}")
BLANK = dict.fromkeys(range(0x21))
# What could end or begin an element inside a script or a style sheet.
BREAKING = re.compile("</?(script|style)|<!--", re.IGNORECASE)
# What is printed in ASCII, without the three that mean something in a page or a script: 91 letters, of which
# two tell 13 bits, and one the 6 that may be left.
LETTERS = "".join(chr(code) for code in range(33, 127) if chr(code) not in "<&\\")
PAIR, LEFT = 13, 6
PACKED = "application/gzip"


def element(name: str, *children: Any, **attributes: Any) -> Element:
    """Return an element: children and attributes are escaped unless elements themselves; empty ones go.

    A link that would run as a script goes too. Raises ValueError for a name of an element or attribute that
    is none, or that runs, as `onclick`, and for one that stands twice.

    >>> print(element("b", "<", class_="city", id=""))
    <b class="city">&lt;</b>
    >>> print(element("a", "x", href="javascript:alert(1)"))
    <a>x</a>
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"no element: {name}")
    named = [(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items()]
    odd = [key for key, _ in named if not ATTRIBUTE.fullmatch(key)]
    if odd or len(dict(named)) < len(named):
        raise ValueError(f"no attributes: {', '.join(odd or attributes)}")
    said = together(
        Markup(" {}").format(key) if value is True else Markup(' {}="{}"').format(key, value)
        for key, value in named
        # By what it is: 0 equals False.
        if not (value is None or value is False or value == "")
        and (key not in LEADING or _leads(str(value), attributes))
    )
    opened = Markup("<{}{}>").format(Markup(name), said)
    return opened if name in VOID else opened + together(children) + Markup("</{}>").format(Markup(name))


def _leads(address: str, attributes: dict[str, Any]) -> bool:
    found = SCHEME.match(address.translate(BLANK))
    scheme = (found[1] or "").lower() if found else "https"
    # Data are only to be taken away.
    return scheme in ("http", "https") or (scheme == "data" and bool(attributes.get("download")))


def together(children: Iterable[Any], between: str = "") -> Element:
    """Return children one after another, what is no element escaped.

    >>> print(together(["a<", element("br")], " "))
    a&lt; <br>
    """
    return escape(between).join(map(escape, children))


def classes(*names: str) -> str:
    """Return the class names that there are.

    >>> classes("v", "", "out")
    'v out'
    """
    return " ".join(filter(None, names))


def chinese(said: str) -> Element:
    """Return words with each run of Chinese marked as such.

    >>> print(chinese("超过 is coded >"))
    <span lang="zh">超过</span> is coded &gt;
    """
    return together(
        element("span", run.text, lang=run.lang) if run.lang else run.text for run in marked(said)
    )


def filled(template: str, **values: Any) -> Element:
    """Return a template of this package with its values escaped; a missing name is an error."""
    return Markup(_templates().get_template(template).render(values))


def code(name: str, words: str) -> Element:
    """Return a script or a style sheet of this package; raise ValueError for words that could end it.

    >>> print(code("style", "a>b{color:red}"))
    <style>a>b{color:red}</style>
    """
    if BREAKING.search(words):
        raise ValueError(f"what could end a {name} stands in it")
    return Markup("<{0}>{1}</{0}>").format(Markup(name), Markup(words))


def data(value: Any, **attributes: Any) -> Element:
    r"""Return a value as JSON in a script element that never runs and that no word of it can end.

    Raises ValueError for a number that JSON does not know, NaN or one without end.

    >>> print(data(["</script>"], id="rows"))
    <script type="application/json" id="rows">["\u003c/script>"]</script>
    """
    packed = json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # U+2028 and U+2029 are line ends to a script, and & begins an entity where a page is read as XML.
    for character in "<&\u2028\u2029":
        packed = packed.replace(character, f"\\u{ord(character):04x}")
    return element("script", Markup(packed), type="application/json", **attributes)


def packed(words: str, **attributes: Any) -> Element:
    """Return words as gzip in the 91 letters that nothing in a page could mistake, which a script unpacks."""
    held = _lettered(bytes(deflate.gzip_compress(words.encode(), 12)))
    return element("script", Markup(held), type=PACKED, **attributes)


def unpacked(held: str) -> str:
    """Return the words that `packed` made harmless and small.

    >>> unpacked(packed("<draw>").removeprefix('<script type="application/gzip">').removesuffix("</script>"))
    '<draw>'
    """
    places = [LETTERS.index(letter) for letter in held]
    said = [f"{a * len(LETTERS) + b:0{PAIR}b}" for a, b in pairwise(places)][::2]
    bits = "".join(said) + (f"{places[-1]:0{LEFT}b}" if len(places) % 2 else "")
    whole = len(bits) // 8 * 8
    return zlib.decompress(int(bits[:whole], 2).to_bytes(whole // 8, "big"), wbits=31).decode()


def _lettered(content: bytes) -> str:
    """Return bytes in letters, two for every 13 bits; what is left of the last takes one where 6 hold it."""
    bits = np.unpackbits(np.frombuffer(content, np.uint8))
    letters = np.frombuffer(LETTERS.encode(), np.uint8)
    over = len(bits) % PAIR
    bits = np.pad(bits, (0, (LEFT if 0 < over <= LEFT else PAIR if over else 0) - over))
    pairs = bits[: len(bits) // PAIR * PAIR].reshape(-1, PAIR) @ (1 << np.arange(PAIR)[::-1])
    said = letters[np.column_stack(np.divmod(pairs, len(LETTERS)))].tobytes().decode()
    return said + (LETTERS[int(bits[-LEFT:] @ (1 << np.arange(LEFT)[::-1]))] if 0 < over <= LEFT else "")


def fingerprint(words: str) -> str:
    """Return a script's words as a Content-Security-Policy names them.

    >>> fingerprint("draw()")
    "'sha256-jm3FkV4tNIdBUr8jRVVl5n9PUixlaxTWD0pdpFiSH5A='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode('ascii')}'"


def name_of(one: str) -> str:
    r"""Return a name as a style sheet takes it in a selector.

    >>> name_of("t-1"), name_of("a}b")
    ('t-1', 'a\\7d b')
    """
    return re.sub(r"[^\w-]", lambda found: f"\\{ord(found[0]):x} ", one)


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(HERE / "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters["chinese"] = chinese
    return made
