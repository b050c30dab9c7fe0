"""The look shared by charts and pages: one colour per city, one shape per basis, two palettes.

City colours are told apart by people with any colour vision and in greyscale; cities
beyond the first four take further hues from the same scale, in the order of division codes.
"""

from __future__ import annotations

from compare.asked import LANGUAGES
from compare.words.signs import signs

PAPER, INK, SECOND, THIRD, RULE = "#FBFAF7", "#1B1D21", "#4D5158", "#676B72", "#D9D5CB"
CITY = {"jinan": "#19236B", "qingdao": "#0B6378", "dongying": "#B95712", "dezhou": "#85143F"}
SPARE = ("#3F5B1E", "#6A3D9A", "#7A5B00", "#1F6F8B", "#A03A6B", "#2E6B4F")
# What each light colour becomes on dark paper; a chart is drawn again with these.
DARK = {
    "#19236B": "#9C95F7",
    "#0B6378": "#A3E8EA",
    "#B95712": "#EDB25E",
    "#85143F": "#E35A86",
    "#3F5B1E": "#B5D99C",
    "#6A3D9A": "#CDB4F0",
    "#7A5B00": "#E6CF7A",
    "#1F6F8B": "#9AD3E8",
    "#A03A6B": "#F0A3C6",
    "#2E6B4F": "#9ED9BD",
    PAPER: "#15181C",
    INK: "#ECEAE4",
    SECOND: "#B9BCC2",
    THIRD: "#969AA2",
    RULE: "#3A3F46",
}
SYMBOL = {
    "flow": "triangle-up", "stock": "square", "rate": "circle", "growth": "circle", "ambiguous": "diamond",
}  # fmt: skip
GLYPH = {"flow": "▲", "stock": "■", "rate": "●", "growth": "●", "ambiguous": "◆"}
# Of a figure from elsewhere, where nothing draws the dot in its outline.
OUTSIDE_GLYPH = {"flow": "△", "stock": "□", "rate": "○", "growth": "○", "ambiguous": "◇"}
HAN = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'
LATIN = f'-apple-system,"Segoe UI",Inter,"Helvetica Neue",Arial,"Liberation Sans",{HAN}'
FONT = {lang: LATIN if signs(lang).foreign else HAN for lang in LANGUAGES}


def colours(cities: list[str]) -> dict[str, str]:
    """Return one colour per city, the same whichever cities are shown beside it while spares last.

    >>> colours(["jinan", "linyi"])["linyi"]
    '#3F5B1E'
    """
    others = [city for city in cities if city not in CITY]
    return {city: CITY.get(city) or SPARE[others.index(city) % len(SPARE)] for city in cities}
