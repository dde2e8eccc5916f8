"""A made-up office with visits, lists and HR workbooks, made once; each test works on a copy."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from retiree_desk.cli import main


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `sample` makes: `office.rdesk` of 80 people, `hr/`. Copy before you write."""
    folder = tmp_path_factory.mktemp("safety") / "sample"
    assert main(["--json", "sample", str(folder), "--people", "80", "--seed", "3"]) == 0
    return folder


@pytest.fixture
def office(sample: Path, tmp_path: Path) -> Path:
    """A data file of the test's own, in a folder of its own."""
    folder = tmp_path / "office"
    folder.mkdir()
    return Path(shutil.copy(sample / "office.rdesk", folder))


@pytest.fixture
def count_of(whole: bool) -> Callable[[int, int], int]:
    """Repetitions: the first number in CI, the second with `--whole`."""
    return lambda short, full: full if whole else short
