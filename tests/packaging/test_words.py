"""The catalogues: what the code says is found, filled in from the merge files, compiled and checked."""

from __future__ import annotations

import gettext
import json
from pathlib import Path

import pytest

from tests.packaging import load_script

words = load_script("words")

SOURCE = """
from retiree_desk.i18n import N_, _, ngettext

TITLE = N_("Register")

def lines(n):
    return [_("{n} people on {day}").format(n=n, day=1), ngettext("{n} row", "{n} rows", n).format(n=n)]
"""
CHINESE = {"Register": "名册", "{n} people on {day}": "{day}:{n} 人", "{n} row": "{n} 行"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small source tree with three messages."""
    source = tmp_path / "src" / "retiree_desk" / "desk.py"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE, encoding="utf-8")
    return tmp_path


def merge_file(folder: Path, content: dict[str, str], name: str = "room.json") -> Path:
    """A file of Chinese words as the rooms write them."""
    file = folder / name
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def spoken(tree: Path, language: str) -> gettext.NullTranslations:
    """The compiled catalogue as the program loads it."""
    return gettext.translation("retiree_desk", tree / "resources" / "locale", languages=[language])


def test_the_program_speaks_what_was_merged(tree: Path) -> None:
    words.update(tree, [merge_file(tree, CHINESE)])
    chinese = spoken(tree, "zh_CN")
    assert chinese.gettext("Register") == "名册"
    assert chinese.ngettext("{n} row", "{n} rows", 5) == "{n} 行"
    assert list(words.problems(tree)) == []


def test_english_says_its_own_words(tree: Path) -> None:
    words.update(tree)
    english = spoken(tree, "en")
    assert english.gettext("{n} people on {day}") == "{n} people on {day}"
    assert english.ngettext("{n} row", "{n} rows", 1) == "{n} row"
    assert english.ngettext("{n} row", "{n} rows", 2) == "{n} rows"


def test_untranslated_words_are_listed(tree: Path) -> None:
    words.update(tree, [merge_file(tree, {"Register": "名册"})])
    found = list(words.problems(tree))
    assert found == [
        "zh_CN: not translated: '{n} people on {day}'",
        "zh_CN: not translated: '{n} row'",
    ]


@pytest.mark.parametrize("broken", ["{tag}:{n} 人", "{n} 人", "{day}:{n 人"])
def test_other_placeholders_are_listed(tree: Path, broken: str) -> None:
    words.update(tree, [merge_file(tree, {**CHINESE, "{n} people on {day}": broken})])
    assert len(list(words.problems(tree))) == 1


def test_new_and_dropped_words_are_listed_until_updated(tree: Path) -> None:
    words.update(tree, [merge_file(tree, CHINESE)])
    source = tree / "src" / "retiree_desk" / "desk.py"
    source.write_text(SOURCE.replace('"Register"', '"Registry"'), encoding="utf-8")
    assert "zh_CN: not in the catalogue: 'Registry'" in list(words.problems(tree))
    assert "zh_CN: no longer in the code: 'Register'" in list(words.problems(tree))
    words.update(tree, [merge_file(tree, {"Registry": "登记册"})])
    assert list(words.problems(tree)) == []


def test_a_stale_compiled_catalogue_is_listed(tree: Path) -> None:
    words.update(tree, [merge_file(tree, CHINESE)])
    po = words.po_path(tree, "zh_CN")
    po.write_text(po.read_text(encoding="utf-8").replace("名册", "花名册"), encoding="utf-8")
    assert list(words.problems(tree)) == ["zh_CN: retiree_desk.mo is older than retiree_desk.po"]


def test_merging_fills_but_replaces_only_when_asked(tree: Path) -> None:
    words.update(tree, [merge_file(tree, CHINESE)])
    other = merge_file(tree, {"Register": "登记册"}, "other.json")
    words.update(tree, [other])
    assert spoken(tree, "zh_CN").gettext("Register") == "名册"
    words.update(tree, [other], replace=True)
    po = words.po_path(tree, "zh_CN").read_text(encoding="utf-8")
    assert "登记册" in po and "{n} 行" in po


def test_two_rooms_that_disagree_are_named(tree: Path) -> None:
    remarks = words.update(
        tree, [merge_file(tree, CHINESE), merge_file(tree, {"Register": "登记册"}, "other.json")]
    )
    assert len(remarks) == 1 and "other.json" in remarks[0] and "名册" in remarks[0]


def test_a_second_update_changes_no_byte(tree: Path) -> None:
    words.update(tree, [merge_file(tree, CHINESE)])
    files = sorted((tree / "resources").rglob("*.*o*"))
    before = [file.read_bytes() for file in files]
    words.update(tree)
    assert [file.read_bytes() for file in files] == before and len(files) == 5
