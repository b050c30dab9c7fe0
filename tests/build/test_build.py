"""What is built, when, and what stands in `reports/` meanwhile and afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from nbformat import NotebookNode

import compare.__main__ as door
from compare.build import workers
from compare.build.build import Options, Steps, build, explain
from compare.build.inputs import sha256
from compare.build.parameters import check_parameters, is_plain
from compare.build.plan import Briefing, plan
from compare.build.takeaways import Takeaway
from compare.errors import CompareError, Problem, UnknownName
from compare.project import SOURCES, find_root
from small_project import ALL, DEFAULTS, PAGES, STEPS, write_notebook, write_project, write_table

# A forked child would take over pytest's "every warning is an error"; in a build none stands.
pytestmark = pytest.mark.filterwarnings("default")

# Files of a user's, which no manifest lists.
MINE = ("mine.html", "topic-mine.zh.html")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project built once; whoever changes a file of it puts it back."""
    folder = write_project(tmp_path_factory.mktemp("built"))
    (folder / "notebooks" / "other.ipynb").write_text("{}", encoding="utf-8")
    run(folder)
    return folder


class Said(list[str]):
    """The lines a build prints, and the names of the briefings it ran."""

    @property
    def ran(self) -> list[str]:
        return sorted(line.split()[1] for line in self if line.startswith("["))


def run(root: Path, steps: Steps = STEPS, **options: object) -> Said:
    said = Said()
    failures = build(root, Options(**options), steps, said.append)  # type: ignore[arg-type]
    return Said([*said, *map(str, failures)])


def reports(root: Path) -> list[str]:
    """Return what stands in `reports/`, once its manifest is seen to list just that, by its bytes."""
    there = {path.name: path for path in (root / "reports").glob("*.*")}
    manifest = there.pop("MANIFEST.json", None)
    listed = json.loads(manifest.read_bytes())["outputs"] if manifest else {}
    made = {name: path for name, path in there.items() if name not in MINE}
    assert {name: one["sha256"] for name, one in listed.items() if "/" not in name} == {
        name: sha256(path.read_bytes()) for name, path in made.items()
    }
    return sorted(there)


def read(root: Path, page: str) -> str:
    return (root / "reports" / page).read_text(encoding="utf-8")


def refuse(root: Path) -> object:
    raise CompareError("The tables do not hold", [Problem("jinan/targets.csv", row=2, found="x")])


# --- the plan


def test_a_topic_needs_two_cities_and_each_language_is_a_briefing(root: Path) -> None:
    briefings = plan(root)
    assert [briefing.name for briefing in briefings] == ALL
    assert briefings[0].parameters == {
        "topic": "5g", "lang": "zh", "as_of": "2026-11-21", "cities": ["jinan", "dezhou"],
    }  # fmt: skip


def test_a_place_without_a_folder_is_no_city(root: Path) -> None:
    (root / "data" / "curated" / "shandong").mkdir()
    assert plan(root)[0].parameters["cities"] == ["shandong", "jinan", "dezhou"]


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("topics.csv", None, "data/curated/topics.csv"),
        ("jinan/targets.csv", "target_id\nt-1\n", "column indicator_id"),
        ("edition.yaml", "edition: 1\n", '"as_of"'),
        ("edition.yaml", "as_of: [\n", "expected YAML"),
        ("edition.yaml", "", "no keys"),
        ("../../notebooks/briefings.yaml", "- topic_comparison", "notebooks/briefings.yaml, column entry 1"),
    ],
)
def test_a_plan_that_cannot_be_made_says_why_and_takes_every_page_out(
    root: Path, file: str, content: str | None, words: str
) -> None:
    run(root)
    path = root / "data" / "curated" / file
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    with pytest.raises(CompareError, match=words):
        run(root)
    assert reports(root) == []


