"""Makes one made-up person after another.

The shares of the categories follow domain.md 0, ages those of a retiree office (60 to 102), and every
special case that trips programs is there even in a small office.
"""

from __future__ import annotations

from datetime import date
from random import Random

from retiree_desk.sample import material as m
from retiree_desk.sample.identity_numbers import NumberMaker, as_15
from retiree_desk.sample.person import Person, drop_label

AGE_BANDS: tuple[tuple[int, int, float], ...] = (
    (60, 69, 0.36),
    (70, 79, 0.36),
    (80, 89, 0.215),
    (90, 99, 0.06),
    (100, 102, 0.005),
)
CATEGORY_SHARES: tuple[tuple[str, float], ...] = (
    ("RETIRED_WORKER", 0.50),
    ("RETIRED_CADRE", 0.33),
    ("MAY7_WORKER", 0.06),
    ("SURVIVOR", 0.055),
    ("RETIRED", 0.025),
    ("INTERNAL_LEAVE", 0.01),
    ("RESIGNED_DISABLED", 0.01),
    ("FAMILY_WORKER", 0.01),
)
WORKED_ELSEWHERE = frozenset({"SURVIVOR", "MAY7_WORKER", "FAMILY_WORKER"})


class PersonMaker:
    """Makes people one after another; all choices come from one random source."""

    def __init__(self, rng: Random, today: date, branches: list[str]) -> None:
        self._rng = rng
        self._today = today
        self._numbers = NumberMaker(rng)
        self._branches = branches
        self._phones: set[str] = set()

    def make(self, index: int, *, newcomer: bool = False) -> Person:
        """The next person; `index` decides name and staff number."""
        rng = self._rng
        values: dict[str, str] = {}
        fixed = m.FIXED_NAMES[index] if index < len(m.FIXED_NAMES) and not newcomer else None
        sex = fixed[1] if fixed else rng.choice("MMMFFFFM")
        nation = rng.choice(m.NATIONS)
        name = fixed[0] if fixed else self._name(sex)
        if "·" in name:
            nation = "藏族" if name.startswith(("扎西", "卓玛", "达娃")) else "维吾尔族"
        values["name"] = name
        values["sex"] = sex
        values["nation"] = nation
        area, place = rng.choice(m.AREA_CODES)
        values["native_place"] = place
        category = self._category(index, newcomer)
        values["category"] = category
        birth = self._birth(category, newcomer, sex)
        values["birth"] = birth.isoformat()
        number = self._numbers.make(area, values["birth"], sex)
        values["id_number"] = as_15(number) if index % 90 == 41 and birth.year < 1960 else number
        values["employee_no"] = f"{index + 1 if not newcomer else 70000 + index:06d}"
        values["si_number"] = f"99{1000000 + index * 7 + (500000000 if newcomer else 0):09d}"
        values["education"] = rng.choice(m.EDUCATIONS)
        self._work(values, birth, newcomer)
        self._party(values, birth)
        self._home(values, index)
        self._care(values, birth)
        self._family(values, index)
        self._place_of_papers(values, place)
        person = Person(index, values, newcomer=newcomer)
        self._custom(person)
        if not newcomer:
            self._states(person)
        return person

    def marry(self, one: Person, other: Person) -> None:
        """Make the two a couple in one flat, each the other's spouse."""
        one.spouse, other.spouse = other.index, one.index
        for key in (
            "home_address",
            "area",
            "building",
            "unit_no",
            "room",
            "phone",
            "community",
            "residence_kind",
        ):
            other.values.pop(key, None)
            if one[key]:
                other.values[key] = one[key]
        for person, partner in ((one, other), (other, one)):
            person.values["spouse_name"] = partner["name"]
            person.values["living"] = "SPOUSE"
            drop_label(person.values, "NO_FAMILY")

    # -- parts of a person -------------------------------------------------------------------------

    def _name(self, sex: str) -> str:
        rng = self._rng
        roll = rng.random()
        if roll < 0.012:
            return f"{rng.choice(m.MINORITY_FIRST)}·{rng.choice(m.MINORITY_LAST)}"
        surname = rng.choice(m.SPECIAL_SURNAMES) if roll < 0.06 else rng.choice(m.COMMON_SURNAMES)
        if roll > 0.985:
            return surname + rng.choice(m.RARE_GIVEN)
        return surname + rng.choice(m.MALE_GIVEN if sex == "M" else m.FEMALE_GIVEN)

    def _category(self, index: int, newcomer: bool) -> str:
        if newcomer:
            return self._rng.choice(("RETIRED_CADRE", "RETIRED_WORKER"))
        if index % 100 == 7:
            return "VETERAN_CADRE"
        roll = self._rng.random()
        for category, share in CATEGORY_SHARES:
            roll -= share
            if roll < 0:
                return category
        return "RETIRED_WORKER"

    def _birth(self, category: str, newcomer: bool, sex: str) -> date:
        rng = self._rng
        if newcomer:
            age = 61 if sex == "M" else 55
        elif category == "VETERAN_CADRE":
            age = rng.randint(93, 102)
        elif category == "INTERNAL_LEAVE":
            age = rng.randint(55, 58)
        else:
            age = self._age()
        year = self._today.year - age
        day = date(year, rng.randint(1, 12), rng.randint(1, 28))
        limit = date(self._today.year - age, self._today.month, min(self._today.day, 28))
        return (
            day
            if day <= limit
            else date(year - 1, day.month, day.day)
            if age < 102
            else date(year, 1, day.day)
        )

    def _age(self) -> int:
        roll = self._rng.random()
        for low, high, share in AGE_BANDS:
            roll -= share
            if roll < 0:
                return self._rng.randint(low, high)
        return 75

    def _day(self, year: int) -> str:
        return f"{year:04d}-{self._rng.randint(1, 12):02d}-{self._rng.randint(1, 28):02d}"

    def _blunt(self, iso: str) -> str:
        """The date as the papers know it: mostly to the month, seldom to the day or only the year."""
        roll = self._rng.random()
        return iso[:4] if roll < 0.04 else iso[:7] if roll < 0.7 else iso

    def _work(self, values: dict[str, str], birth: date, newcomer: bool) -> None:
        rng, category = self._rng, values["category"]
        if category in WORKED_ELSEWHERE:
            values["former_unit"] = rng.choice(m.FORMER_UNITS)
            if category != "SURVIVOR":
                values["work_started"] = f"{birth.year + rng.randint(22, 30)}"
            return
        cadre = category in ("VETERAN_CADRE", "RETIRED_CADRE", "INTERNAL_LEAVE")
        values["identity"] = "CADRE" if cadre else "NOT_TOLD" if category == "RETIRED" else "WORKER"
        started = birth.year + rng.randint(16, 22)
        if category == "VETERAN_CADRE":
            started = min(max(birth.year + 14, 1943), 1948)
            values["treatment_level"] = rng.choice(("县处级", "地厅级"))
        values["work_started"] = self._blunt(self._day(started))
        retire_age = 60 if values["sex"] == "M" else 55 if cadre else 50
        if category == "RESIGNED_DISABLED":
            retire_age = 48
        if newcomer:
            month = self._today.month - 1 or 12
            year = self._today.year if self._today.month > 1 else self._today.year - 1
            values["retired_on"] = f"{year}-{month:02d}"
        elif category != "INTERNAL_LEAVE":
            values["retired_on"] = self._blunt(f"{birth.year + retire_age}-{birth.month:02d}-{birth.day:02d}")
            values["received_on"] = f"{birth.year + retire_age}-{birth.month:02d}"
        values["former_unit"] = rng.choice(m.FORMER_UNITS)
        values["post"] = rng.choice(m.CADRE_POSTS if cadre else m.WORKER_POSTS)
        if cadre and rng.random() < 0.6:
            values["rank"] = rng.choice(m.RANKS)
        if rng.random() < 0.5:
            values["prof_title"] = rng.choice(m.CADRE_TITLES if cadre else m.WORKER_TITLES)

    def _party(self, values: dict[str, str], birth: date) -> None:
        rng = self._rng
        cadre = values["category"] in ("VETERAN_CADRE", "RETIRED_CADRE")
        roll = rng.random()
        if roll < (0.62 if cadre else 0.17):
            values["politics"] = "CPC" if roll > 0.004 else "CPC_PROBATION"
            joined = min(birth.year + rng.randint(20, 45), self._today.year - 2)
            day = self._day(joined)
            values["party_joined"] = self._blunt(day)
            # From 1969-04 to 1977-08-11 there was no probation; else it is a year (OFFICE R1).
            if not "1969-04" <= day < "1977-08-12" and values["politics"] == "CPC":
                values["party_full_member"] = self._blunt(f"{joined + 1}{day[4:]}")
            values["party_branch"] = rng.choice(self._branches)
            paid = self._today.year * 12 + self._today.month - 2 - rng.randint(0, 3)
            values["dues_paid_until"] = f"{paid // 12}-{paid % 12 + 1:02d}"
        elif roll > 0.985:
            values["politics"] = "DEMOCRATIC"
        else:
            values["politics"] = "MASSES"

    def _home(self, values: dict[str, str], index: int) -> None:
        rng = self._rng
        values["admin_group"] = rng.choice(m.ADMIN_GROUPS)
        mobile = self._phone()
        if rng.random() < 0.9:
            values["mobile"] = mobile
        if rng.random() < 0.35 or "mobile" not in values:
            values["phone"] = f"0999-{rng.randint(6000000, 6999999)}"
        if "mobile" in values and rng.random() < 0.12:
            values["other_phones"] = self._phone()
            values["phone_owner"] = "本人"
        roll = rng.random()
        if roll < 0.05:
            values["residence_kind"] = "ELSEWHERE"
            values["home_address"] = f"{rng.choice(m.ELSEWHERE)}{rng.randint(1, 180)}号"
        elif roll < 0.09:
            values["residence_kind"] = "RURAL"
            values["home_address"] = rng.choice(m.VILLAGES)
        else:
            values["residence_kind"] = "BASE"
            area = rng.choice(m.AREAS)
            building, entrance = rng.randint(1, 14), rng.randint(1, 5)
            room = f"{rng.randint(1, 6)}0{rng.randint(1, 3)}"
            values["area"] = area
            values["building"] = f"{building}号楼"
            values["unit_no"] = f"{entrance}单元"
            values["room"] = room
            values["home_address"] = f"{area}{building}号楼{entrance}单元{room}"
            values["community"] = rng.choice(m.COMMUNITIES)
        values["hukou_address"] = (
            f"示例省油城市{rng.choice(m.COMMUNITIES)}" if index % 3 else values["home_address"]
        )

    def _phone(self) -> str:
        while True:
            number = (
                f"1{self._rng.choice(('39', '38', '36', '59', '87'))}{self._rng.randint(0, 99999999):08d}"
            )
            if number not in self._phones and not number.endswith("0000"):
                self._phones.add(number)
                return number

    def _care(self, values: dict[str, str], birth: date) -> None:
        rng = self._rng
        age = self._today.year - birth.year
        frail = min(0.7, max(0.02, (age - 65) / 50))
        if rng.random() < 0.75:
            values["health"] = (
                rng.choice(("CHRONIC", "CHRONIC", "SERIOUS", "FAIR"))
                if rng.random() < frail
                else rng.choice(("GOOD", "GOOD", "FAIR"))
            )
        roll = rng.random()
        values["ability"] = (
            "DEPENDENT" if roll < frail * 0.2 else "PARTLY" if roll < frail * 0.5 else "INDEPENDENT"
        )
        roll = rng.random()
        values["living"] = "ALONE" if roll < frail * 0.45 else "CHILDREN" if roll < 0.4 else "SPOUSE"
        if values["ability"] == "DEPENDENT" and rng.random() < 0.4:
            values["living"] = "CARE_HOME"
            values["whereabouts"] = "CARE_HOME"
        labels = [
            code
            for code, share in (
                ("NO_FAMILY", 0.06 if values["living"] == "ALONE" else 0.0),
                ("EMPTY_NEST", 0.08),
                ("DIBAO", 0.01),
                ("HARDSHIP_1", 0.03),
                ("MODEL_PROVINCE", 0.008),
                ("MODEL_COMPANY", 0.02),
                ("VETERAN", 0.06),
                ("WORK_INJURY", 0.02),
                ("SPECIAL_TRADE", 0.05),
            )
            if rng.random() < share
        ]
        if birth.year <= 1932:
            if values["category"] != "VETERAN_CADRE" and values["category"] not in WORKED_ELSEWHERE:
                labels.append("PRE1949_WORKER")
                values["work_started"] = "1949-03"
            if values["sex"] == "M":
                labels.append("KOREAN_WAR")
        if labels:
            values["labels"] = ",".join(labels)
        if rng.random() < 0.1:
            values["remark"] = rng.choice(m.DISEASE_REMARKS)

    def _family(self, values: dict[str, str], index: int) -> None:
        rng = self._rng
        if rng.random() < 0.8:
            son = rng.random() < 0.5
            surname = (
                values["name"][:1]
                if values["sex"] == "M" and "·" not in values["name"]
                else rng.choice("王李张刘陈")
            )
            values["emergency_contact"] = surname + rng.choice(m.MALE_GIVEN if son else m.FEMALE_GIVEN)
            values["emergency_relation"] = rng.choice(m.RELATIONS_M if son else m.RELATIONS_F)
            values["emergency_phone"] = self._phone()
        values["contact_person"] = m.CONTACT_PEOPLE[
            m.ADMIN_GROUPS.index(values["admin_group"]) % len(m.CONTACT_PEOPLE)
        ]
        if values["living"] == "SPOUSE" and rng.random() < 0.5:
            values["spouse_name"] = rng.choice("王李张刘陈赵") + rng.choice(
                m.FEMALE_GIVEN if values["sex"] == "M" else m.MALE_GIVEN
            )
        if index % 37 == 5:
            values["former_name"] = values["name"][:1] + "小妹"

    def _place_of_papers(self, values: dict[str, str], place: str) -> None:
        rng = self._rng
        values["pension_place"] = "示例省社会保险局"
        values["medical_place"] = "油城市医疗保险中心"
        values["archive_place"] = rng.choice(("油城市档案馆", "公司档案中心", f"{place}人力资源中心"))
        values["archive_volumes"] = rng.choice("11112")
        if rng.random() < 0.3:
            values["bank_account"] = "6222" + f"{rng.randint(0, 10**15 - 1):015d}"
            values["bank_name"] = rng.choice(m.BANKS)
            values["bank_holder"] = values["name"]
        if values["category"] != "VETERAN_CADRE" and rng.random() < 0.2:
            values["handover_place"] = rng.choice(m.COMMUNITIES)

    def _custom(self, person: Person) -> None:
        rng = self._rng
        if rng.random() < 0.5:
            person.custom["兴趣爱好"] = rng.choice(m.HOBBIES)
        if rng.random() < 0.2:
            person.custom["特长技能"] = rng.choice(m.SKILLS)
        person.custom["养老金"] = f"{rng.randint(2800, 7900)}.{rng.randint(1, 9)}{rng.randint(1, 9)}"

    def _states(self, person: Person) -> None:
        rng, values = self._rng, person.values
        roll = rng.random()
        category = values["category"]
        if category in ("VETERAN_CADRE", "SURVIVOR"):
            values["handover"] = "STAYS"
            roll = max(roll, 0.03 if category == "SURVIVOR" else 0.0)
        elif "handover_place" in values:
            values["handover"] = "HANDED_OVER"
            if rng.random() < 0.5:
                values["served_here"] = "NO"
        if person.index < len(m.FIXED_NAMES):
            return
        if roll < 0.03:
            values["life"] = "DECEASED"
            values["died_on"] = self._blunt(self._day(self._today.year - rng.randint(1, 3)))
        elif roll < 0.045:
            values["record"] = "MOVED_OUT"
        elif roll < 0.055:
            values["contact"] = rng.choice(("UNREACHABLE", "LOST"))
        if rng.random() < 0.25:
            values["verified_on"] = self._day(self._today.year - 1)
        if person.index % 60 == 33:
            month, day = rng.randint(1, 12), rng.randint(1, 28)
            values["celebrated_birthday"] = f"{rng.choice(('L', 'L', ''))}{month:02d}-{day:02d}"
        if person.index % 75 == 44:
            known = values["birth"]
            values["archive_birth"] = f"{int(known[:4]) - 1}-{known[5:7]}"
