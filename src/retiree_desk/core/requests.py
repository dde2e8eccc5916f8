"""The words of requests (诉求与困难): kinds, urgency, states, and when each is due (OFFICE 3.8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from retiree_desk.i18n import N_, _


@dataclass(frozen=True, slots=True)
class RequestKind:
    """A kind of request. A confidential one stands on no paper (OFFICE 1.11)."""

    code: str
    name: str  # message id
    days: int
    confidential: bool = False
    also: tuple[str, ...] = ()  # what people write for it


REQUEST_KINDS: Mapping[str, RequestKind] = MappingProxyType(
    {
        row.code: row
        for row in (
            RequestKind("LIVING", N_("Daily living"), 10, also=("生活照料",)),
            RequestKind("MEDICAL", N_("Medical"), 10, also=("医疗医保", "医疗", "医保")),
            RequestKind("PENSION", N_("Pension and benefits"), 15, also=("养老待遇",)),
            RequestKind("HOUSING", N_("Housing"), 10, also=("住房物业", "住房", "物业", "维修")),
            RequestKind("HARDSHIP", N_("Hardship relief"), 15, also=("困难救助",)),
            RequestKind("PARTY", N_("Party life"), 15, also=("组织生活",)),
            RequestKind("POLITICAL", N_("Political entitlements"), 15, also=("政治待遇",)),
            RequestKind("CULTURE", N_("Culture"), 15, also=("文化活动",)),
            RequestKind("CERTIFICATE", N_("Certificates, errands"), 3, also=("证明代办", "证明")),
            RequestKind("ARCHIVE", N_("Archive enquiry"), 5, also=("档案查借阅", "档案")),
            RequestKind("POLICY", N_("Policy question"), 5, also=("政策咨询",)),
            RequestKind("DISPUTE", N_("Dispute"), 15, True, ("矛盾纠纷", "纠纷")),
            RequestKind("PETITION", N_("Petition"), 30, True, ("信访",)),
            RequestKind("COUNSELLING", N_("Counselling"), 7, True, ("心理疏导", "心理")),
            RequestKind("SUGGESTION", N_("Suggestion"), 30, also=("意见建议", "建议")),
            RequestKind("OTHER", N_("Other"), 15, also=("其他",)),
        )
    }
)

URGENCIES: Mapping[str, str] = MappingProxyType(
    {"NORMAL": N_("Normal"), "SOON": N_("Soon"), "URGENT": N_("Urgent")}
)
_SOON_DAYS = 5

REQUEST_STATES: Mapping[str, str] = MappingProxyType(
    {
        "OPEN": N_("Still open"),
        "IN_HAND": N_("In hand"),
        "PASSED_ON": N_("Passed on"),
        "CLOSED": N_("Closed"),
        "TOLD_BACK": N_("Told back"),
        "NOT_POSSIBLE": N_("Not possible, explained"),
    }
)
OPEN_STATES = frozenset({"OPEN", "IN_HAND", "PASSED_ON"})
CONFIDENTIAL_KINDS = frozenset(kind.code for kind in REQUEST_KINDS.values() if kind.confidential)


def due_on(kind: str, urgency: str, on: date) -> date:
    """By when a request is to be answered: the kind's days, five where it is pressing, today where urgent."""
    if urgency == "URGENT":
        return on
    days = REQUEST_KINDS[kind].days if kind in REQUEST_KINDS else REQUEST_KINDS["OTHER"].days
    return on + timedelta(days=min(days, _SOON_DAYS) if urgency == "SOON" else days)


def read_request(text: str) -> tuple[str, str]:
    """Kind and words of what was written: `住房:楼道灯坏了` or `HOUSING:...`; without a kind it is OTHER."""
    for mark in (":", "："):
        head, found, rest = text.partition(mark)
        if found and rest.strip():
            word = head.strip()
            for kind in REQUEST_KINDS.values():
                if word.upper() == kind.code or word in kind.also:
                    return kind.code, rest.strip()
    return "OTHER", text.strip()


def kind_name(code: str) -> str:
    """The kind's word in the language spoken now; an unknown code as it is."""
    return _(REQUEST_KINDS[code].name) if code in REQUEST_KINDS else code
