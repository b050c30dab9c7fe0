"""What was received, held against a checkout: the same, altered, of another edition or inputs, or no page.

The checkout is a made-up project; its files are short and take their names as a build gives them, so that no
notebook need run.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook, load_workbook

from compare.__main__ import main
from compare.build import stale
from compare.build.altered import first_difference
from compare.build.inputs import Inputs, inputs_of, inputs_of_all
from compare.build.manifest import NAME, read_manifest
from compare.build.plan import plan
from compare.build.site import FRONTS, Site, survey
from compare.build.stale import write_whole
from compare.build.takeaways import takeaways
from compare.tables.edition import read_edition
from made_up.project import write_project
from made_up.shapes import Shape

PAGE = "calendar.en.html"
CALENDAR = "calendars/calendar-all.en.ics"
BOOK = "comparison.xlsx"


def html(name: str, inputs: Inputs, edition: str) -> str:
    """Return a page as short as can be that says of itself what pages say."""
    rows = "\n".join(f"<p>Line {number} of <b>{name}</b></p>" for number in range(20))
    return f"""<!DOCTYPE html>
<html><head>
<meta name="generator" content="city-compare 0.1.0">
<meta name="compare:edition" content="{edition}">
<meta name="compare:inputs" content="{inputs.fingerprint}">
<style>p{{color:red}}</style></head>
<body>
<h1>What {name} finds</h1>
<h2>The <b>first</b> part</h2>
{rows}
<h2>The second part</h2><p>Counted: <b>1,500</b> in all.</p>
<script type="application/json">{{"y":[1500]}}</script>
</body></html>
"""


@cache
def workbook(words: str = "1500") -> bytes:
    # Kept, since a workbook written anew bears another hour.
    book = Workbook()
    book.active.title = "5G"
    book.active.append(["Counted", words])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def content_of(name: str, inputs: Inputs, edition: str) -> bytes:
    if name.endswith(".xlsx"):
        return workbook()
    if name.endswith(".ics"):
        due = f"SUMMARY:Due of {name}\r\n 1500\r\nCOMMENT:{inputs.fingerprint}"
        return f"BEGIN:VCALENDAR\r\n{due}\r\nEND:VCALENDAR\r\n".encode()
    return html(name, inputs, edition).encode()


def fill(site: Site, without: tuple[str, ...] = ()) -> None:
    edition = read_edition(site.root)["edition"]
    for name in [one for one in site.inputs if one not in without] + list(FRONTS):
        inputs = site.index_inputs() if name in FRONTS else site.inputs[name]
        write_whole(site.root / stale.PAGES / name, content_of(name, inputs, edition))
        site.publish(name)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkout with every file made; nobody changes it."""
    folder = write_project(tmp_path_factory.mktemp("verify") / "checkout", Shape(cities=2), Random(7))
    fill(survey(folder, plan, takeaways))
    return folder


@pytest.fixture
def checkout(whole: Path, tmp_path: Path) -> Path:
    """Return a copy of the checkout that a test may change."""
    return shutil.copytree(whole, tmp_path / "checkout", copy_function=shutil.copyfile)