def test_the_root_is_found_from_below_and_never_guessed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "notebooks" / "text")
    assert find_root() == root.resolve()
    with pytest.raises(CompareError, match="--root"):
        find_root(root / "notebooks")


# --- what is stale


def told(root: Path, *only: str, steps: Steps = STEPS) -> dict[str, str]:
    """Return what a build would say of each page, by page."""
    return dict(line.split(": ", 1) for line in explain(root, only, steps) if ": " in line)


def stale_pages(root: Path) -> set[str]:
    return {page for page, words in told(root).items() if page in PAGES and words != "nothing has changed"}


@pytest.mark.parametrize(
    ("file", "changed"),
    [
        ("data/curated/jinan/targets.csv", True),
        ("data/curated/CODEBOOK.md", False),
        ("data/raw/jinan/jinan-2019.txt", True),
        ("data/review/decisions.csv", False),
        ("notebooks/text/topic_comparison.en.md", True),
        ("notebooks/text/terms.en.md", True),
        ("notebooks/briefings.yaml", True),
        ("notebooks/text/other.en.md", False),
        ("notebooks/topic_comparison.ipynb", True),
        ("notebooks/other.ipynb", False),
        ("notebooks/beside.py", True),
        ("notebooks/.ipynb_checkpoints/topic_comparison.ipynb", False),
        ("requirements/lean.txt", True),
        ("requirements/lab.txt", False),
        ("data/curated/jinan/.targets.csv.swp", False),
        ("data/curated/jinan/targets.csv~", False),
        ("reports/notes.html", False),
        ("README.md", False),
        ("docs/decisions.md", False),
        ("tests/test_page.py", False),
    ],
)
def test_exactly_what_a_page_is_made_from_makes_it_stale(built: Path, file: str, changed: bool) -> None:
    path = built / file
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else None
    path.write_bytes((before or b"") + b"\n")
    try:
        assert stale_pages(built) == (set(PAGES) if changed else set())
        if changed:
            assert all(file in told(built)[page] for page in PAGES)
    finally:
        path.unlink() if before is None else path.write_bytes(before)
    assert stale_pages(built) == set()


def test_times_and_the_folder_of_the_project_do_not_count(root: Path) -> None:
    run(root)
    for path in root.rglob("*.csv"):
        os.utime(path, (0, 0))
    assert stale_pages(root) == set()
    moved = root.rename(root.with_name(f"{root.name}-elsewhere"))
    assert stale_pages(moved) == set()


def test_a_renamed_file_a_new_parameter_and_another_python_are_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root)
    text = root / "notebooks" / "text" / "topic_comparison.zh.md"
    text.rename(text.with_name("topic_comparison.en.md"))
    named = "notebooks/text/topic_comparison"
    assert told(root)["topic-5g.zh.html"] == f"{named}.en.md is new; {named}.zh.md is gone"
    text.with_name("topic_comparison.en.md").rename(text)

    def later(root: Path) -> list[Briefing]:
        return [replace(one, parameters={**one.parameters, "as_of": "2027-01-01"}) for one in plan(root)]

    changed = told(root, "topic-5g.en", steps=replace(STEPS, plan=later))
    assert changed == {"topic-5g.en.html": 'as_of is "2027-01-01", was "2026-11-21"'}
    monkeypatch.setattr("platform.python_version", lambda: "3.99.0")
    assert told(root)["topic-5g.zh.html"].startswith("Python is 3.99.0, was 3.")


