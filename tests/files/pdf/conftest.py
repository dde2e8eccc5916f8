"""The language of the paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retiree_desk import i18n


@pytest.fixture
def english() -> Iterator[None]:
    """English on screen and paper for one test."""
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)
