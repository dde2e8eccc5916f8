"""What every test has: a home of its own, a fixed day, and no dialog that nobody asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

# Before anything imports Qt: the tests need no screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TODAY = date(2026, 3, 16)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--whole``: full sizes and counts, and the tests that take minutes."""
    parser.addoption("--whole", action="store_true", help="full sizes and counts, slow tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without ``--whole`` the slow tests are skipped by name, not silently left out."""
    if config.getoption("--whole"):
        return
    skip = pytest.mark.skip(reason="takes minutes; run packaging/test.py --whole")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(skip)


def pytest_unconfigure() -> None:
    """Empties the clipboard of the screen that is none: it outlives Python, and letting go of a copied table
    after that ends the process with a crash (only there: X11 lets go in time)."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and widgets.QApplication.instance() is not None:
        widgets.QApplication.clipboard().clear()


@pytest.fixture
def whole(request: pytest.FixtureRequest) -> bool:
    """Whether the run was asked for full sizes."""
    return bool(request.config.getoption("--whole"))


@pytest.fixture
def count(whole: bool) -> Callable[[int], int]:
    """A number of repetitions: all of them with ``--whole``, a tenth otherwise."""
    return lambda full: full if whole else max(1, full // 10)


@pytest.fixture
def today() -> date:
    """The day on which the tests happen: 16 March 2026, a Monday."""
    return TODAY


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's folder of its own for each test, so that none sees this computer's office or settings."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("RETIREE_DESK_HOME", str(folder))
    yield folder


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Every test starts in Chinese, whatever the one before it spoke."""
    from retiree_desk import i18n

    i18n.set_language("zh")
    yield
    i18n.set_language("zh")


@pytest.fixture
def english(chinese: None) -> None:
    """The test speaks English."""
    from retiree_desk import i18n

    i18n.set_language("en")


@pytest.fixture(autouse=True)
def no_crash_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """The crash dialog fails the test at once, instead of waiting for somebody to press its button."""
    from retiree_desk.ui import ask

    def crashed(report: str) -> None:
        raise AssertionError(f"the program made a mistake: {report}")

    monkeypatch.setattr(ask, "crashed", crashed)


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """A window or dialog that a test leaves open fails it: a clerk would be stuck in front of it."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    left = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    names = [f"{type(window).__name__} {window.windowTitle()!r}" for window in left]
    for window in left:
        window.close()
    if names:
        pytest.fail(f"left open: {', '.join(names)}")