def test_why_tells_every_page_and_leaves_all_as_it_is(root: Path) -> None:
    beside = replace(STEPS, takeaways=lambda root: [Takeaway("calendars/a.zh.ics", lambda *_: b"")])
    assert set(told(root, steps=beside)) == {*PAGES, "calendars/a.zh.ics", "index.html", "index.en.html"}
    assert reports(root) == []
    run(root)
    assert set(told(root).values()) == {"nothing has changed"}
    assert list(explain(root, steps=STEPS))[-1] == "Nothing would be made."
    (root / "reports" / "topic-5g.zh.html").unlink()
    (root / "reports" / "topic-5g.en.html").write_text("edited", encoding="utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert told(root)["topic-5g.zh.html"] == "missing in reports/"
    assert told(root)["topic-5g.en.html"] == "altered in reports/ since it was made"
    assert told(root)["index.html"] == "lists pages that are made anew"
    assert list(explain(root, ["topic-5g.zh"], STEPS))[-1] == "1 of 1 would be made; nothing was built."
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    with pytest.raises(UnknownName, match=r'found "topic-5g.cn"; expected topic-5g'):
        list(explain(root, ["topic-5g.cn"], STEPS))


def test_why_still_knows_after_a_build_took_a_page_out(root: Path) -> None:
    """A build of one page takes the other stale ones out; what has changed for them is not forgotten."""
    run(root)
    (root / "data" / "curated" / "jinan" / "note.csv").write_text("x", encoding="utf-8")
    run(root, only=("topic-5g.zh",))
    assert told(root)["topic-5g.zh.html"] == "nothing has changed"
    assert told(root)["topic-5g.en.html"] == "data/curated/jinan/note.csv is new; missing in reports/"
    assert told(root)["index.html"] == "will list other pages"
    run(root)
    write_notebook(root, "1 / 0")
    run(root, only=("topic-5g.zh",))
    words = "notebooks/topic_comparison.ipynb changed; missing in reports/; could not be built, see "
    assert told(root)["topic-5g.zh.html"] == f"{words}build/logs/topic-5g.zh.txt"


def test_a_manifest_that_holds_no_inputs_says_never_built(root: Path) -> None:
    run(root)
    manifest = root / "build" / "manifest.json"
    pages = json.loads(manifest.read_text(encoding="utf-8"))["pages"]
    old = {name: {"digest": "0" * 64, "sha256": one["sha256"]} for name, one in pages.items()}
    old["topic-parks.zh.html"] = {"digest": "", "sha256": ""}
    (root / "reports" / "topic-parks.zh.html").write_text("parks", encoding="utf-8")
    manifest.write_text(json.dumps({"pages": old}), encoding="utf-8")
    assert {told(root)[page] for page in PAGES} == {"never built"}
    assert told(root)["topic-parks.zh.html"] == "no longer planned, leaves reports/"
    assert run(root).ran == sorted(ALL)
    assert reports(root) == ["index.en.html", "index.html", *PAGES]


# --- a build


def test_a_build_makes_every_page_and_the_index_and_a_second_runs_nothing(root: Path) -> None:
    assert run(root).ran == sorted(ALL)
    assert reports(root) == ["index.en.html", "index.html", *PAGES]
    shown = "topic-open_data.en: open_data en 2026-11-21 jinan dezhou\n"
    assert read(root, "topic-open_data.en.html") == shown
    assert read(root, "index.html") == " ".join(ALL)
    unused = replace(STEPS, check=refuse, front=lambda *_: pytest.fail("not stale"))
    assert run(root, unused) == ["Nothing has changed: 4 briefings in reports/, no notebook was run."]


def made_of(word: bytes) -> Callable[[Path], list[Takeaway]]:
    return lambda root: [Takeaway("sources/a.zh.html", lambda book, as_of, edition: word + edition.encode())]


def test_what_stands_beside_the_briefings_is_made_with_them_and_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.rules.load.load", lambda root: None)
    beside = replace(STEPS, takeaways=made_of(b"one "))
    run(root, beside, only=("topic-5g.en",))
    assert not (root / "reports" / "sources").exists(), "a build of some briefings makes nothing else"
    assert "1 files beside" in " ".join(run(root, beside))
    assert (root / "reports" / "sources" / "a.zh.html").read_bytes() == b"one 2026.11"
    assert run(root, replace(beside, check=refuse)) == [
        "Nothing has changed: 4 briefings in reports/, no notebook was run."
    ]
    (root / "reports" / "sources" / "a.zh.html").write_bytes(b"edited")
    assert run(root, beside).ran == []
    assert (root / "reports" / "sources" / "a.zh.html").read_bytes() == b"one 2026.11"
    (root / "notebooks" / "text" / "common.zh.md").write_text("六", encoding="utf-8")
    with pytest.raises(CompareError):
        run(root, replace(beside, check=refuse))
    assert not (root / "reports" / "sources" / "a.zh.html").exists(), "stale, and the data do not hold"


@pytest.mark.parametrize("spoil", [Path.unlink, lambda page: page.write_text("edited", encoding="utf-8")])
def test_a_page_that_was_edited_or_removed_is_made_again(root: Path, spoil: Callable[[Path], None]) -> None:
    run(root)
    whole = (root / "reports" / "topic-5g.zh.html").read_bytes()
    spoil(root / "reports" / "topic-5g.zh.html")
    assert run(root).ran == ["topic-5g.zh"]
    assert (root / "reports" / "topic-5g.zh.html").read_bytes() == whole
    spoil(root / "reports" / "index.html")
    assert run(root).ran == []
    assert read(root, "index.html") == " ".join(ALL)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"{}"), None])
