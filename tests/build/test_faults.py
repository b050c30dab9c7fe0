"""Faults of the place: each ends in one sentence and status 1, leaves no torn or stale page, and heals."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from compare.build.build import Options, build
from compare.build.turn import turn
from compare.project import SOURCES
from disks import Disks
from small_project import STEPS, door, write_notebook, write_project, write_table

# A forked child would take over pytest's "every warning is an error"; in a build none stands.
pytestmark = [
    pytest.mark.filterwarnings("default"),
    pytest.mark.skipif(sys.platform == "win32", reason="the faults are those of a POSIX system"),
]

PAGES = ["topic-5g.en.html", "topic-5g.zh.html"]
SITE = ["index.en.html", "index.html", *PAGES]
# Long enough that a disk of 1 MB has no room for two pages.
NEW = "print('new', topic, lang, 'x' * 600_000)"
Told = tuple[int, str]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of two pages, built once."""
    folder = write_project(tmp_path_factory.mktemp("first"))
    write_table(folder / "data" / "curated" / "dezhou" / "targets.csv", {"indicator_id": "base_stations"})
    write_notebook(folder, "print('old', topic, lang)")
    assert build(folder, Options(), STEPS, lambda line: None) == []
    return folder


@pytest.fixture
def root(first: Path, tmp_path: Path) -> Path:
    """Return a copy of it whose pages a change of the notebook has made stale."""
    shutil.copytree(first, tmp_path / "project")
    write_notebook(tmp_path / "project", NEW)
    return tmp_path / "project"


@pytest.fixture
def disks() -> Iterator[Disks]:
    held = Disks()
    yield held
    held.leave()


@pytest.fixture
def make(root: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Told]]:
    """Return what runs `build` and gives its status and what it said of errors, of its children too."""
    before = signal.getsignal(signal.SIGTERM)

    def run(*words: str) -> Told:
        status = door("build", *words, "--root", str(root))
        return status, capfd.readouterr().err

    yield run
    signal.signal(signal.SIGTERM, before)


def reports(root: Path) -> list[str]:
    """Return the files below `reports/`, once none is seen half written and their list to be true."""
    names = sorted(path.name for path in (root / "reports").rglob("*") if path.is_file())
    assert not [name for name in names if name.endswith(".part")]
    made = [name for name in names if name not in ("mine", "ballast", "MANIFEST.json")]
    if "MANIFEST.json" in names:
        listed = json.loads((root / "reports" / "MANIFEST.json").read_bytes())["outputs"]
        assert sorted(listed) == made
    return made


def check_healed(root: Path, told: Told) -> None:
    assert told == (0, "")
    assert reports(root) == SITE
    for page in PAGES:
        name = page.removesuffix(".html")
        said = (root / "reports" / page).read_text(encoding="utf-8")
        assert said == f"{name}: new 5g {name[-2:]} {'x' * 600_000}\n"
    assert (root / "reports" / "index.html").read_text(encoding="utf-8") == "topic-5g.zh topic-5g.en"


def check_told(told: Told, *words: str) -> None:
    """Hold what was said to one sentence with a file, what was found and what to do, and no traceback."""
    status, said = told
    assert status == 1
    assert said.count("1 problem.") == 1 and len(said.splitlines()) == 2, said
    assert all(word in said for word in words), said
    assert said.endswith("then run the command again\n")


# --- one disk under the pages, another under what lies between


@pytest.mark.parametrize("folder", ["reports", "build", "build/pages"])
def test_folders_may_stand_on_disks_of_their_own(
    root: Path, make: Callable[..., Told], disks: Disks, folder: str
) -> None:
    disks.put(root / folder, "9m")
    check_healed(root, make())


def test_folders_may_be_links(root: Path, make: Callable[..., Told], tmp_path: Path) -> None:
    for name in ("reports", "build"):
        (root / name).rename(tmp_path / name)
        (root / name).symlink_to(tmp_path / name, target_is_directory=True)
    check_healed(root, make())


# --- disks that are full or can only be read

FULL, READ_ONLY = "No space left on device", "Read-only file system"


@pytest.mark.parametrize("engine", ["fork", "nbclient"])
@pytest.mark.parametrize("folder", ["reports", "build", "build/notebooks"])
def test_a_full_disk(root: Path, make: Callable[..., Told], disks: Disks, folder: str, engine: str) -> None:
    disks.fill(root / folder)
    told = make("--engine", engine, "--only", "topic-5g.zh")
    check_told(told, f"{folder}/", f'found "{FULL}"; make room on its disk')
    assert reports(root) == []
    disks.leave()
    disks.put(root / folder, "9m")
    check_healed(root, make("--engine", engine))


