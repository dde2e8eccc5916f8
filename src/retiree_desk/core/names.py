"""People's names: cleaned for storing, keyed for matching, with the marks of the dead told."""

from __future__ import annotations

import re
import unicodedata

from retiree_desk.core.pinyin import (
    initials,
    name_sort_key,
    pinyin_of,
    sort_key,
)

__all__ = [
    "clean_name",
    "initials",
    "name_key",
    "name_sort_key",
    "pinyin_of",
    "says_deceased",
    "sort_key",
    "strip_deceased",
]

DOT = "·"
_DOTS = "·•・．‧･∙⋅᛫●。."
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f]")
_QUOTES_AROUND = "'`’‘\"“”,，、;；*\t "
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
_BLANK_IN_HAN = re.compile(f"(?<=[{_HAN}{_DOTS}])\\s+(?=[{_HAN}{_DOTS}(])")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0E}
_DOTS_BETWEEN = re.compile(f"[{re.escape(_DOTS)}]")

_DEAD = "已故|已去世|已逝世|已死亡|已病故|已亡故|已亡|已逝|去世|逝世|病故|病逝|死亡|亡故|身故|离世|殁"
_OPEN, _CLOSE, _INSIDE = r"[(（\[【〔]", r"[)）\]】〕]", r"[^()（）\[\]【】〔〕]*?"
_DEAD_BRACKET = re.compile(rf"{_OPEN}{_INSIDE}(?:{_DEAD}){_INSIDE}{_CLOSE}")
_DEAD_MARK = re.compile(rf"{_OPEN}[\d.\-/年月日\s]*[故亡逝]\s*{_CLOSE}")
_DEAD_AT_END = re.compile(rf"[\s\-—_,，:：]*(?:{_DEAD})\s*$")
_DEAD_AT_START = re.compile(r"^\s*(?:已故|已去世|已逝世|已病故)[\s:：]*")
_DEAD_WORD = re.compile(_DEAD)
# Whose death it is instead: a word for a relative earlier in the clause. One character counts
# only at the clause's start, since people are called 王妹 and 李子.
_RELATIVES = (
    "老伴|配偶|爱人|丈夫|妻子|老公|老婆|父亲|母亲|父母|双亲|儿子|女儿|子女|独子|独女|独生子|独生女|长子|次子|"
    "长女|次女|儿媳|女婿|兄弟|姐妹|哥哥|弟弟|姐姐|妹妹|岳父|岳母|公公|婆婆|公婆|亲属|家属|家人|亲人|孙女|监护人|联系人"
)
_OTHERS_DEATH = re.compile(
    rf"(?:{_RELATIVES})[^,，。;；、]{{0,10}}$|(?:^|[,，。;；、其])(?:父|母|妻|夫|儿|女|兄|弟|姐|妹|子)[\d年月日.\-于]*$"
)
_NOT_DEAD = re.compile(r"(?:未|没有|没|非|不是|如|若|误报|防|防止)$")
_ABOUT_PAPERS = re.compile(r"^(?:待遇|慰问|家属|人员|职工|证明)")


def clean_name(text: str) -> str:
    """A name as it is kept: no invisible signs, no blanks between Chinese characters.

    Marks such as (已故) stay: `strip_deceased` takes them. The kind of middle dot stays too.
    """
    clean = _INVISIBLE.sub("", text).translate(_FULL_WIDTH)
    clean = " ".join(clean.split()).strip(_QUOTES_AROUND)
    return _BLANK_IN_HAN.sub("", clean)


def name_key(text: str) -> str:
    """What names are compared by: no blanks, one kind of dot, small letters.

    Compatibility characters count as the ordinary ones; different characters stay different.
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text).replace("．", DOT))
    plain = "".join(plain.split()).strip(_QUOTES_AROUND).casefold()
    return _DOTS_BETWEEN.sub(DOT, plain)


def says_deceased(text: str) -> bool:
    """Whether a name or a remark says that this very person has died. It proposes, no more.

    老伴去世 or 独子(已故) is somebody else's death.
    """
    if any(_is_own_death(text, found) for found in _DEAD_WORD.finditer(text)):
        return True
    return _DEAD_MARK.search(text) is not None


def strip_deceased(text: str) -> str:
    """A name without the mark that the person has died; other texts and brackets stay."""
    if not says_deceased(text):
        return text
    bare = _DEAD_AT_START.sub("", _DEAD_MARK.sub("", _DEAD_BRACKET.sub("", text)))
    bare = _DEAD_AT_END.sub("", bare).strip()
    return bare or text


def _is_own_death(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    if _OTHERS_DEATH.search(before) or _NOT_DEAD.search(before):
        return False
    return not _ABOUT_PAPERS.match(after)