def test_a_manifest_that_is_gone_edited_or_of_another_edition_is_written_anew(
    root: Path, spoil: Callable[[Path], object] | None
) -> None:
    run(root)
    manifest = root / "reports" / "MANIFEST.json"
    whole = manifest.read_bytes()
    if spoil:
        spoil(manifest)
        assert run(root, only=("topic-5g.en",)).ran == []
        assert manifest.read_bytes() == whole
    else:
        edition = root / "data" / "curated" / "edition.yaml"
        edition.write_text('edition: "2031.05"\nas_of: 2026-11-21\n', encoding="utf-8")
        run(root)
        assert json.loads(manifest.read_bytes())["edition"] == "2031.05"
        assert json.loads(whole)["edition"] == "2026.11"
    run(root, replace(STEPS, page=lambda *_: str(1 / 0)), only=("topic-5g.en",), force=True)
    assert "topic-5g.en.html" not in json.loads(manifest.read_bytes())["outputs"]
    assert len(reports(root)) == 5


def test_only_and_force(root: Path) -> None:
    assert run(root, only=("topic-5g.en",)).ran == ["topic-5g.en"]
    assert reports(root) == ["index.en.html", "index.html", "topic-5g.en.html"]
    assert run(root, only=("topic-5g.en",)).ran == []
    assert run(root, only=("topic-5g.en",), force=True).ran == ["topic-5g.en"]
    assert run(root).ran == sorted(set(ALL) - {"topic-5g.en"})
    with pytest.raises(UnknownName, match=r'found "topic-5g.cn"; expected topic-5g'):
        run(root, only=("topic-5g.cn",))


def test_failing_data_stop_every_briefing_and_nothing_stale_is_left(root: Path) -> None:
    run(root)
    (root / "data" / "curated" / "jinan" / "note.txt").write_text("x", encoding="utf-8")
    with pytest.raises(CompareError, match="jinan/targets.csv, row 2"):
        run(root, replace(STEPS, check=refuse))
    assert reports(root) == []


def test_stale_pages_leave_before_anything_runs(root: Path) -> None:
    run(root)
    write_notebook(root, "import os\nprint(*sorted(os.listdir('../reports')))")
    run(root, jobs=1)
    # One after another: each sees those made before it, their list, and nothing else.
    seen = [read(root, f"{name}.html").split()[1:] for name in ALL]
    made = [sorted(f"{name}.html" for name in ALL[:count]) for count in range(len(ALL))]
    assert seen == [["MANIFEST.json", *pages] if pages else [] for pages in made]


