"""Calendar periods, steps after events and windows of days, as plain date arithmetic."""

from dataclasses import dataclass
from datetime import date, timedelta

from retiree_desk.core.lunar import celebrated_between, festival
from retiree_desk.core.partial_date import PartialDate, days_in_month
from retiree_desk.core.visit_rule import Period, Step, Window

# Somebody who comes into a rule late in a period is first due in the next one (OFFICE R2).
LEAST_DAYS_LEFT = 15


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, the span of a plan."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """From `2026-11`. ValueError for anything else."""
        found = PartialDate.parse(text)
        if found.precision != "month":
            raise ValueError(f"not a month: {text!r}")
        return cls(found.year, found.month)

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, days_in_month(self.year, self.month))

    def plus(self, months: int) -> "Month":
        """The month so many months later (earlier where negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def period_of(months: int, day: date) -> int:
    """The number of the period of `months` that a day lies in, counted from the year 0."""
    return (day.year * 12 + day.month - 1) // months


def month_of(months: int, number: int, slot: int) -> Month:
    """Month `slot` (from 0) of a period."""
    year, month = divmod(number * months + slot, 12)
    return Month(year, month + 1)


def deadline(period: Period, number: int) -> date:
    """The last day on which a visit is in time for the period."""
    if period.before:
        return festival(period.before, month_of(period.months, number, 0).year) - timedelta(days=1)
    return month_of(period.months, number, period.months - 1).last


def first_period(period: Period, slot: int, start: date) -> int:
    """The first period that counts for somebody for whom the rule begins on `start`.

    It is the one of `start`, unless fewer than 15 days of it are left, or the person's own month
    of it is over: no rule looks back (DECISIONS 29).
    """
    number = period_of(period.months, start)
    while (period.spread and month_of(period.months, number, slot).last < start) or (
        deadline(period, number) - start
    ).days < LEAST_DAYS_LEFT:
        number += 1
    return number


def plus_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day where it has no such day."""
    month = Month.of(day).plus(months)
    return date(month.year, month.month, min(day.day, month.last.day))


def plus_working_days(day: date, days: int) -> date:
    """So many working days later; Saturdays and Sundays are none (public holidays are not known)."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def step_span(step: Step, on: date, known: date) -> tuple[date, date]:
    """From when, and until when, an event's step is due. Days count from when it was known."""
    start = plus_months(known, step.months) if step.months else known
    opens = start + timedelta(days=step.opens)
    due = plus_working_days(start, step.due) if step.working_days else start + timedelta(days=step.due)
    return (on if not step.opens and not step.months else opens), due


def window_spans(window: Window, first: date, last: date) -> list[tuple[date, date]]:
    """The window's days of every year that touch the days from `first` to `last`."""
    spans = []
    for year in range(first.year - 1, last.year + 2):
        if window.festival:
            day = festival(window.festival, year)
            span = day - timedelta(days=window.before), day + timedelta(days=window.after)
        else:
            begins = date.fromisoformat(f"{year}-{window.first}")
            ends = date.fromisoformat(f"{year + (window.last < window.first)}-{window.last}")
            span = begins, ends
        if span[0] <= last and span[1] >= first:
            spans.append(span)
    return spans


def birthdays_between(
    birth: PartialDate, celebrated: str, ages: tuple[int, ...], first: date, last: date
) -> list[tuple[int, date]]:
    """Milestone birthdays (age and day) within days; by the celebrated birthday where it is known.

    Without one the date of birth counts, if its day is known; else nothing can be said.
    """
    found = []
    for age in ages:
        year = birth.year + age
        if not first.year <= year <= last.year:
            continue
        if celebrated:
            days = celebrated_between(celebrated, max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        elif birth.day:
            days = [date(year, birth.month, min(birth.day, days_in_month(year, birth.month)))]
        else:
            days = []
        found += [(age, day) for day in days if first <= day <= last]
    return found
