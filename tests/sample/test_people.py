"""The made-up people: valid where they must be, odd where programs trip."""

from collections import Counter
from datetime import date

import pytest

from retiree_desk.core.identity import read_id_number
from retiree_desk.core.retirees import COLUMN_BY_KEY
from retiree_desk.sample.identity_numbers import as_15, check_digit, with_wrong_check
from retiree_desk.sample.people import branch_names, make_people
from retiree_desk.sample.words import WORDS

TODAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def people():
    return make_people(400, 1, TODAY)


def test_the_standards_own_examples_have_their_check_digits():
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


def test_every_id_number_is_valid_and_of_an_area_that_is_not_in_use(people):
    for person in people:
        reading = read_id_number(person["id_number"])
        assert reading.state in ("valid", "valid15"), person
        assert person["id_number"].startswith("99")
        assert reading.sex == person["sex"]
        assert str(reading.birth) == person["birth"]
    assert len({person["id_number"] for person in people}) == len(people)
    assert any(len(person["id_number"]) == 15 for person in people)


def test_wrong_check_digits_are_wrong_and_old_numbers_are_right():
    number = "990102195503120019"
    number = number[:17] + check_digit(number[:17])
    assert read_id_number(with_wrong_check(number)).state == "check_digit"
    assert read_id_number(as_15(number)).state == "valid15"


def test_the_names_that_trip_programs_are_there(people):
    names = Counter(person["name"] for person in people)
    assert names["王秀英"] >= 2
    for name in (
        "曾宪德",
        "单秀兰",
        "仇德福",
        "解玉珍",
        "查建国",
        "区志强",
        "欧阳淑芬",
        "上官玉兰",
        "李㐱",
        "陈𠮷祥",
        "赵𬱖",
    ):
        assert name in names
    assert any("·" in name for name in names)


def test_ages_and_categories_are_those_of_a_retiree_office(people):
    on_register = [person for person in people if not person.newcomer]
    ages = [TODAY.year - int(person["birth"][:4]) for person in on_register]
    assert max(ages) <= 103 and min(ages) >= 55
    assert sum(age >= 60 for age in ages) / len(ages) >= 0.9
    shares = Counter(person["category"] for person in on_register)
    assert shares["RETIRED_WORKER"] > shares["RETIRED_CADRE"] > shares["MAY7_WORKER"] > 0
    assert shares["VETERAN_CADRE"] >= 2
    for person in on_register:
        if person["category"] == "VETERAN_CADRE":
            assert person["work_started"] < "1949-10"


def test_lives_are_in_order(people):
    for person in people:
        if person["work_started"] and person["retired_on"]:
            assert person["birth"] < person["work_started"] < person["retired_on"]
        if person["died_on"]:
            assert person["died_on"] < TODAY.isoformat()
        if person["party_full_member"]:
            assert person["party_joined"][:4] < person["party_full_member"]


def test_couples_are_couples_on_both_sides(people):
    couples = [person for person in people if person.spouse is not None]
    assert len(couples) >= 20
    for person in couples:
        other = people[person.spouse]
        assert other.spouse == person.index
        assert other["name"] == person["spouse_name"]
        assert other["home_address"] == person["home_address"]
        assert {person["sex"], other["sex"]} == {"M", "F"}


def test_values_are_fields_and_choices_of_the_registry(people):
    for person in people:
        for key, value in person.values.items():
            column = COLUMN_BY_KEY[key]
            assert not column.derived
            if column.choices:
                assert set(value.split(",")) <= set(column.choices), (key, value)
    for key, words in WORDS.items():
        assert set(words) == set(COLUMN_BY_KEY[key].choices), key


def test_the_same_seed_makes_the_same_people_and_another_seed_others(people):
    again = make_people(400, 1, TODAY)
    assert [one.values for one in again] == [one.values for one in people]
    others = make_people(400, 2, TODAY)
    assert [one.values for one in others] != [one.values for one in people]


def test_branches_are_named_once_and_grow_with_the_office():
    small, large = branch_names(50), branch_names(100_000)
    assert len(small) == len(set(small)) == 4
    assert len(large) == len(set(large)) == 60


def test_an_office_of_one_is_possible_and_of_none_is_not():
    assert make_people(1, 5, TODAY)
    with pytest.raises(ValueError):
        make_people(0, 5, TODAY)