def test_a_page_no_longer_planned_leaves_but_a_file_of_the_users_stays(root: Path) -> None:
    run(root)
    (root / "reports" / "mine.html").write_text("mine", encoding="utf-8")
    write_table(root / "data" / "curated" / "dezhou" / "targets.csv", {"indicator_id": "data_sets"})
    run(root)
    left = ["topic-open_data.en.html", "topic-open_data.zh.html"]
    assert reports(root) == ["index.en.html", "index.html", "mine.html", *left]
    assert read(root, "index.html") == "topic-open_data.zh topic-open_data.en"


CELL = "topic_comparison.ipynb, cell 4: "
ENDED = "the process that ran it was ended"
LOST = "ipynb: the process that built it was ended"
UNKNOWN = "from compare.errors import UnknownName\nraise UnknownName('No such topic')"
KILL = "import os, signal\nos.kill(os.{}(), signal.SIGKILL)"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{}[topic]", CELL + "KeyError: 'open_data'"),
        (UNKNOWN, CELL + "No such topic"),
        (KILL.format("getpid"), CELL + ENDED),
        (KILL.format("getppid") + "\nimport time\ntime.sleep(20)", LOST),
    ],
)
def test_a_failed_notebook_takes_its_page_out_and_others_go_on(root: Path, source: str, words: str) -> None:
    run(root)
    indented = source.replace("\n", "\n    ")
    write_notebook(root, "1", f"print(topic)\nif topic == 'open_data':\n    {indented}", "print('end')")
    said = run(root)
    assert [words in line for line in said[-2:]] == [True, True]
    assert sum("failed" in line for line in said) == 2
    assert reports(root) == ["index.en.html", "index.html", "topic-5g.en.html", "topic-5g.zh.html"]
    assert read(root, "index.html") == "topic-5g.zh topic-5g.en"
    assert run(root).ran == ["topic-open_data.en", "topic-open_data.zh"]


def test_the_full_traceback_is_kept_until_the_page_is_mended(root: Path) -> None:
    write_notebook(root, "def deep():\n    return 1 / 0\ndeep()")
    log = root / "build" / "logs" / "topic-5g.zh.txt"
    assert f"full traceback: {log.relative_to(root).as_posix()}" in run(root, only=("topic-5g.zh",))[-1]
    assert "in deep()" in log.read_text(encoding="utf-8")
    assert "\x1b" not in log.read_text(encoding="utf-8")
    write_notebook(root, "print('mended')")
    run(root, only=("topic-5g.zh",))
    assert not log.exists()


def test_a_page_that_cannot_be_rendered_is_a_failure_too(root: Path) -> None:
    def broken(notebook: NotebookNode, briefing: Briefing, root: Path) -> str:
        return str(1 / 0)

    said = run(root, replace(STEPS, page=broken), only=("topic-5g.zh",))
    assert "the page of notebooks/topic_comparison.ipynb: ZeroDivisionError" in said[-1]
    assert reports(root) == []


def test_however_a_build_fails_valid_pages_and_a_true_index_stay(root: Path) -> None:
    """Of two notebooks one is changed, and then all that can go wrong with it does."""
    shutil.copy(root / "notebooks" / "topic_comparison.ipynb", root / "notebooks" / "cascade.ipynb")

    def both(root: Path) -> list[Briefing]:
        named = [one for one in plan(root) if one.name == "topic-5g.en"]
        return [*named, Briefing("cascade.zh", "cascade", named[0].parameters, "zh")]

    def true(*standing: str) -> None:
        pages = [f"{name}.html" for name in standing]
        assert reports(root) == sorted(["index.en.html", "index.html", *pages])
        assert read(root, "index.html") == " ".join(reversed(standing))

    steps = replace(STEPS, plan=both)
    run(root, steps)
    true("cascade.zh", "topic-5g.en")
    whole = replace(steps, page=lambda *_: str(1 / 0))
    run(root, whole, only=("cascade.zh",), force=True)
    true("topic-5g.en")
    run(root, steps, only=("cascade.zh",))
    true("cascade.zh", "topic-5g.en")
    for defaults, words in (
        (DEFAULTS.replace("lang", "language"), "expected language"),
        ("topic = (", "read"),
    ):
        write_notebook(root, "print(topic)", defaults=defaults)
        with pytest.raises(CompareError, match=words):
            run(root, steps)
        true("cascade.zh")
    with pytest.raises(CompareError, match="jinan/targets.csv"):
        run(root, replace(steps, check=refuse), only=("topic-5g.en",))
    true("cascade.zh")
    with pytest.raises(CompareError, match="jinan/targets.csv"):
        run(root, replace(steps, check=refuse), only=("cascade.zh",), force=True)
    true("cascade.zh")