def test_a_disk_that_has_room_for_some_pages(root: Path, make: Callable[..., Told], disks: Disks) -> None:
    """What has been made stands; no front page lists less than there is once the rest is made."""
    disks.put(root / "reports")
    told = make("--jobs", "1")
    check_told(told, "reports/topic-5g.en.html", FULL)
    assert reports(root) == ["index.en.html", "index.html", "topic-5g.zh.html"]
    assert (root / "reports" / "index.html").read_text(encoding="utf-8") == "topic-5g.zh"
    disks.leave()
    check_healed(root, make())


@pytest.mark.parametrize("folder", ["build", "build/pages", "build/notebooks"])
def test_a_folder_that_can_only_be_read(
    root: Path, make: Callable[..., Told], disks: Disks, folder: str
) -> None:
    disks.forbid(root / folder)
    check_told(make(), f"{folder}/", f'found "{READ_ONLY}"; make its disk writable')
    assert reports(root) == []
    disks.leave()
    check_healed(root, make())


def test_pages_that_can_only_be_read_are_named_one_and_all(
    root: Path, make: Callable[..., Told], disks: Disks
) -> None:
    """They are stale and cannot leave: the reader of the error must know which."""
    disks.forbid(root / "reports")
    status, said = make()
    assert (status, said.count(READ_ONLY)) == (1, len(SITE))
    assert said.startswith("What is out of date cannot be removed: 4 problems.")
    assert all(f"reports/{page}" in said for page in SITE)
    disks.leave()
    check_healed(root, make())


def test_a_built_project_that_can_only_be_read_is_told_as_built(
    first: Path, disks: Disks, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(first, tmp_path / "built")
    disks.forbid(tmp_path / "built")
    build(tmp_path / "built", Options(), STEPS)
    assert capsys.readouterr().out.startswith("Nothing has changed: 2 briefings")


# --- something else stands where a file or a folder should be


@pytest.mark.parametrize("folder", ["reports", "build", "build/pages", "build/notebooks"])
def test_a_file_where_a_folder_should_be(root: Path, make: Callable[..., Told], folder: str) -> None:
    shutil.rmtree(root / folder)
    (root / folder).write_text("mine", encoding="utf-8")
    check_told(make(), f'  1. {folder}: found "a file"; expected a folder; move it away')
    assert (root / folder).read_text(encoding="utf-8") == "mine"
    (root / folder).unlink()
    check_healed(root, make())


def test_a_link_that_leads_nowhere(root: Path, make: Callable[..., Told]) -> None:
    shutil.rmtree(root / "reports")
    (root / "reports").symlink_to(root / "unplugged", target_is_directory=True)
    check_told(make(), '  1. reports: found "a link that leads nowhere"; expected a folder')
    (root / "unplugged").mkdir()
    check_healed(root, make())


@pytest.mark.parametrize(
    ("file", "left"),
    [
        # Of those that stand as they should, all the others: nothing is stale among them.
        ("reports/topic-5g.zh.html", []),
        ("reports/index.html", []),
        ("reports/MANIFEST.json", []),
        ("build/manifest.json", []),
        ("build/pages/topic-5g.en.html", ["index.en.html", "index.html", "topic-5g.zh.html"]),
        ("build/notebooks/topic-5g.en.ipynb", ["index.en.html", "index.html", "topic-5g.zh.html"]),
        ("build/logs/topic-5g.en.txt", ["index.en.html", "index.html", "topic-5g.zh.html"]),
    ],
)
def test_a_folder_where_a_file_should_be(
    root: Path, make: Callable[..., Told], file: str, left: list[str]
) -> None:
    (root / file).unlink(missing_ok=True)
    (root / file).mkdir(parents=True)
    (root / file / "mine").touch()
    check_told(make("--jobs", "1"), f'  1. {file}: found "a folder"; expected a file; move it away')
    assert (root / file / "mine").exists()
    assert reports(root) == left
    shutil.rmtree(root / file)
    check_healed(root, make())


def test_a_folder_named_like_a_page_no_longer_planned_is_let_alone(
    root: Path, make: Callable[..., Told]
) -> None:
    (root / "reports" / "topic-parks.zh.html").mkdir()
    check_healed(root, make())


def test_what_a_killed_build_had_half_written_leaves(root: Path, make: Callable[..., Told]) -> None:
    for name in ("topic-5g.zh.html.4711.part", "word/topic-5g.zh.docx.4711.part"):
        (root / "reports" / name).parent.mkdir(exist_ok=True)
        (root / "reports" / name).write_text("torn", encoding="utf-8")
    (root / "reports" / "film.part").touch()
    assert make() == (0, "")
    assert [path.name for path in (root / "reports").rglob("*.part")] == ["film.part"]


# --- the log of a notebook that fails


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("file", 'build/logs: found "a file"; expected a folder'),
        ("disk", f'build/logs/topic-5g.zh.txt: found "{READ_ONLY}"; make its disk writable'),
    ],
)
@pytest.mark.parametrize("engine", ["fork", "nbclient"])
def test_a_log_that_cannot_be_written(
    root: Path, make: Callable[..., Told], disks: Disks, spoil: str, words: str, engine: str
) -> None:
    write_notebook(root, "1 / 0")
    if spoil == "disk":
        disks.forbid(root / "build" / "logs")
    else:
        (root / "build" / "logs").write_text("mine", encoding="utf-8")
    status, said = make("--engine", engine, "--only", "topic-5g.zh")
    first, second = said.splitlines()
    assert status == 1
    assert first.endswith("topic_comparison.ipynb, cell 3: ZeroDivisionError: division by zero")
    assert second == f"  the full traceback: not kept; {words}" + (
        "; move it away, then run the command again" if spoil == "file" else ", then run the command again"
    )
    assert reports(root) == []
    disks.leave()
    if spoil == "file":
        (root / "build" / "logs").unlink()
    write_notebook(root, NEW)
    check_healed(root, make("--engine", engine))


