"""What a Word document holds and python-docx has no word for, written with its own XML elements.

Parts of one element must stand in the order of the schema (ISO/IEC 29500-1): what is appended here
comes after what the library has written before.
"""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Return an element of WordprocessingML with its children and attributes.

    >>> element("w:lang", eastAsia="zh-TW").attrib.values()
    ['zh-TW']
    """
    made: BaseOxmlElement = OxmlElement(tag)
    add_attributes(made, **attributes)
    made.extend(children)
    return made


def add_attributes(held: BaseOxmlElement, **attributes: object) -> None:
    """Add attributes of WordprocessingML to an element that is there."""
    for name, value in attributes.items():
        held.set(qn(f"w:{name}"), str(value))


def fonts(latin: str, east: str) -> dict[str, str]:
    """Return the fonts of Latin and of Chinese letters as the attributes of `w:rFonts`."""
    return {"ascii": latin, "eastAsia": east, "hAnsi": latin, "cs": latin}


def add_bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """Add a bookmark that holds no words to the end of a paragraph."""
    paragraph._p.append(element("w:bookmarkStart", id=number, name=name))
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def lead(run: Run, bookmark: str) -> None:
    """Make words a link to a bookmark of the document."""
    link = element("w:hyperlink", anchor=bookmark, history=1)
    run._r.addprevious(link)
    link.append(run._r)


def add_page_number(paragraph: Paragraph) -> None:
    """Add the number of the page; a program that does not count shows 1."""
    asked = element("w:instrText")
    asked.text = "PAGE"
    for part in (element("w:fldChar", fldCharType="begin"), asked):
        paragraph.add_run()._r.append(part)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))
    paragraph.add_run("1")
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))