def test_a_page_of_ours_leaves_though_its_record_is_lost(root: Path) -> None:
    made = '<head><meta name="generator" content="city-compare 0.1.0"></head>'
    run(root)
    for page in ("topic-parks.zh.html", "city-jinan.en.html", "mine.html"):
        (root / "reports" / page).write_text(made, encoding="utf-8")
    (root / "reports" / "topic-mine.zh.html").write_text("<head></head>", encoding="utf-8")
    (root / "build" / "manifest.json").unlink()
    run(root)
    fronts, others = ["index.en.html", "index.html"], ["mine.html", "topic-mine.zh.html"]
    assert reports(root) == sorted([*fronts, *others, *PAGES])


def test_without_a_briefing_no_index_is_left(root: Path) -> None:
    run(root)
    write_table(root / "data" / "curated" / "dezhou" / "targets.csv", {"indicator_id": ""})
    assert run(root) == ["No topic has coded rows in two places yet, so there is no briefing to build."]
    assert reports(root) == []


def test_an_interrupted_build_goes_on_where_it_stopped(root: Path) -> None:
    def interrupt(line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(root, Options(jobs=1), STEPS, interrupt)
    assert reports(root) == ["index.en.html", "index.html", "topic-5g.zh.html"]
    assert read(root, "index.html") == "topic-5g.zh"
    assert run(root).ran == sorted(set(ALL) - {"topic-5g.zh"})


def test_a_broken_manifest_counts_as_none(root: Path) -> None:
    run(root)
    (root / "build" / "manifest.json").write_text('{"pages": {"topic', encoding="utf-8")
    with pytest.raises(CompareError):
        run(root, replace(STEPS, check=refuse))
    assert reports(root) == []
    assert run(root).ran == sorted(ALL)
    manifest = {"pages": {"../data/raw.txt": {"digest": "", "sha256": ""}}}
    (root / "build" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (root / "data" / "raw.txt").write_text("kept", encoding="utf-8")
    run(root)
    assert (root / "data" / "raw.txt").exists()


# --- parameters


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"topics": "5g"}, 'column topics: found "topics"; expected topic'),
        ({"zzz": 1}, "expected one of topic, lang, as_of, cities"),
        ({"cities": ("jinan",)}, "expected text, numbers"),
        ({"as_of": float("nan")}, "expected text, numbers"),
        ({"as_of": float("inf")}, "expected text, numbers"),
    ],
)
def test_wrong_parameters_are_refused(root: Path, given: dict[str, object], words: str) -> None:
    notebook = root / "notebooks" / "topic_comparison.ipynb"
    check_parameters(notebook, {"topic": "5g", "cities": ["jinan"]})
    with pytest.raises(CompareError, match="notebooks/topic_comparison.ipynb") as caught:
        check_parameters(notebook, given)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no such file"),
        ("{", "can be read"),
        (json.dumps({"cells": [{"source": "x = 1", "metadata": {}}]}), 'no cell tagged "parameters"'),
    ],
)
def test_a_notebook_without_parameters_is_refused(root: Path, content: str | None, words: str) -> None:
    notebook = root / "notebooks" / "topic_comparison.ipynb"
    notebook.unlink() if content is None else notebook.write_text(content, encoding="utf-8")
    with pytest.raises(CompareError, match=words):
        check_parameters(notebook, {"x": 1})


