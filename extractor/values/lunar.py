"""The Vietnamese lunar calendar (UTC+7): lunar dates to solar days. The only place that talks to `lunar_vn`.

Tables of the Chinese calendar (UTC+8) are a day or a month off in some years (Tết 1985, 2007, 2030); the library
computes new moons and solar terms for UTC+7 after Hồ Ngọc Đức.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache


@cache
def _first(year: int, month: int, leap: bool) -> date | None:
    from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar

    try:
        found = lunar_to_solar(LunarDate(1, month, year, leap))
        return (
            found if solar_to_lunar(found).leap == leap else None
        )  # a year without that leap month has the common one
    except (ValueError, OverflowError):
        return None


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """Solar day of the `day`-th of a lunar month; None for a day the month does not have or a year outside 1900–2100."""
    span = lunar_month(year, month, leap=leap)
    if span is None or day < 1:
        return None
    at = span[0] + timedelta(days=day - 1)
    return at if at <= span[1] else None


@cache
def lunar_month(year: int, month: int, *, leap: bool = False) -> tuple[date, date] | None:
    """First and last solar day of a lunar month."""
    first = _first(year, month, leap) if 1 <= month <= 12 else None
    if first is None:
        return None
    from lunar_vn import solar_to_lunar

    try:
        longer = solar_to_lunar(first + timedelta(days=29)).day == 30
    except (ValueError, OverflowError):  # the month runs beyond the table's last year
        return None
    return first, first + timedelta(days=29 if longer else 28)
