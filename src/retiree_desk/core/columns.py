"""A column is said once: it drives grid, filter, roster, PDF, import mapping and field codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from retiree_desk.i18n import _


class Kind(Enum):
    """How a column's values are written, compared and kept in workbooks."""

    TEXT = "text"
    CODE = "code"  # a number that is a name: always text, never rounded
    DATE = "date"  # 1955, 1955-03 or 1955-03-12, exactly as known (DECISIONS 9)
    NUMBER = "number"
    MONEY = "money"  # whole fen
    CHOICE = "choice"  # a code; the word is shown
    UNIT = "unit"  # the name of a unit in one of the three trees
    LABELS = "labels"  # codes joined by commas; words joined by 、


class Authority(Enum):
    """Whose word counts at an import when both sides hold a value (OFFICE 2.5)."""

    HR = "hr"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table that people see.

    `key` is the field code; `title` and `short` are message ids; `width` is in characters of a
    workbook column (two per Chinese character); `choices` maps codes to message ids; `group` is
    the message id of the part of the official form it stands in; `derived` columns cannot be set.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    width: int = 10
    short: str = ""
    group: str = ""
    authority: Authority = Authority.HR
    choices: Mapping[str, str] = field(default_factory=dict)
    derived: bool = False

    def heading(self, *, narrow: bool = False) -> str:
        """The title in the language spoken now; `narrow` takes the short one where there is one."""
        return _(self.short if narrow and self.short else self.title)

    def show(self, value: str) -> str:
        """A stored value as people read it: words for codes, everything else as it is."""
        if not value:
            return ""
        if self.kind is Kind.CHOICE:
            word = self.choices.get(value)
            return _(word) if word else value
        if self.kind is Kind.LABELS:
            words = (self.choices.get(code) for code in value.split(","))
            return "、".join(
                _(word) if word else code for code, word in zip(value.split(","), words, strict=True)
            )
        return value
