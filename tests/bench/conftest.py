"""Offices made once a session; a bench that writes works on a copy."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.bench.fixtures import make_office


@pytest.fixture(scope="session")
def office_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The data file of an office of so many people."""
    folder = tmp_path_factory.mktemp("bench")

    def office_of(people: int) -> Path:
        path = folder / f"{people}.rdesk"
        if not path.exists():
            make_office(path, people, date(2026, 3, 16))
        return path

    return office_of
