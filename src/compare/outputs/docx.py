"""Sections as a Word document in the official Chinese style, with the numbers and links of the page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import singledispatch
from io import BytesIO
from itertools import zip_longest
from typing import Any

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Line

from compare.charts.look import GLYPH, colours
from compare.outputs.archive import settled
from compare.outputs.arrange import Arranged, arrange
from compare.outputs.page import Frame, places
from compare.outputs.pictures import Picture, on_paper
from compare.outputs.word_style import TEXT_WIDTH, element, empty, numbered
from compare.outputs.word_table import placed, widths
from compare.sections.section import (
    Cell, Chart, Drawing, Facts, Fold, Group, Heading, Items, Paragraph, Part, Row, Section, Table, Take,
    parts, runs,
)  # fmt: skip
from compare.words.messages import Messages
from compare.words.text import Run, Text, plain, text
