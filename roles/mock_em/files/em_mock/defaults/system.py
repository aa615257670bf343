# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Defaults of system sessions."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from ..kinds import SYSTEM
from ..schema import Record
from ..times import name_time
from .common import common, given_time


def system(values: dict[str, Any], now: datetime, dummy: Record | None) -> dict[str, Any]:
    """A system session; ``events`` are pairs of a time and a message."""
    session = common(values, now, SYSTEM)
    session_type = values.get("session_type", "CollectJob")
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", session_type)
    if "events" in values:
        values["events"] = tuple((given_time(when, now), message) for when, message in values["events"])
    return {
        **session,
        "name": f"{words} @{name_time(session['creation_time'])}",
        "session_type": session_type,
        "message": "",
        "is_canceled": False,
        "events": _events(words, session["creation_time"], values.get("end_time", session["end_time"])),
    }


def _events(words: str, created: datetime, ended: datetime | None) -> tuple[tuple[datetime, str], ...]:
    begun = ((created, f"Starting {words}..."), (created + timedelta(milliseconds=31), f"{words} is running."))
    return begun if ended is None else (*begun, (ended, f"{words} finished."))
