"""Backups do not pile up for ever, and the ones a clerk would look for are there (RELIABILITY R4, R20)."""

import random
from datetime import datetime, timedelta
from pathlib import Path

from retiree_desk.services.desk import Desk
from retiree_desk.store.backup import Backup, backup_folder, make_backup, superfluous

REASONS = ("close", "timed", "import", "manual", "upgrade", "restore")


def backup(number: int, moment: datetime, reason: str) -> Backup:
    return Backup(Path(f"{number}.rdesk"), number, moment.strftime("%Y%m%d-%H%M%S"), reason)


def kept_after(backups: list[Backup]) -> list[Backup]:
    gone = {one.number for one in superfluous(backups)}
    return [one for one in backups if one.number not in gone]


def test_three_years_of_working_days_leave_a_handful(tmp_path: Path) -> None:
    kept: list[Backup] = []
    day = datetime(2024, 1, 1, 17)
    for number in range(1, 3 * 250 * 4):
        if number % 4 == 0:
            day += timedelta(days=3 if day.weekday() == 4 else 1)
        kept = kept_after([*kept, backup(number, day + timedelta(minutes=number % 4), "close")])
    assert len(kept) < 40
    days = sorted({one.at[:8] for one in kept})
    assert len({at[:6] for at in days}) >= 12
    last_week = {(day - timedelta(days=back)).strftime("%Y%m%d") for back in range(5)}
    assert len(last_week & set(days)) >= 3


def test_clock_jumps_never_lose_the_newest_nor_the_one_before_an_upgrade() -> None:
    for seed in range(60):
        chance = random.Random(seed)
        kept: list[Backup] = []
        moment = datetime(2026, 1, 1)
        newest_of: dict[str, int] = {}
        for number in range(1, 200):
            jump = chance.choice([1, 1, 1, 1, -400, 3650, -3650])
            moment = min(max(moment + timedelta(days=jump), datetime(1990, 1, 1)), datetime(2090, 1, 1))
            reason = chance.choice(REASONS)
            newest_of[reason] = number
            kept = kept_after([*kept, backup(number, moment, reason)])
            numbers = {one.number for one in kept}
            assert number in numbers
            assert {newest_of[key] for key in ("upgrade", "restore", "manual") if key in newest_of} <= numbers
        assert len(kept) < 80


def test_a_folder_the_clerk_chose_is_left_alone(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "office.rdesk")
    stick = tmp_path / "stick"
    for number in range(14):
        make_backup(desk.db.path, "close", f"20260101-0000{number:02d}", stick)
        make_backup(desk.db.path, "close", f"20260101-0000{number:02d}")
    desk.close()
    assert len(list(stick.iterdir())) == 14
    assert len(list(backup_folder(desk.db.path).iterdir())) == 10
