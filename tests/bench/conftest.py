"""Offices made once a session; a bench that writes works on a copy."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.bench.fixtures import make_office


@pytest.fixture(scope="session")
def office_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """`office_of(people, visits=0, payments=0)`: the data file of an office of that size."""
    folder = tmp_path_factory.mktemp("bench")

    def office_of(people: int, visits: int = 0, payments: int = 0) -> Path:
        path = folder / f"{people}-{visits}-{payments}.rdesk"
        if not path.exists():
            make_office(path, people, date(2026, 3, 16), visits=visits, payments=payments)
        return path

    return office_of
