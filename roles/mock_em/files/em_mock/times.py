# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Points in time as Enterprise Manager writes and reads them. All are UTC."""

from __future__ import annotations

import re
from datetime import datetime, timezone

FILTER_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z?)?", re.IGNORECASE | re.ASCII)


def fraction(when: datetime) -> str:
    """The fraction of a second with its dot and without trailing zeros: 0 to 6 digits, as on PostgreSQL."""
    return f".{when.microsecond:06d}".rstrip("0").rstrip(".")


def iso_time(when: datetime) -> str:
    """As in elements: ``2025-08-16T05:17:38.22142Z``."""
    return f"{when:%Y-%m-%dT%H:%M:%S}{fraction(when)}Z"


def name_time(when: datetime) -> str:
    """As in names, after the ``@``: ``2025-08-16 05:17:38``; with a fraction where it is finer than a millisecond.

    Servers on SQL Server (milliseconds in the elements) print none, those on PostgreSQL print all six digits.
    """
    digits = fraction(when) if when.microsecond % 1000 else ""
    return f"{when:%Y-%m-%d %H:%M:%S}{digits}"


def sql_time(when: datetime) -> str:
    """As in names of restore points up to EM 12: ``Feb 19 2025  3:33AM``, SQL Server's default text form."""
    return f"{when:%b} {when.day:2d} {when.year} {int(when.strftime('%I')):2d}:{when:%M%p}"


def parse_filter_time(text: str) -> datetime:
    """A time in a filter: with or without ``Z``, with or without a fraction, or a date alone. Else ValueError."""
    match = FILTER_TIME.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date")
    day, time, digits = match.groups()
    whole = datetime.strptime(f"{day} {time or '00:00:00'}", "%Y-%m-%d %H:%M:%S")
    return whole.replace(microsecond=int((digits or "0").ljust(6, "0")[:6]), tzinfo=timezone.utc)


def parse_given_time(value: datetime | str) -> datetime:
    """A time that a user of the simulator gave: an aware or naive (UTC) datetime, or ISO 8601 text with any offset."""
    if isinstance(value, str):
        text = value.strip()
        if text.endswith(("Z", "z")):
            return parse_filter_time(text)
        value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        return value.replace(tzinfo=timezone.utc)
    return value.astimezone(timezone.utc)
