"""The engine "fork": the outputs of a stock kernel, from a child that cannot harm its parent."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from papermill.exceptions import PapermillExecutionError

from compare.build import run
from compare.build.engine import FORK, STOCK, CellLost, settled
from compare.build.plan import Briefing

# A forked child would take over pytest's "every warning is an error"; in a build none stands.
pytestmark = pytest.mark.filterwarnings("default")

TAGGED = {"tags": ["parameters"]}
PARAMETERS = new_code_cell("cities = ['jinan']\ntitle = ''", id="parameters", metadata=TAGGED)
# Each cell shows another way in which outputs reach a notebook.
CELLS = {
    "imports": "import os, sys\nimport pandas as pd\nimport plotly.graph_objects as go",
    "both streams": "print('a'); print('b', file=sys.stderr); print('c')",
    "wide table": "pd.DataFrame({f'c{n}': cities for n in range(30)})",
    "figure": "go.Figure(go.Bar(x=cities, y=[3, 4]), layout={'title': {'text': title}})",
    "display changed later": (
        "from IPython.display import HTML, Markdown, clear_output, display\n"
        "handle = display(Markdown('x'), display_id='note')\nprint('between')\nhandle.update(Markdown('y'))"
    ),
    "cleared": "print('gone'); clear_output(); print('kept')\nHTML('<b>济南</b>')",
    "file of a cell, as warnings name it": "print(sys._getframe().f_code.co_filename)",
    "place": "os.path.basename(os.getcwd()), __name__, type(get_ipython()).__name__, '' in sys.path",
    "awaited": "import asyncio\nawait asyncio.sleep(0)\n{'nan': float('nan'), 'pair': (1, None)}",
}


def write_notebook(root: Path, *sources: str) -> Briefing:
    cells = [new_markdown_cell("# Title", id="title"), PARAMETERS]
    cells += [new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    (root / "notebooks").mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata=kernel), root / "notebooks" / "cities.ipynb")
    return Briefing("cities.zh", "cities", {"cities": ["jinan", "dezhou"], "title": "城市"}, "zh")


def execute(root: Path, briefing: Briefing, engine: str = FORK, seconds: int = 20) -> NotebookNode:
    with run.environment(root):
        return run.execute(root, briefing, engine, seconds)


def test_a_stock_kernel_gives_the_same_notebook_and_page(tmp_path: Path) -> None:
    from nbconvert import HTMLExporter

    briefing = write_notebook(tmp_path, *CELLS.values())
    forked, stock = execute(tmp_path, briefing), execute(tmp_path, briefing, STOCK)
    told = [[cell.source, cell.get("outputs")] for cell in forked.cells]
    assert told == [[cell.source, cell.get("outputs")] for cell in stock.cells]
    assert nbformat.writes(forked) == nbformat.writes(stock)
    for notebook in (forked, stock):  # stock nbconvert cannot draw the figure and says so
        for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
            output.get("data", {}).pop("application/vnd.plotly.v1+json", None)
    assert HTMLExporter().from_notebook_node(forked)[0] == HTMLExporter().from_notebook_node(stock)[0]


def test_outputs_are_what_each_cell_says(tmp_path: Path) -> None:
    executed = execute(tmp_path, write_notebook(tmp_path, *CELLS.values()))
    outputs = dict(zip(CELLS, (cell.outputs for cell in executed.cells[3:]), strict=True))
    assert outputs["imports"] == []
    streams = [(one.name, one.text) for one in outputs["both streams"]]
    assert streams == [("stdout", "a\nc\n"), ("stderr", "b\n")]
    assert "dezhou" in outputs["wide table"][0].data["text/html"]
    assert outputs["figure"][0].data["application/vnd.plotly.v1+json"]["layout"]["title"]["text"] == "城市"
    assert outputs["display changed later"][0].data["text/markdown"] == "y"
    assert [one.get("text", "result") for one in outputs["cleared"]] == ["kept\n", "result"]
    assert outputs["place"][0].data["text/plain"] == "('notebooks', '__main__', 'ZMQInteractiveShell', True)"
    assert executed.cells[-1].execution_count == len(CELLS) + 2  # the defaults and the injected values


def test_two_runs_leave_the_same_bytes(tmp_path: Path) -> None:
    briefing = write_notebook(tmp_path, *CELLS.values())
    result = tmp_path / "build" / "notebooks" / "cities.zh.ipynb"
    execute(tmp_path, briefing)
    first = result.read_bytes()
    execute(tmp_path, briefing)
    assert result.read_bytes() == first
    assert str(tmp_path).encode() not in first


def test_the_source_stays_as_it_is(tmp_path: Path) -> None:
    briefing = write_notebook(tmp_path, "1 + 1")
    before = (tmp_path / briefing.source).read_bytes()
    execute(tmp_path, briefing)
    assert (tmp_path / briefing.source).read_bytes() == before
    assert [path.name for path in (tmp_path / "notebooks").iterdir()] == ["cities.ipynb"]


def test_a_notebook_sees_nothing_of_the_one_before(tmp_path: Path) -> None:
    execute(tmp_path, write_notebook(tmp_path, "left = 1\nimport compare.errors\ncompare.errors.left = 1"))
    asks = "import compare.errors, os\n'left' in globals(), hasattr(compare.errors, 'left'), os.getpid()"
    seen = execute(tmp_path, write_notebook(tmp_path, asks)).cells[-1].outputs[0].data["text/plain"]
    assert seen.startswith("(False, False, ")
    assert str(os.getpid()) not in seen


@pytest.mark.parametrize(
    ("source", "cell", "words"),
    [
        # A segmentation fault and the system's memory guard look like this.
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", 5, "was ended by signal 9 (SIGKILL)"),
        ("import os\nos._exit(3)", 5, "ended by itself with status 3"),
        # A process that the cell began lives on and keeps the pipe open.
        ("import os, time\nif os.fork() == 0:\n    time.sleep(9)\nos._exit(4)", 5, "with status 4"),
        ("import time\ntime.sleep(30)", 5, "it was stopped after 3 s"),
    ],
)
def test_a_cell_that_never_ends_well_is_named(tmp_path: Path, source: str, cell: int, words: str) -> None:
    briefing = write_notebook(tmp_path, "1", source, "print('never')")
    with pytest.raises(CellLost, match=words.replace("(", r"\(").replace(")", r"\)")) as caught:
        execute(tmp_path, briefing, seconds=3)
    assert caught.value.cell_index + 1 == cell


def test_no_child_outlives_its_notebook(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    source = f"import os, time\nprint(os.getpid(), file=open({str(note)!r}, 'w'), flush=True)\ntime.sleep(30)"
    with pytest.raises(CellLost):
        execute(tmp_path, write_notebook(tmp_path, source), seconds=3)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def test_a_failed_cell_ends_the_notebook(tmp_path: Path) -> None:
    briefing = write_notebook(tmp_path, "{}['x']", "print('never')")
    with pytest.raises(PapermillExecutionError) as caught:
        execute(tmp_path, briefing)
    assert (caught.value.ename, caught.value.evalue, caught.value.cell_index) == ("KeyError", "'x'", 3)
    kept = nbformat.read(tmp_path / "build" / "notebooks" / "cities.zh.ipynb", as_version=4)
    assert kept.cells[-1].outputs == []


def test_papermill_knows_the_engine_by_name(tmp_path: Path) -> None:
    briefing = write_notebook(tmp_path, "len(cities)")
    executed = papermill.execute_notebook(
        str(tmp_path / briefing.source), None, {"cities": ["a", "b", "c"]},
        engine_name="fork", kernel_name="python3", language="python", progress_bar=False,
    )  # fmt: skip
    assert executed.cells[-1].outputs[0].data["text/plain"] == "3"


def stream(text: str, name: str = "stdout") -> NotebookNode:
    return new_output("stream", name=name, text=text)


@pytest.mark.parametrize(
    ("outputs", "expected", "reason"),
    [
        ([stream("a"), stream("b")], [("stdout", "ab")], "a kernel sends pieces as time falls"),
        ([stream("a"), stream("b", "stderr")], [("stdout", "a"), ("stderr", "b")], "two streams stay two"),
        ([stream("/tmp/ipykernel_17/5.py:1: W")], [("stdout", "cell-5.py:1: W")], "a process number changes"),
        ([stream("/tmp/ipyker"), stream("nel_17/5.py")], [("stdout", "cell-5.py")], "cut in mid-path"),
        (
            [stream("x" * 300_000)],
            [("stdout", "x" * 300_000)],
            "a long word takes no time",
        ),
    ],
)
def test_settled_streams(outputs: list[NotebookNode], expected: list[tuple[str, str]], reason: str) -> None:
    notebook = settled(new_notebook(cells=[new_code_cell("x", outputs=outputs)]), frozenset())
    assert [(one.name, one.text) for one in notebook.cells[0].outputs] == expected, reason


def test_settled_keeps_what_was_written_and_drops_what_a_run_adds() -> None:
    times = {"papermill": {"start_time": "now"}, "execution": {"iopub.status.busy": "now"}}
    cells = [
        new_code_cell("1", id="mine", metadata={**times, "tags": ["remark"]}),
        new_code_cell("2", id="random", metadata={**times, "tags": []}),
    ]
    about = {"papermill": {"parameters": {"n": 1}, "start_time": "now", "output_path": "/somewhere"}}
    notebook = settled(new_notebook(cells=cells, metadata=about), frozenset({"mine"}))
    assert [cell.id for cell in notebook.cells] == ["mine", "cell-2-of-build"]
    assert [dict(cell.metadata) for cell in notebook.cells] == [{"tags": ["remark"]}, {}]
    assert json.loads(nbformat.writes(notebook))["metadata"] == {"parameters": {"n": 1}}
