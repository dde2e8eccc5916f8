"""Conditions in the office's words."""

from __future__ import annotations

import pytest

from retiree_desk.core.condition_words import condition_words
from retiree_desk.core.conditions import (
    FULL_AGE,
    LABEL,
    PARTY_YEARS,
    UNIT,
    YEAR_AGE,
    AllOf,
    AnyOf,
    Condition,
    Test,
    between,
    one_of,
)
from retiree_desk.core.shipped_schemes import SHIPPED


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (AllOf(), ""),
        (one_of("category", "VETERAN_CADRE"), "离休干部"),
        (between(YEAR_AGE, 80, 80), "当年年龄 80 岁"),
        (between(YEAR_AGE, 90), "当年年龄 90 岁及以上"),
        (between(FULL_AGE, None, 79), "年龄(周岁) 79 岁及以下"),
        (between(PARTY_YEARS, 50), "党龄 满 50 年"),
        (one_of(LABEL, "DIBAO", "DESTITUTE"), "低保、特困供养"),
        (one_of(UNIT, "第一党支部"), "第一党支部"),
        (Condition("category", "not_in", ("SURVIVOR",)), "非遗属"),
        (AnyOf((one_of("living", "ALONE"), one_of("health", "SERIOUS"))), "独居或重病"),
        (AllOf((one_of("sex", "F"), between(YEAR_AGE, 80))), "女且当年年龄 80 岁及以上"),
    ],
)
def test_condition_words(test: Test, words: str) -> None:
    assert condition_words(test) == words


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_every_shipped_condition_has_words(code: str) -> None:
    scheme = SHIPPED[code]
    for test in (scheme.who, *(tier.when for tier in scheme.tiers)):
        words = condition_words(test)
        assert bool(words) == (test != AllOf())
        assert "{" not in words