# --- permissions


def test_a_folder_that_is_not_ones_own(root: Path) -> None:
    command = own_process("build", "--root", str(root))
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("Root may write everywhere, and without setpriv it stays so.")
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    (root / "build" / "pages").chmod(0o555)
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    check_told((done.returncode, done.stderr), "build/pages/topic-5g.", 'found "Permission denied"; give')
    assert reports(root) == []
    (root / "build" / "pages").chmod(0o755)
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    check_healed(root, (done.returncode, done.stderr))


# --- two builds, and builds that are killed

ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join([str(SOURCES), str(Path(__file__).parents[1])])}


def own_process(*words: str) -> list[str]:
    code = "import sys, small_project; sys.exit(small_project.door(*sys.argv[1:]))"
    return [sys.executable, "-c", code, *words]


def started(root: Path, *words: str) -> subprocess.Popen[str]:
    command = own_process("build", *words, "--root", str(root))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=ENVIRONMENT | {"PYTHONUNBUFFERED": "1"}, text=True, **pipes)


def wait_for(done: Callable[[], object], seconds: int = 60) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


def test_a_build_to_which_nobody_listens_any_more(root: Path, make: Callable[..., Told]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = own_process("build", "--root", str(root))
    done = subprocess.run(command, env=ENVIRONMENT, stdout=theirs, stderr=subprocess.PIPE, text=True)
    os.close(theirs)
    check_told((done.returncode, done.stderr), '  1. standard output: found "Broken pipe"; let what reads it')
    check_healed(root, make())


# A cell that leaves the numbers of its process and of the one above it, and waits to be let go.
WAITS = """
import os, time
with open(f'../{lang}.part', 'w') as note: print(os.getpid(), os.getppid(), file=note)
os.rename(f'../{lang}.part', f'../{lang}.pids')
while not os.path.exists('../go'): time.sleep(0.05)
"""


def test_of_two_builds_at_once_one_waits_and_says_so(root: Path) -> None:
    write_notebook(root, WAITS + NEW)
    one = started(root)
    wait_for(lambda: len(list(root.glob("*.pids"))) == 2)
    two = started(root)
    assert two.stdout and "Another build is at work" in two.stdout.readline()
    assert two.poll() is None
    (root / "go").touch()
    said, complaints = one.communicate(timeout=60)
    assert one.returncode == 0, complaints
    check_healed(root, (two.wait(60), two.stderr.read() if two.stderr else ""))
    assert two.stdout.read().startswith("Nothing has changed: 2 briefings"), "nothing is made twice"
    two.communicate()


def test_a_turn_ends_with_its_block_though_it_failed(root: Path) -> None:
    said: list[str] = []
    with pytest.raises(ZeroDivisionError), turn(root, said.append):
        raise ZeroDivisionError
    with turn(root, said.append):
        assert said == []


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended and that nobody has asked after is no longer at work.
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text(encoding="ascii").rpartition(") ")[2][0] != "Z"


@pytest.mark.parametrize("engine", ["fork", "nbclient"])
def test_who_works_for_a_build_ends_with_it_though_it_was_killed(
    root: Path, make: Callable[..., Told], engine: str
) -> None:
    write_notebook(root, WAITS)
    killed = started(root, "--engine", engine)
    wait_for(lambda: len(list(root.glob("*.pids"))) == 2)
    working = [int(pid) for note in root.glob("*.pids") for pid in note.read_text(encoding="ascii").split()]
    assert len(set(working)) == 4 and all(map(alive, working))
    killed.kill()
    killed.communicate()
    wait_for(lambda: not any(map(alive, working)), 10)
    assert reports(root) == []
    write_notebook(root, NEW)
    check_healed(root, make("--engine", engine))
