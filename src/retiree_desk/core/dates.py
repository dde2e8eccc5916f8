"""Front door to dates: the value, ages, party years, and reading what people write."""

from retiree_desk.core.ages import Age, birthday_in, full_age, nominal_age, year_age
from retiree_desk.core.date_cells import read_date
from retiree_desk.core.date_choice import DateReading
from retiree_desk.core.partial_date import PartialDate, days_in_month, paper
from retiree_desk.core.party_since import fifty_years_on_first_july, party_since, party_years

__all__ = [
    "Age",
    "DateReading",
    "PartialDate",
    "birthday_in",
    "days_in_month",
    "fifty_years_on_first_july",
    "full_age",
    "nominal_age",
    "paper",
    "party_since",
    "party_years",
    "read_date",
    "year_age",
]
