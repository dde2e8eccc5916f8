"""Names: kept clean, compared fairly, found and sorted by pinyin, the dead told from the bereaved."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retiree_desk.core.names import (
    clean_name,
    initials,
    name_key,
    name_sort_key,
    pinyin_of,
    says_deceased,
    sort_key,
    strip_deceased,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张 三", "张三"),
        ("张\u3000三 ", "张三"),
        ("\ufeff张\u200b三", "张三"),
        ("'张三", "张三"),
        ("张三,", "张三"),
        ("阿不都 · 艾力", "阿不都·艾力"),
        ("阿不都•艾力", "阿不都•艾力"),
        ("John  Smith", "John Smith"),
        ("Ｚhang 三", "Zhang 三"),
        ("\U00020bb7 野", "\U00020bb7野"),
        ("张三 (已故)", "张三(已故)"),
        ("", ""),
    ],
)
def test_names_are_kept_clean(text: str, name: str) -> None:
    assert clean_name(text) == name


def test_names_that_are_the_same() -> None:
    dots = {name_key(f"阿不都{dot}艾力") for dot in "·•・．‧･∙⋅."}
    assert len(dots) == 1
    assert name_key("张 三") == name_key("张\u3000三\u200b") == name_key("张三")
    assert name_key("ZHANG San") == name_key("zhangsan")
    assert name_key("凉\u200d") == name_key("\uf979")  # one character at two code points


def test_different_characters_stay_different() -> None:
    assert len({name_key(name) for name in ("张峰", "张锋", "張峰", "张丰")}) == 4


@pytest.mark.parametrize(
    ("name", "pinyin", "letters"),
    [
        ("张三", "zhang san", "zs"),
        ("曾志伟", "zeng zhi wei", "zzw"),
        ("单雄", "shan xiong", "sx"),
        ("仇和平", "qiu he ping", "qhp"),
        ("解明", "xie ming", "xm"),
        ("查良", "zha liang", "zl"),
        ("区小明", "ou xiao ming", "oxm"),
        ("朴素", "piao su", "ps"),
        ("翟伟", "zhai wei", "zw"),
        ("缪斌", "miao bin", "mb"),
        ("种师", "chong shi", "cs"),
        ("员明", "yun ming", "ym"),
        ("覃茜", "qin qian", "qq"),
        ("洗星", "xian xing", "xx"),
        ("黑平", "he ping", "hp"),
        ("欧阳修文", "ou yang xiu wen", "oyxw"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("单于明", "chan yu ming", "cym"),
        ("令狐冲", "ling hu chong", "lhc"),
        ("万俟明", "mo qi ming", "mqm"),
        ("吕晟", "lv sheng", "ls"),
        ("任长霞", "ren chang xia", "rcx"),
        ("曾", "zeng", "z"),
        ("单·明", "dan ming", "dm"),
        ("John Smith", "johnsmith", "j"),
        ("", "", ""),
    ],
)
def test_pinyin_of_names(name: str, pinyin: str, letters: str) -> None:
    assert (pinyin_of(name), initials(name)) == (pinyin, letters)


def test_a_surname_character_inside_a_name_is_read_as_everywhere() -> None:
    assert pinyin_of("王曾") == "wang ceng"
    assert pinyin_of("李单") == "li dan"


def test_lists_by_name_keep_one_surname_together() -> None:
    names = ["赵一", "张三", "章二", "张一", "曾丙", "安乙", "单甲", "沙丁", "John"]
    assert sorted(names, key=name_sort_key) == [
        "安乙", "John", "沙丁", "单甲", "曾丙", "张三", "张一", "章二", "赵一"
    ]  # fmt: skip


def test_other_texts_sort_by_pinyin_and_tone() -> None:
    texts = ["运输处", "采油一厂", "a科", "机关", "采油二厂", "井下", "基建处"]
    assert sorted(texts, key=sort_key) == ["a科", "采油二厂", "采油一厂", "基建处", "机关", "井下", "运输处"]
    assert sort_key("abc 12") == "abc 12"
    assert sort_key("３号") == sort_key("3号")


@given(st.text(max_size=12), st.text(max_size=12))
def test_keys_never_fail_and_same_text_has_same_key(one: str, other: str) -> None:
    for key in (sort_key, name_sort_key, name_key, pinyin_of, initials, clean_name, strip_deceased):
        assert isinstance(key(one), str)
    assert clean_name(clean_name(one)) == clean_name(one)
    assert name_key(clean_name(one)) == name_key(one)
    assert isinstance(says_deceased(one + other), bool)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张三(已故)", "张三"),
        ("张三（故）", "张三"),
        ("张三（2023.5亡）", "张三"),
        ("张三【已去世】", "张三"),
        ("张三（2023年5月去世）", "张三"),
        ("张三 已故", "张三"),
        ("张三-已去世", "张三"),
        ("已故张三", "张三"),
        ("王妹(已故)", "王妹"),
        ("李子已故", "李子"),
    ],
)
def test_marks_of_the_dead_leave_the_name(text: str, name: str) -> None:
    assert says_deceased(text)
    assert strip_deceased(text) == name


@pytest.mark.parametrize(
    "text", ["2023年5月去世", "已故", "2022.1病故", "无亲属，已故", "老伴健在，本人已去世"]
)
def test_remarks_that_say_so(text: str) -> None:
    assert says_deceased(text)


@pytest.mark.parametrize(
    "text",
    [
        "张三",
        "王故",
        "老伴去世",
        "老伴2010年去世，独居",
        "丈夫张某2015年病故",
        "独子(已故)",
        "其妻2010年病故",
        "父去世",
        "丧偶",
        "未去世",
        "(工伤事故)",
        "亡妻李某",
        "死亡待遇已办",
        "故乡山东",
        "",
    ],
)
def test_other_people_and_other_words_are_left_alone(text: str) -> None:
    assert not says_deceased(text)
    assert strip_deceased(text) == text


def test_loading_the_names_does_not_load_the_pinyin_library() -> None:
    code = (
        "import sys, retiree_desk.core.names, retiree_desk.core.units, retiree_desk.core.lunar;"
        "print('pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