def test_annotated_defaults_are_known(root: Path) -> None:
    write_notebook(root, defaults="# the city\nx: str | None = None  # a = b\ny = {'a': 1,\n     'b': 2}\n")
    check_parameters(root / "notebooks" / "topic_comparison.ipynb", {"x": 1, "y": 2})
    assert not is_plain({1: "a key that JSON would turn into text"})


def test_unknown_parameters_are_refused_before_anything_runs(root: Path) -> None:
    write_notebook(root, "open('ran', 'w').close()", defaults=DEFAULTS.replace("lang", "language"))
    with pytest.raises(CompareError, match='found "lang"; expected language') as caught:
        run(root)
    assert len(caught.value.problems) == 1
    assert not (root / "notebooks" / "ran").exists()


# --- workers


def test_tasks_end_each_in_its_own_process_or_with_the_reason_they_did_not() -> None:
    tasks = [os.getpid, lambda: os._exit(4), os.getpid]
    ended = {one.number: one for one in workers.in_children(tasks, 2)}  # type: ignore[arg-type]
    assert len({ended[0].value, ended[2].value, os.getpid()}) == 3
    assert ended[1].lost == "the process that built it ended by itself with status 4"


def test_a_death_is_noticed_though_a_child_of_the_dead_lives_on(tmp_path: Path) -> None:
    def die() -> int:
        if os.fork() == 0:
            time.sleep(5)
            (tmp_path / "late").touch()
        os._exit(4)

    (ended,) = workers.in_children([die], 1)
    assert ended.lost.endswith("status 4")
    assert not (tmp_path / "late").exists()


def test_leaving_early_lets_what_is_at_work_clear_up(tmp_path: Path) -> None:
    note, cleared = tmp_path / "pid", tmp_path / "cleared"

    def slow() -> int:
        try:
            note.write_text(str(os.getpid()))
            signal.pause()
        finally:
            cleared.touch()
        return 0

    tasks: Iterator[workers.Ended[int]] = workers.in_children([slow, lambda: _when(note)], 2)
    assert next(tasks).number == 1
    tasks.close()  # type: ignore[attr-defined]
    assert cleared.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def _when(note: Path) -> int:
    while not (note.exists() and note.read_text()):
        time.sleep(0.01)
    return 1


def test_threads_give_the_same_account() -> None:
    assert sorted(one.value or 0 for one in workers.in_threads([lambda: 1, lambda: 2], 2)) == [1, 2]


# --- the command door


def command(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    line = [sys.executable, "-X", "importtime", "-m", "compare", *words]
    return subprocess.run(line, env=environment, capture_output=True, text=True, check=False)


def test_a_build_with_nothing_to_do_imports_nothing_dear(root: Path) -> None:
    run(root)
    told = command("build", "--root", str(root))
    assert (told.returncode, told.stdout) == (
        0, "Nothing has changed: 4 briefings in reports/, no notebook was run.\n",
    )  # fmt: skip
    imported = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert "compare.build.stale" in imported
    assert not imported & {"pandas", "numpy", "papermill", "nbformat", "plotly", "multiprocessing", "IPython"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--help"], "build the briefings into reports/"),
        (["build", "--help"], "--engine {fork,nbclient}"),
        (["check", "--help"], "Nothing is changed."),
    ],
)
def test_help_is_said_in_words(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        door.main(words)
    assert caught.value.code == 0
    assert expected in capsys.readouterr().out


def test_a_problem_is_told_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert door.main(["check", "--root", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 2)
    assert "data/curated/datapackage.yaml" in told.err


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_jobs_are_counted_from_one(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        door.main(["build", "--jobs", jobs])
    assert "--jobs" in capsys.readouterr().err
