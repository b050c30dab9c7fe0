"""A browser without network, the site that it opens, and a reader at its keys.

On CI the lack of a browser is an error; elsewhere its tests are skipped with a hint.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from compare.build.plan import plan
from compare.build.takeaways import takeaways
from compare.project import FRONT

ROOT = Path(__file__).parents[2]
FILES = [one.page for one in plan(ROOT)] + [one.name for one in takeaways(ROOT)] + [*FRONT.values()]
PAGES = tuple(name.removesuffix(".html") for name in FILES if name.endswith(".html"))
# One page of each kind stands for the others, three in each language; among them are a draft, a document in
# Traditional script, two editions of one city, and every kind of chart.
SAMPLES = {
    "topic": "topic-5g.zh",
    "cascade": "cascade.en",
    "city": "city-dezhou.en",
    "calendar": "calendar.zh",
    "source": "sources/qingdao-2020.en",
    "index": "index",
}
# Those whose figures lead to sentences on the same page.
QUOTING = ("topic", "cascade", "city", "calendar")
WIDE = (1240, 900)
# Seconds until what a page should show must be there.
PATIENCE = 10
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
HINT = "on Debian and Ubuntu: sudo apt-get install chromium chromium-driver fonts-noto-cjk"
Opener = Callable[..., Any]


def lacking(what: str) -> None:
    """Skip, or fail on CI, where what the tests need is not installed."""
    message = f"{what} is not installed; {HINT}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def programs() -> tuple[str, str]:
    """Return the paths of Chromium and its driver, once a Chinese font is seen to be there too."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        lacking("chromedriver" if chromium else "Chromium")
    fonts = shutil.which("fc-list")
    if not fonts or not subprocess.run([fonts, ":lang=zh"], capture_output=True, check=False).stdout.strip():
        lacking("a Chinese font")
    assert chromium and driver
    return chromium, driver


@pytest.fixture(scope="session")
def start(programs: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Return a maker of browsers with a profile of their own; all are closed at the end."""
    from selenium import webdriver

    opened = []

    def make(*more: str) -> Any:
        options = webdriver.ChromeOptions()
        options.binary_location = programs[0]
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        profile = tmp_path_factory.mktemp("profile")
        for flag in (*FLAGS, f"--user-data-dir={profile}", *more):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(programs[1]))
        opened.append(driver)
        return driver

    yield make
    for driver in opened:
        driver.quit()


@pytest.fixture(scope="session")
def shared(start: Opener) -> Any:
    """Return the one browser that most tests share."""
    return start()


def resize(driver: Any, width: int, height: int) -> None:
    """Give the window's content this size, whatever the least size of a window is."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def paint(driver: Any, scheme: str = "light", media: str = "") -> None:
    """Set the colours that the reader prefers, and the medium; nothing on the page moves by itself."""
    wanted = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
    features = [{"name": name, "value": value} for name, value in wanted.items()]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})


