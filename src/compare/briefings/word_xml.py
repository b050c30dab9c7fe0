"""What a Word document holds and python-docx has no word for, written with its own XML elements.

Parts of one element must stand in the order of the schema (ISO/IEC 29500-1): what is appended here
comes after what the library has written before.
"""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.font import Font
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Return an element of WordprocessingML with its children and attributes.

    >>> element("w:lang", eastAsia="zh-TW").attrib.values()
    ['zh-TW']
    """
    made: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def fonts(latin: str, east: str) -> BaseOxmlElement:
    """Return the fonts of Latin and of Chinese letters as the properties of letters hold them."""
    return element("w:rFonts", ascii=latin, eastAsia=east, hAnsi=latin, cs=latin)


def set_fonts(font: Font, latin: str, east: str) -> None:
    """Set the fonts of a style."""
    font.name = latin
    held = font.element.get_or_add_rPr().get_or_add_rFonts()
    held.attrib.update(fonts(latin, east).attrib)


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
    for mark, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "1"), ("end", "")):
        run = paragraph.add_run("" if text == " PAGE " else text)
        if mark:
            run._r.append(element("w:fldChar", fldCharType=mark))
        elif text == " PAGE ":
            asked = element("w:instrText")
            asked.text = text
            run._r.append(asked)
