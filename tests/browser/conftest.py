"""A browser without network and the site that it opens; on CI the lack of either is an error."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

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


def _neighbour() -> ModuleType:
    """Return the module that makes the site, which stands beside the other tests of the briefings."""
    path = Path(__file__).parents[1] / "briefings" / "conftest.py"
    spec = importlib.util.spec_from_file_location("_tests_of_briefings", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their own module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


site = _neighbour().site


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


@pytest.fixture
def browser(shared: Any) -> Iterator[Any]:
    """Return the shared browser in a wide window with light colours."""
    resize(shared, 1240, 900)
    shared.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    yield shared
    shared.get("about:blank")


def resize(driver: Any, width: int, height: int) -> None:
    """Give the window's content this size, whatever the least size of a window is."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


@pytest.fixture
def phone(browser: Any) -> Any:
    """Return the shared browser in the size of a phone."""
    resize(browser, 390, 844)
    return browser


@pytest.fixture
def dark(browser: Any) -> Any:
    """Return the shared browser as set to dark colours."""
    scheme = {"name": "prefers-color-scheme", "value": "dark"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    return browser