@dataclass(frozen=True)
class Reader:
    """One who reads the pages of a folder in a browser: opens them, looks, waits, presses keys."""

    driver: Any
    folder: Path

    def sit(self, size: tuple[int, int] = WIDE, scheme: str = "light", media: str = "") -> None:
        """Take a window of this size and these colours."""
        resize(self.driver, *size)
        paint(self.driver, scheme, media)

    def open(self, name: str, fragment: str = "") -> None:
        """Open a page from its file, anew even where only the fragment differs."""
        self.driver.get("about:blank")
        self.driver.get((self.folder / f"{name}.html").as_uri() + fragment)

    def open_again(self, fragment: str) -> None:
        """Follow a link to a place of the page that is open, as if it stood in the address bar."""
        self.driver.get(self.driver.current_url.partition("#")[0] + fragment)

    def ask(self, script: str, *given: Any) -> Any:
        """Return the page's answer to a question in its own language."""
        return self.driver.execute_script(script, *given)

    def wait(self, script: str, wanted: Callable[[Any], bool], *given: Any) -> Any:
        """Return the answer to a question once it is the one wanted: scrolling and drawing take time."""
        end = time.monotonic() + PATIENCE
        while not wanted(answer := self.ask(script, *given)):
            assert time.monotonic() < end, answer
            time.sleep(0.03)
        return answer

    def find(self, selector: str) -> Any:
        """Return the first element that is shown, since a chart is there in several widths."""
        script = (
            "return [...document.querySelectorAll(arguments[0])].find(one => one.checkVisibility()) || null"
        )
        found = self.ask(script, selector)
        assert found is not None, f"nothing to be seen of {selector}"
        return found

    def click(self, link: Any) -> None:
        """Click a link once it stands still in the middle of the window."""
        self.ask("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", link)
        link.click()

    def focus(self, element: Any) -> None:
        """Give an element the focus as the keyboard does, and bring it to the middle of the window."""
        self.ask("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        self.ask("arguments[0].focus({preventScroll: true, focusVisible: true})", element)

    def press(self, key: str) -> Any:
        """Press a key, and return the element that has the focus afterwards."""
        self.driver.switch_to.active_element.send_keys(key)
        return self.driver.switch_to.active_element

    def requests(self) -> set[str]:
        """Return every address asked for since the last look."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [one["params"] for one in events if one["method"] == "Network.requestWillBeSent"]
        return {one["request"]["url"] for one in sent}

    def complaints(self) -> list[str]:
        """Return the errors and warnings of the console since the last look."""
        said = self.driver.get_log("browser")
        return [one["message"] for one in said if one["level"] in ("SEVERE", "WARNING")]


@pytest.fixture(scope="session")
def desk(shared: Any, site: Path) -> Reader:
    """Return the reader at the shared browser, whatever its size and colours were left at."""
    return Reader(shared, site / "reports")


@pytest.fixture
def reader(desk: Reader) -> Reader:
    """Return the reader at the shared browser, with a wide window and light colours."""
    desk.sit()
    return desk


@pytest.fixture
def browser(shared: Any) -> Iterator[Any]:
    """Return the shared browser in a wide window with light colours, and leave it empty."""
    resize(shared, *WIDE)
    shared.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    yield shared
    shared.get("about:blank")


@pytest.fixture
def phone(browser: Any) -> Any:
    """Return the shared browser in the size of a phone."""
    resize(browser, 390, 844)
    return browser


@pytest.fixture
def dark(browser: Any) -> Any:
    """Return the shared browser as set to dark colours."""
    paint(browser, "dark")
    return browser


def kind_of(name: str) -> str:
    """Return the kind of a page, by which its sample is known."""
    return "source" if name.startswith("sources/") else name.partition(".")[0].partition("-")[0]


@pytest.fixture(scope="session")
def pages_of_the_site() -> tuple[str, ...]:
    """Return the names of all pages: the briefings as planned, the documents, the front."""
    return PAGES


@pytest.fixture(scope="session")
def samples() -> dict[str, str]:
    """Return the name of the page that stands for each kind."""
    return SAMPLES


@dataclass(frozen=True)
class Opened:
    """A page as it was opened for several tests: its kind, what it asked for and complained of."""

    name: str
    kind: str
    requests: set[str]
    complaints: list[str]


@pytest.fixture(scope="module", params=PAGES)
def opened(request: pytest.FixtureRequest, desk: Reader) -> Opened:
    """Return every page of the site in turn, each opened once for all tests of a module."""
    desk.sit()
    desk.driver.get("about:blank")
    desk.requests(), desk.complaints()
    desk.open(request.param)
    return Opened(request.param, kind_of(request.param), desk.requests(), desk.complaints())


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest, desk: Reader) -> Opened:
    """Return one page of each kind in turn, each opened once for all tests of a module."""
    return _sample(request.param, desk)


@pytest.fixture(scope="module", params=QUOTING)
def quoting(request: pytest.FixtureRequest, desk: Reader) -> Opened:
    """Return, in turn, one page of each kind whose figures lead to sentences on the same page."""
    return _sample(request.param, desk)


def _sample(kind: str, desk: Reader) -> Opened:
    desk.sit()
    desk.open(SAMPLES[kind])
    return Opened(SAMPLES[kind], kind, set(), [])
