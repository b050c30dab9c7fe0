"""What a document says of itself, and what the page it stands on puts around it."""

from __future__ import annotations

from made_up.names import Town
from made_up.shapes import Paper
from made_up.writing import Insert

CHUNK = 300
# The year of the plan of a province that its cities carry out.
BASIS_YEAR = 2022
TITLES = {
    "adopted": ("数字政府建设实施方案", "plan for building digital government"),
    "draft": ("数字政府建设行动计划(征求意见稿)", "action plan for digital government (draft)"),
    "work_points": ("大数据工作要点", "work priorities for big data"),
}


def years_of(paper: Paper) -> str:
    """Return the years of a document as its title gives them.

    >>> years_of(Paper(first_year=2023, years=3)), years_of(Paper(first_year=2024, years=1))
    ('2023-2025年', '2024年')
    """
    return f"{paper.first_year}年" if paper.years == 1 else f"{paper.first_year}-{paper.last_year}年"


def title_of(paper: Paper, city: Town) -> tuple[str, str]:
    """Return a document's title in both languages; one that its text does not hold stands in 〔〕."""
    zh, en = TITLES[paper.status]
    words = f"{city.name_zh}市{zh}({years_of(paper)})"
    span = years_of(paper).removesuffix("年").replace("-", "–")
    return f"〔{words}〕" if paper.status == "work_points" else words, f"{city.name_en} {en}, {span}"


def issuer_of(paper: Paper, city: Town) -> str:
    """Return who issued it; the text of an adopted document says so, a supplied name stands in 〔〕."""
    words = {"adopted": f"{city.name_zh}市人民政府办公室", "work_points": "〔市数据资源局〕"}
    return words.get(paper.status, "")


def number_of(paper: Paper, city: Town) -> str:
    """Return the document number, empty where it has none."""
    return f"{city.name_zh}政办发〔{paper.first_year}〕{paper.tasks}号" if paper.status == "adopted" else ""


def basis_of(province: Town) -> str:
    """Return the document of the province that a plan carries out."""
    return f"《{province.name_zh}省数字政府建设规划({BASIS_YEAR}年)》"


def scraping(paper: Paper, text: str, city: Town) -> list[Insert]:
    """Return what the page and its scraping put into a text."""
    if paper.layout == "web":
        head = f"首页 > {city.name_zh}政务公开 > 文件\n发布时间:{paper.first_year}-03-01\n"
        foot = f"主办:{city.name_zh}市人民政府办公室\n网站地图\n"
        return [Insert(0, head, "navigation"), Insert(len(text), foot, "footer")]
    if paper.layout == "crlf":
        return [Insert(at, "\r") for at, sign in enumerate(text) if sign == "\n"]
    # One chunk alone is not known for one.
    if paper.layout == "chunks" and len(text) > CHUNK:
        starts = enumerate(range(0, len(text), CHUNK), 1)
        return [Insert(at, f"\n{number}、" if at else f"{number}、") for number, at in starts]
    return []
