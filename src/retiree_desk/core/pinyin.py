"""Pinyin of names and sort keys of Chinese texts, character by character.

pypinyin costs a fifth of a second to load and reads fourteen common surnames wrong
(domain.md 3 row 35): it is loaded at first need, asked once per character, and corrected.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Read otherwise as a surname than in other words.
SURNAMES = {
    "曾": "zeng1", "单": "shan4", "仇": "qiu2", "解": "xie4", "查": "zha1", "区": "ou1",
    "朴": "piao2", "翟": "zhai2", "缪": "miao4", "种": "chong2", "员": "yun4", "覃": "qin2",
    "洗": "xian3", "冼": "xian3", "黑": "he4", "任": "ren2", "华": "hua4", "宁": "ning4",
    "纪": "ji3", "召": "shao4", "折": "she2", "哈": "ha3", "葛": "ge3", "祭": "zhai4",
    "费": "fei4", "卜": "bu3", "都": "du1", "那": "na1", "盖": "ge3", "令": "ling2",
    "隗": "wei3", "燕": "yan1", "应": "ying1", "逄": "pang2", "乜": "nie4", "乐": "yue4",
    "尉": "wei4", "车": "che1", "长": "zhang3", "重": "chong2", "行": "xing2", "秘": "bi4",
    "繁": "po2", "逯": "lu4", "幺": "yao1", "要": "yao1", "晁": "chao2", "佴": "nai4",
    "句": "gou1", "阚": "kan4", "过": "guo1", "眭": "sui1", "郇": "xun2", "适": "kuo4",
    "窦": "dou4", "贲": "ben1", "麻": "ma2", "曲": "qu1", "谌": "chen2", "牟": "mou4",
    "褚": "chu3", "禚": "zhuo2", "仝": "tong2", "幸": "xing4", "柏": "bai3", "鲍": "bao4",
    "薄": "bo2", "呙": "guo1", "暨": "ji4", "撒": "sa4", "少": "shao4", "石": "shi2",
    "沈": "shen3", "万": "wan4", "俞": "yu2", "余": "yu2", "贾": "jia3", "翁": "weng1",
    "臧": "zang1", "占": "zhan1", "郝": "hao3", "佘": "she2", "亓": "qi2", "乔": "qiao2",
    "妫": "gui1", "炅": "gui4", "訾": "zi1", "迟": "chi2", "莘": "shen1", "芮": "rui4",
}  # fmt: skip

COMPOUND_SURNAMES = {
    "欧阳": "ou1 yang2", "司马": "si1 ma3", "上官": "shang4 guan1", "诸葛": "zhu1 ge3",
    "司徒": "si1 tu2", "东方": "dong1 fang1", "皇甫": "huang2 fu3", "尉迟": "yu4 chi2",
    "公孙": "gong1 sun1", "慕容": "mu4 rong2", "令狐": "ling2 hu2", "长孙": "zhang3 sun1",
    "宇文": "yu3 wen2", "夏侯": "xia4 hou2", "轩辕": "xuan1 yuan2", "端木": "duan1 mu4",
    "独孤": "du2 gu1", "南宫": "nan2 gong1", "西门": "xi1 men2", "澹台": "tan2 tai2",
    "单于": "chan2 yu2", "万俟": "mo4 qi2", "鲜于": "xian1 yu2", "闻人": "wen2 ren2",
    "赫连": "he4 lian2", "太史": "tai4 shi3", "申屠": "shen1 tu2", "公冶": "gong1 ye3",
    "濮阳": "pu2 yang2", "淳于": "chun2 yu2", "仲孙": "zhong4 sun1", "钟离": "zhong1 li2",
    "呼延": "hu1 yan2", "拓跋": "tuo4 ba2", "百里": "bai3 li3", "东郭": "dong1 guo1",
    "左丘": "zuo3 qiu1", "梁丘": "liang2 qiu1", "第五": "di4 wu3", "纳兰": "na4 lan2",
    "完颜": "wan2 yan2", "耶律": "ye1 lv4", "叶赫": "ye4 he4", "乐正": "yue4 zheng4",
    "公羊": "gong1 yang2", "谷梁": "gu3 liang2", "宗政": "zong1 zheng4", "亓官": "qi2 guan1",
    "司空": "si1 kong1", "司寇": "si1 kou4", "子车": "zi3 ju1", "颛孙": "zhuan1 sun1",
    "巫马": "wu1 ma3", "公西": "gong1 xi1", "漆雕": "qi1 diao1", "壤驷": "rang3 si4",
    "夹谷": "jia2 gu3", "宰父": "zai3 fu3", "段干": "duan4 gan1", "羊舌": "yang2 she2",
    "微生": "wei1 sheng1", "南门": "nan2 men2", "东门": "dong1 men2",
}  # fmt: skip

# The reading of every day where the library gives a rare one first.
_EVERYDAY = {
    "长": "chang2", "晟": "sheng4", "翟": "zhai2", "佘": "she2", "卜": "bu3", "逄": "pang2",
    "乜": "nie4", "缪": "miao4", "区": "qu1", "葛": "ge3", "祎": "yi1", "炅": "jiong3",
    "堃": "kun1", "喆": "zhe2", "茜": "qian4", "覃": "qin2", "钰": "yu4", "旸": "yang2",
}  # fmt: skip


@lru_cache(maxsize=65536)
def _syllable(char: str) -> str:
    """`zhang1` for a Chinese character; '' for any other and for those nobody can read."""
    if char.isascii():
        return ""
    fixed = _EVERYDAY.get(char)
    if fixed is not None:
        return fixed
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.TONE3, errors="ignore")
    return found[0][0] if found and found[0][0].isascii() else ""


def _name_syllables(name: str) -> list[tuple[str, str]]:
    """The characters of a name, each with its syllable; the surname read as one."""
    compound = COMPOUND_SURNAMES.get(name[:2]) if len(name) > 2 else None
    if compound is not None:
        first = list(zip(name[:2], compound.split(), strict=True))
        return first + [(char, _syllable(char)) for char in name[2:]]
    surname = SURNAMES.get(name[:1])
    if surname is None or name[1:2] in ("·", "•"):
        return [(char, _syllable(char)) for char in name]
    return [(name[0], surname)] + [(char, _syllable(char)) for char in name[1:]]


@lru_cache(maxsize=65536)
def pinyin_of(name: str) -> str:
    """`zhang san`: syllables without tones, ü as v; Latin letters stay, in small ones.

    Characters nobody can read are left out.
    """
    words: list[str] = []
    letters = ""
    for char, syllable in _name_syllables("".join(name.split())):
        if char.isascii() and char.isalnum():
            letters += char.lower()
            continue
        if letters:
            words.append(letters)
            letters = ""
        if syllable:
            words.append(syllable.rstrip("12345"))
    return " ".join([*words, letters] if letters else words)


def initials(name: str) -> str:
    """`zs` for 张三: the first letter of each syllable."""
    return "".join(word[0] for word in pinyin_of(name).split())


def sort_key(text: str) -> str:
    """A key of any text; keys compared code point by code point sort as a dictionary does.

    By pinyin with its tone, then by the character, one character after the other, so that one
    surname stays together. ASCII passes, in small letters; what nobody can read comes last;
    other signs, such as the dot in a name, do not count.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text)
    return _joined([(char, _syllable(char)) for char in plain])


def name_sort_key(name: str) -> str:
    """`sort_key` of a person's name: 曾 stands under zeng, 单 under shan."""
    if name.isascii():
        return name.lower()
    return _joined(_name_syllables("".join(name.split())))


def _joined(syllables: list[tuple[str, str]]) -> str:
    key = ""
    for char, syllable in syllables:
        if char.isascii():
            key += char.lower()
        elif syllable or char.isalpha():
            key += f" {syllable or '~'}{char}"
    return key.strip()
