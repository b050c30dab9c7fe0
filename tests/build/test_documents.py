"""What is made of kept sections: a Word document for each page, and the findings that README.md tells."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from compare.build import stale
from compare.build.documents import FOLDER, TOLD, findings, word
from compare.build.inputs import inputs_of
from compare.build.page import SECTIONS, frame_of
from compare.build.plan import plan
from compare.disk import write_whole
from compare.errors import CompareError, UnknownName
from compare.outputs.readme import END, START, write_findings
from compare.outputs.word import word_document
from compare.sections.section import Chart, Drawing, Paragraph, Part, Section
from compare.tables.edition import read_edition
from compare.words.text import Run, text

LEAD = Section(
    "lead", text("A title"), blocks=(Paragraph(text("Said."), "standfirst"),), look="lead", lang="en"
)
MARGIN = dict.fromkeys("tblr", 0)
FIGURE = {"data": [], "layout": {"width": 400, "height": 300, "margin": MARGIN, "yaxis": {"range": [1, 0]}}}
CHART = Chart((), (), "alt", (Drawing(400, 300, json.dumps(FIGURE)),))
DRAWN = Section("s", text("b"), blocks=(CHART,), lang="en")
Publish = Callable[[str, Sequence[Section]], None]


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """Return a project with the data and notebooks of this one, and nothing built."""
    for part in ("data", "notebooks", "requirements"):
        (tmp_path / part).symlink_to(root / part, target_is_directory=True)
    return tmp_path


@pytest.fixture
def publish(project: Path) -> Publish:
    """Return what puts a page in its place, made of some sections, as a build does."""

    def published(name: str, sections: Sequence[Section]) -> None:
        briefings = {one.name: one for one in plan(project)}
        kept = "".join(f"{one.to_json()}\n" for one in sections)
        write_whole(project / SECTIONS / f"{name}.jsonl", kept.encode())
        write_whole(project / stale.PAGES / f"{name}.html", b"page")
        inputs = inputs_of(project, [briefings[name]])[f"{name}.html"]
        made = stale.publish(project, f"{name}.html", inputs)
        stale.write_manifest(project, {**stale.read_manifest(project), f"{name}.html": made})

    return published


def test_a_page_has_a_document_of_its_sections(project: Path, publish: Publish) -> None:
    publish(TOLD[0], [LEAD])
    [path] = word(project, [TOLD[0]])
    assert path == project / FOLDER / f"{TOLD[0]}.docx"
    frame = frame_of(project, next(one for one in plan(project) if one.name == TOLD[0]))
    assert path.read_bytes() == word_document([LEAD], frame, {}, read_edition(project)["edition"])


def test_a_page_out_of_date_has_no_document(project: Path, publish: Publish) -> None:
    """Nor does an older one stay: it would be taken for what the page says now."""
    publish(TOLD[0], [LEAD])
    [path] = word(project, [TOLD[0]])
    page = project / stale.REPORTS / f"{TOLD[0]}.html"
    page.write_text("edited", encoding="utf-8")
    with pytest.raises(CompareError, match="run make first"):
        word(project, [TOLD[0]])
    assert not path.exists()
    page.unlink()
    with pytest.raises(CompareError, match=f'reports/{TOLD[0]}.html: found "no page"'):
        word(project, [TOLD[0]])


def test_a_page_whose_sections_are_lost_is_told(project: Path, publish: Publish) -> None:
    publish(TOLD[0], [LEAD])
    (project / SECTIONS / f"{TOLD[0]}.jsonl").unlink()
    with pytest.raises(
        CompareError, match='found "no sections"; expected the finished page; build it with --force'
    ):
        word(project, [TOLD[0]])


def test_a_name_that_is_no_briefing_is_refused(project: Path) -> None:
    with pytest.raises(UnknownName, match=TOLD[0]):
        word(project, [TOLD[0].replace("5g", "5h")])


def test_without_a_browser_no_document_is_written(
    project: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(project / "none"))
    publish(TOLD[0], [LEAD, DRAWN])
    publish(TOLD[1], [LEAD])
    with pytest.raises(CompareError, match="install Chromium, Chrome or Edge"):
        word(project, TOLD[:2])
    assert not (project / FOLDER).exists()


def test_findings_are_those_of_the_pages(project: Path, publish: Publish) -> None:
    value = Run(">3", "value", row="t-1")
    above = Section("above", text("What is above", Run("", "break"), " it"))
    ranked = Section("ranked", text("Ranks"), blocks=(Part((Chart(text("First."), (), "", ()),)),))
    attained = Section("attained", text("Reached: ", value))
    other = Section("table", text("Not told"))
    publish(TOLD[1], [LEAD, other, above, ranked, attained])
    publish(TOLD[0], [LEAD])
    publish(TOLD[2], [LEAD])
    first, second, third = findings(project).split("\n\n")
    assert second == "**Smart communities.** A title. Said. What is above it. First. Reached: >3."
    assert first.endswith("** A title. Said.") and third.endswith("** A title. Said.\n")
    assert first.startswith("**5G")


def test_findings_wait_for_their_pages(project: Path, publish: Publish) -> None:
    publish(TOLD[0], [LEAD])
    with pytest.raises(CompareError) as told:
        findings(project)
    assert [one for one in TOLD if f"reports/{one}.html" in str(told.value)] == list(TOLD[1:])


def test_findings_go_between_the_marks_and_nothing_else_changes(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{START}\nof before\n{END}\nafter\n", encoding="utf-8")
    assert write_findings(tmp_path, "told\n") == readme
    assert readme.read_text(encoding="utf-8") == f"before\n{START}\n\ntold\n\n{END}\nafter\n"


def test_a_readme_without_the_marks_is_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("nothing", encoding="utf-8")
    with pytest.raises(CompareError, match='README.md: found "no marks"; expected the lines'):
        write_findings(tmp_path, "told")
