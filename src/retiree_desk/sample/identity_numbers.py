"""Made-up citizen ID numbers (GB 11643): valid check digits on area codes that are not in use.

Written apart from `core.identity` on purpose: a mistake there must not hide behind the same mistake here.
"""

from __future__ import annotations

from random import Random

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def check_digit(first17: str) -> str:
    """The 18th place for the first 17 digits."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first17, strict=True))
    return CHECK_DIGITS[total % 11]


class NumberMaker:
    """Hands out ID numbers, none of them twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def make(self, area: str, birth: str, sex: str) -> str:
        """An 18-digit number for a birth date `1955-03-12` and a sex `M` or `F` (17th digit odd for men)."""
        digits = birth.replace("-", "")
        odd = 1 if sex == "M" else 0
        while True:
            # 996-999 were set aside for centenarians in 15-digit numbers: left out.
            sequence = self._rng.randrange(2, 990, 2) + odd
            first17 = f"{area}{digits}{sequence:03d}"
            if first17 not in self._taken:
                self._taken.add(first17)
                return first17 + check_digit(first17)


def as_15(number: str) -> str:
    """The old form: no century, no check digit. Only for births in 1900-1999."""
    return number[:6] + number[8:17]


def with_wrong_check(number: str) -> str:
    """The same number with a check digit that fails, never X."""
    right = CHECK_DIGITS.index(number[17])
    for step in range(1, 11):
        wrong = CHECK_DIGITS[(right + step) % 11]
        if wrong != "X":
            return number[:17] + wrong
    raise ValueError(number)
