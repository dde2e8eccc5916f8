"""The manual names every code that the program can answer with, in both languages."""

import pytest

from retiree_desk.core.imports import NOTES, PROBLEMS
from retiree_desk.paths import resource


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_problem_code_is_in_the_manual(language: str) -> None:
    text = resource(f"manual/{language}/import-problems.md").read_text(encoding="utf-8")
    assert [code for code in (*PROBLEMS, *NOTES) if f"`{code}`" not in text] == []
