# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chances that all families have in common."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

DAYS = 30
OLDER_SHARE = 0.01
RETRY_SHARE = 0.05
RESULTS = ("Success", "Warning", "Failed")
RESULT_WEIGHTS = (88, 7, 5)
FAILURES = ("Cannot connect to the host", "The network path was not found", "Insufficient free disk space")
SERVERS = ("vbr01.example.test", "vbr02.example.test", "vbr03.example.test")
TEBIBYTE = 1 << 40


def guid(chance: random.Random) -> str:
    """A GUID."""
    digits = f"{chance.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def creation_time(chance: random.Random, now: datetime, number: int, count: int) -> datetime:
    """Evenly spread over the days, the first ones older; with as many digits as SQL Server or PostgreSQL write."""
    days = DAYS + chance.uniform(1, 60) if number < count * OLDER_SHARE else chance.uniform(0.5, DAYS)
    whole = now - timedelta(seconds=int(days * 86400))
    digits = chance.choice((0, 3, 6))
    return whole + timedelta(microseconds=chance.randrange(10**digits) * 10 ** (6 - digits))


def planned_end(seed: int, identity: str, now: datetime) -> datetime:
    """When a running session will end by itself."""
    return now + timedelta(hours=random.Random(f"{seed}/{identity}").uniform(2, 8))