Told = Callable[..., str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Return what the command says of a path, once its status is seen to be the one that goes with it."""

    def ask(root: Path, path: Path | str) -> str:
        status = main(["verify", "--root", str(root), str(path)])
        out, err = capsys.readouterr()
        assert (status, bool(out), bool(err)) in [(0, True, False), (1, False, True)]
        assert "Traceback" not in err
        return out + err

    return ask


def mailed(
    root: Path, folder: Path, change: Callable[[bytes], bytes], name: str = PAGE, to: str = ""
) -> Path:
    """Return a file of the checkout as it came by mail, changed on the way, perhaps renamed."""
    path = folder / (to or Path(name).name)
    path.write_bytes(change((root / "reports" / name).read_bytes()))
    return path


# ── one file ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("to", ["", "brief from the city (1).html", "index.html"])
@pytest.mark.parametrize("name", [PAGE, CALENDAR, BOOK, "index.en.html"])
def test_the_same_bytes_are_known_under_any_name(
    whole: Path, tmp_path: Path, told: Told, name: str, to: str
) -> None:
    path = mailed(whole, tmp_path, bytes, name, to)
    edition = read_edition(whole)["edition"]
    assert told(whole, path) == f"{path.name}: the bytes that this checkout makes (edition {edition}).\n"


ALTERED = [
    (lambda page: page.replace(b"1,500", b"1,600"), PAGE, "",
     '{}, under “The second part”: found "Counted: 1,600 in all."; expected "Counted: 1,500 in all."; '
     "altered after it was built;", "words"),
    (lambda page: page.replace(b"1,500", b"1,600"), PAGE, "mail.html",
     'mail.html, under “The second part”: found "Counted: 1,600', "a page renamed is found by its lines"),
    (lambda page: page.replace(b"Line 3 of", b"Line three").replace(b"1,500", b"9"), PAGE, "",
     "{}, under “The first part”: found \"Line three", "the first of several"),
    (lambda page: page.replace(b"Line 3 of", b"Line three").replace(b"1,500", b"9"), PAGE, "",
     "2 passages differ", "several are counted"),
    (lambda page: page.replace(b"[1500]", b"[1600]"), PAGE, "",
     'in what is not read, <script>: found "…cation/json">{{"y":[1600]}}"; expected "…cation/json">{{"y":[1',
     "a chart"),
    (lambda page: page.replace(b"</body>", b"<script>alert(1)</script></body>"), PAGE, "",
     'in what is not read, <body>: found "<script>alert(1)"; expected "</body>"', "a script put in"),
    (lambda page: page[: page.index(b"<h2>The second")], PAGE, "",
     'under “The second part”: found "nothing"; expected "The second part"', "cut off"),
    (lambda page: page.replace(b"\n", b"\r\n"), PAGE, "",
     '{}, in no word: found "other spaces or line ends', "line ends alone"),
    (lambda page: b"\xef\xbb\xbf" + page, PAGE, "", '{}, in no word: found "other', "a byte order mark"),
    (lambda page: page.replace(b"Line 3", b"Line \x1b[2J\xff\x00"), PAGE, "",
     'found "Line �[2J�� of', "what a terminal would obey"),
    (lambda _: workbook("1600"), BOOK, "",
     '{}, sheet “5G”, cell B1: found "1600"; expected "1500"', "a cell"),
    (lambda book: resaved(book), BOOK, "",
     "the same cells, saved by another program", "a workbook saved again"),
    (lambda _: workbook("1600"), BOOK, "renamed.xlsx",
     'renamed.xlsx, sheet “5G”, cell B1: found "1600"', "the one workbook, renamed"),
    (lambda book: book[:900], BOOK, "", '{}, in the file as a whole: found "no workbook', "half a workbook"),
    (lambda ics: ics.replace(b"1500", b"1600"), CALENDAR, "",
     '{}, line 2: found "…calendar-all.en.ics1600"; expected "…calendar-all.en.ics1500"', "a folded line"),
]  # fmt: skip


def resaved(content: bytes) -> bytes:
    held = io.BytesIO()
    load_workbook(io.BytesIO(content)).save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("change", "name", "to", "words"), [pytest.param(*one[:4], id=one[4]) for one in ALTERED]
)
def test_what_was_altered_is_told_by_its_place(
    whole: Path, tmp_path: Path, told: Told, change: Callable[[bytes], bytes], name: str, to: str, words: str
) -> None:
    path = mailed(whole, tmp_path, change, name, to)
    said = told(whole, path)
    assert said.startswith(f"{path.name} is not what this checkout makes: 1 problem.\n")
    assert words.format(path.name) in said


def other_inputs(page: bytes) -> bytes:
    start = page.index(b'inputs" content="') + len(b'inputs" content="')
    kinds = page[start : start + 34].split(b"-")
    return page.replace(page[start : start + 34], b"-".join([kinds[0], b"abcdef", *kinds[2:4], b"0"]))


@pytest.mark.parametrize(
    ("change", "words", "reason"),
    [
        (lambda page: page.replace(b'edition" content="', b'edition" content="of '),
         ['found "edition of ', "hold it against a checkout of its own edition"], "another edition"),
        (other_inputs, ["made from other tables (data/curated), environment (Python, requirements/lean.txt",
                        "whether it was altered besides cannot be told"], "the kinds of inputs that differ"),
        (lambda page: other_inputs(page).replace(b'edition" content="', b'edition" content="of '),
         ['found "edition of ', "made from other tables", "2 problems"], "both at once"),
        (lambda page: page.replace(b'inputs" content="', b'inputs" content="&lt;b&gt;\x1b'),
         ["made from other documents"], "a fingerprint that is none"),
    ],
)  # fmt: skip
def test_a_page_made_from_something_else_says_so(
    whole: Path, tmp_path: Path, told: Told, change: Callable[[bytes], bytes], words: list[str], reason: str
) -> None:
    said = told(whole, mailed(whole, tmp_path, change))
    assert [one for one in words if one not in said] == [], reason
    assert "\x1b" not in said


def test_a_checkout_that_changed_since_its_build_names_what(
    checkout: Path, tmp_path: Path, told: Told
) -> None:
    page = mailed(checkout, tmp_path, bytes)
    altered = mailed(checkout, tmp_path, lambda page: page.replace(b"1,500", b"1,600"), to="altered.html")
    with (checkout / "data" / "curated" / "topics.csv").open("ab") as table:
        table.write(b"\n")
    since = "data/curated/topics.csv changed"
    now = f"expected what it would make now; run make; since then: {since}"
    assert f'found "what this checkout\'s last build made"; {now}' in told(checkout, page)
    said = told(checkout, altered.rename(page))
    assert f"run make; since this checkout's last build: {since}" in said
    assert 'found "made from other tables (data/curated)"; expected those of this checkout' in said


def test_what_is_not_built_here_says_what_to_run(checkout: Path, tmp_path: Path, told: Told) -> None:
    page, book = mailed(checkout, tmp_path, bytes), mailed(checkout, tmp_path, bytes, BOOK)
    shutil.rmtree(checkout / "reports")
    shutil.rmtree(checkout / "build")
    found = "nothing built here that it could be held against"
    run = "expected the finished file; run python -m compare build --only calendar.en, then verify again"
    assert f'{PAGE}: found "{found}"; {run}' in told(checkout, page)
    assert "run make, then" in told(checkout, book)
    assert told(checkout, tmp_path).count("run make, then") == 1
    fill(survey(checkout, plan, takeaways), without=(PAGE,))
    assert run in told(checkout, page)
    assert "the bytes that this checkout makes" in told(checkout, book)


STRANGE = {
    "an empty file": b" \n",
    "bytes that are no text": bytes(range(256)) * 40,
    "a file that begins “<!DOCTYPE html><p>Not ours”": b"<!DOCTYPE html><p>Not ours",
    "a file that begins “{}”": b"{}",
}


@pytest.mark.parametrize("found", STRANGE)
def test_what_is_no_page_is_told_in_a_sentence(whole: Path, tmp_path: Path, told: Told, found: str) -> None:
    path = tmp_path / PAGE
    path.write_bytes(STRANGE[found])
    assert f'{PAGE}: found "{found}"; expected a page, a calendar or a workbook of a build; ' in told(
        whole, path
    )


def test_a_page_of_ours_that_is_none_of_this_checkout(whole: Path, tmp_path: Path, told: Told) -> None:
    path = tmp_path / "cut.html"
    path.write_bytes(b'<head><meta name="generator" content="city-compare 9"></head><body>\nOther\n')
    said = told(whole, path)
    assert 'cut.html: found "a file that this checkout does not make"' in said
    assert "again by build NOTEBOOK -p name=value" in said


def test_what_cannot_be_read_is_told_in_a_sentence(whole: Path, tmp_path: Path, told: Told) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "large.html").touch()
    with (tmp_path / "large.html").open("r+b") as file:
        file.truncate(1 << 27)
    cases = {
        tmp_path / "none.html": "no such file or folder",
        Path("/dev/null"): "neither file nor folder",
        tmp_path / ("a" * 300): "File name too long",
        tmp_path / "large.html": "134217728 bytes",
        tmp_path / "a.docx": "a Word document",
        whole / "reports" / NAME: "a manifest alone",
    }
    assert {path: words for path, words in cases.items() if f'found "{words}"' not in told(whole, path)} == {}


# ── a folder ───────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """Return the reports of the checkout as a folder that was received."""
    return shutil.copytree(whole / "reports", tmp_path / "received")


def test_a_folder_with_the_same_files_is_the_same(whole: Path, folder: Path, told: Told) -> None:
    count = sum(path.is_file() for path in folder.rglob("*"))
    says = f"{count} files, each with the bytes that this checkout makes"
    assert told(whole, folder).startswith(f"received: {says} (edition ")
    (folder / "word").mkdir()
    (folder / "word" / "calendar.en.docx").write_bytes(b"PK")
    assert told(whole, folder).startswith(f"received: {says}; 1 Word documents stand apart")


def test_everything_that_differs_is_told_at_once(whole: Path, folder: Path, told: Told) -> None:
    (folder / "index.html").unlink()
    (folder / CALENDAR).unlink()
    (folder / "notes \x1b.txt").write_text("mine", encoding="utf-8")
    mailed(whole, folder, lambda page: page.replace(b"1,500", b"1,600"))
    (folder / BOOK).write_bytes(b"")
    said = told(whole, folder)
    assert said.startswith("received is not what this checkout makes: 4 problems.\n")
    for words in (
        f'{PAGE}, under “The second part”: found "Counted: 1,600',
        f'{CALENDAR} and 1 more: found "missing"',
        f'{BOOK}, in the file as a whole: found "no workbook',
        'notes �.txt: found "a file that this checkout does not make"',
    ):
        assert words in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, 'MANIFEST.json: found "missing"'),
        (b"", 'found "no manifest of a build"'),
        (b"{", 'found "no manifest of a build"'),
        (b"[" * 100_000, 'found "no manifest of a build"'),
        (b"\xff\x00" * 100, 'found "no manifest of a build"'),
        (b'{"outputs": {"a": 1}, "inputs": {"b": 2}}', 'found "no manifest of a build"'),
        (b'{"edition": "1", "locked": {}, "inputs": {"\\ud800": {"\\ud800": ""}}, "outputs": {}}',
         'found "no manifest of a build"'),
        (b'{"edition": "1", "locked": {}, "inputs": {}, "outputs": {"a": {"sha256": "0"}}}',
         'found "a manifest altered by hand, at a"'),
    ],
)  # fmt: skip
def test_a_manifest_that_is_none_is_told_and_the_files_are_held_all_the_same(
    whole: Path, folder: Path, told: Told, content: bytes | None, words: str
) -> None:
    (folder / NAME).unlink() if content is None else (folder / NAME).write_bytes(content)
    said = told(whole, folder)
    assert said.startswith("received is not what this checkout makes: 1 problem.\n") and words in said
    mailed(whole, folder, lambda page: page.replace(b"1,500", b"1,600"))
    assert f"{PAGE}, under “The second part”" in told(whole, folder)


def tampered(folder: Path, change: Callable[[dict[str, dict[str, dict[str, str]]]], object]) -> None:
    said = json.loads((folder / NAME).read_bytes())
    change(said)
    (folder / NAME).write_text(json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


@pytest.mark.parametrize(
    ("change", "words", "reason"),
    [
        (lambda said: said["outputs"][PAGE].update(sha256="0" * 64), "MANIFEST.json, line ", "a digest"),
        (lambda said: said["outputs"].pop(PAGE), "it was altered, or lists other files", "a page left out"),
        (lambda said: said["outputs"][PAGE].update(inputs="0"), f"by hand, at {PAGE}", "a fingerprint"),
        (lambda said: next(iter(said["inputs"].values())).update(more="0"), "by hand, at ", "an input"),
        (lambda said: said.update(edition="1999\x1b"), 'found "edition 1999�"', "the edition"),
        (lambda said: said["locked"].update(pandas="9.9.9"), 'found ""pandas": "9.9.9",', "a version"),
    ],
)  # fmt: skip
def test_a_manifest_that_was_tampered_with_is_told(
    whole: Path, folder: Path, told: Told, change: Callable[..., object], words: str, reason: str
) -> None:
    tampered(folder, change)
    assert words in told(whole, folder), reason


def test_a_page_and_its_line_in_the_manifest_altered_together_are_told(
    whole: Path, folder: Path, told: Told
) -> None:
    page = mailed(whole, folder, lambda page: page.replace(b"1,500", b"1,600"))
    tampered(folder, lambda said: said["outputs"][PAGE].update(sha256=stale.sha256(page.read_bytes())))
    said = told(whole, folder)
    assert f"{PAGE}, under “The second part”" in said and "MANIFEST.json, line " in said


def test_a_folder_made_from_other_inputs_names_each_of_them(checkout: Path, folder: Path, told: Told) -> None:
    (checkout / "data" / "curated" / "terms.csv").write_bytes(b"other\n")
    (checkout / "notebooks" / "text" / "deadline_calendar.en.md").unlink()
    (checkout / "requirements" / "lean.txt").write_bytes(b"pandas==9\n")
    fill(survey(checkout, plan, takeaways))
    city = next(path for path in sorted(folder.glob("calendars/*.zh.ics")) if "all" not in path.name)
    city.write_bytes(city.read_bytes().replace(b"1500", b"1600"))
    said = told(checkout, folder)
    # What the manifest tells is not told of a file that was altered after it was listed.
    assert f"{city.relative_to(folder).as_posix()}, line 2: found" in said
    for name in ("data/curated/terms.csv", "notebooks/text/deadline_calendar.en.md", "requirements/lean.txt"):
        assert f"{name}, an input: found " in said
    # Calendars say nothing of themselves: the manifest tells of them. The workbook here is the same.
    lines = [line for line in said.splitlines() if ': found "made from other tables (data/curated), ' in line]
    counts = [int(line.partition(" and ")[2].split()[0]) + 1 for line in lines]
    assert sum(counts) == len(read_manifest((folder / NAME).read_bytes()).outputs) - 2
    assert ["prose" in line for line in lines] == [True, False], "some share no notebook with what changed"


def test_a_folder_without_a_file_and_one_from_elsewhere(whole: Path, tmp_path: Path, told: Told) -> None:
    (tmp_path / "empty").mkdir()
    assert 'the folder: found "no file"; expected MANIFEST.json' in told(whole, tmp_path / "empty")
    said = told(whole, whole / "notebooks")
    assert 'found "a file that this checkout does not make"' in said and 'found "missing"' in said


# ── the checkout itself ────────────────────────────────────────────────────────


SPOILT: list[Callable[[Path], object]] = [
    Path.unlink,
    lambda path: path.write_bytes(b"{"),
    lambda path: tampered(path.parent, lambda said: said["outputs"][PAGE].update(sha256="0" * 64)),
    lambda path: tampered(path.parent, lambda said: said["locked"].update(pandas="9.9.9")),
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_manifest_of_the_checkout_that_is_not_its_own_is_told(
    checkout: Path, tmp_path: Path, told: Told, spoil: Callable[[Path], object]
) -> None:
    page = mailed(checkout, tmp_path, bytes)
    spoil(checkout / "reports" / NAME)
    said = told(checkout, page)
    assert "reports/MANIFEST.json of this checkout: found " in said and "1 problem." in said


def test_a_page_spoilt_in_the_checkout_is_not_what_others_are_held_against(
    checkout: Path, tmp_path: Path, told: Told
) -> None:
    page = mailed(checkout, tmp_path, bytes)
    altered = mailed(checkout, tmp_path, lambda page: page.replace(b"1,500", b"1,600"), to="other.html")
    shutil.copyfile(altered, checkout / "reports" / PAGE)
    assert "the bytes that this checkout makes" in told(checkout, page)
    assert "nothing built here that it could be held against" in told(checkout, altered.rename(page))


# ── the manifest ───────────────────────────────────────────────────────────────


def test_the_manifest_lists_every_file_and_all_it_was_made_from(whole: Path) -> None:
    content = (whole / "reports" / NAME).read_bytes()
    held, said = read_manifest(content), json.loads(content)
    there = {
        path.relative_to(whole / "reports").as_posix(): path for path in (whole / "reports").rglob("*.*")
    }
    assert set(held.outputs) == set(there) - {NAME}
    assert {name: one.sha256 for name, one in held.outputs.items()} == {
        name: stale.sha256(path.read_bytes()) for name, path in there.items() if name != NAME
    }
    assert said["edition"] == held.edition == read_edition(whole)["edition"]
    assert list(said["locked"]) == ["Python", "pandas", "plotly", "requirements/lean.txt"]
    # A table of digests is told once, whatever the number of files.
    assert len(said["inputs"]) < len(said["outputs"]) and str(whole) not in content.decode()
    raw = {
        f"data/raw/{path.relative_to(whole / 'data' / 'raw').as_posix()}"
        for path in whole.glob("data/raw/*/*")
    }
    for name, one in held.outputs.items():
        assert one.inputs and raw <= set(one.inputs.shared.by_name), name
    assert set(said["outputs"][PAGE]) == {"sha256", "inputs", "parameters", "shared", "own"}


def test_the_same_files_in_another_folder_have_the_same_manifest(checkout: Path, whole: Path) -> None:
    (checkout / "reports" / NAME).unlink()
    shutil.rmtree(checkout / "build")
    fill(survey(checkout, plan, takeaways))
    assert (checkout / "reports" / NAME).read_bytes() == (whole / "reports" / NAME).read_bytes()


def test_the_fingerprint_of_a_page_can_be_had_before_it_is_made(whole: Path) -> None:
    """As where a page is made, from its briefing alone, from the book, or from what a front page lists."""
    site = survey(whole, plan, takeaways)
    (briefing,) = (one for one in site.briefings if one.page == PAGE)
    assert inputs_of(whole, [briefing])[PAGE].fingerprint == site.made[PAGE].inputs.fingerprint
    assert inputs_of_all(whole).fingerprint == site.made[BOOK].inputs.fingerprint
    listed = [*(one.page for one in site.standing()), *(one.name for one in site.takeaways)]
    assert inputs_of_all(whole, pages=listed).fingerprint == site.made["index.html"].inputs.fingerprint


def test_a_fingerprint_changes_in_the_kind_that_changed(whole: Path) -> None:
    site = survey(whole, plan, takeaways)
    made = site.inputs[PAGE]
    kinds = {
        "data/raw/more.txt": 0, "data/curated/more.csv": 1, "notebooks/more.py": 2,
        "src/compare/more.py": 3, "elsewhere/compare/more.py": 3, "requirements/lean.txt": 4, "Python": 4,
    }  # fmt: skip
    for name, at in kinds.items():
        shared = stale.Files({**made.shared.by_name, name: "0" * 64})
        pairs = zip(
            made.fingerprint.split("-"), replace(made, shared=shared).fingerprint.split("-"), strict=True
        )
        assert [one != other for one, other in pairs] == [at == kind for kind in range(5)], name
    passed = replace(made, parameters={**made.parameters, "more": 1})
    assert passed.fingerprint.split("-")[2] != made.fingerprint.split("-")[2]


@pytest.mark.parametrize(
    "noise", [b"<", b"<>" * 9, b"<script", b"<style>", b"</", b"<h2>", b"\x00\xff<a", b""]
)
def test_nothing_that_stands_for_a_page_breaks_the_comparison(noise: bytes) -> None:
    page = html("a", Inputs({}, stale.Files(), stale.Files()), "1").encode()
    assert first_difference(noise, page, ".html").expected == "What a finds"
    assert first_difference(page + noise, page, ".html").place


def damaged(content: bytes, rng: Random) -> bytes:
    """Return bytes with a few of them changed, put in, left out or doubled."""
    held = bytearray(content)
    for _ in range(rng.choice([1, 1, 3, 20])):
        at, to = rng.randrange(len(held)), rng.randrange(len(held))
        pieces = [
            bytes([rng.randrange(256)]),
            b"<",
            b"</script",
            b"\\ud800",
            b"[[[",
            b"null",
            held[to : to + 40],
        ]
        held[at : at + rng.choice([0, 1, 50])] = rng.choice(pieces)
        held += b"\n" * (not held)
    return bytes(held)


@pytest.mark.parametrize("name", [PAGE, CALENDAR, BOOK, NAME])
def test_whatever_is_damaged_is_told_in_words_that_can_be_printed(
    whole: Path, folder: Path, tmp_path: Path, told: Told, name: str
) -> None:
    rng, path = Random(name), folder / name
    content = path.read_bytes()
    for _ in range(25):
        path.write_bytes(now := damaged(content, rng))
        said = told(whole, folder if name == NAME else path)
        assert ("is not what this checkout makes" in said) == (now != content)
        assert said.replace("\n", "").isprintable()


def test_a_style_that_nothing_closes_is_compared_to_its_end() -> None:
    parted = first_difference(b"<style>p{a:1}", b"<style>p{a:2}", ".html")
    assert (parted.found, parted.expected) == ("<style>p{a:1}", "<style>p{a:2}")
