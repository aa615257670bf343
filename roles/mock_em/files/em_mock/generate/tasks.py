# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Task sessions, made when somebody asks for them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from ..defaults import complete
from ..kinds import is_running
from ..schema import Kind, Record
from .common import TEBIBYTE, guid


class TaskMaker:
    """Makes the task sessions of a session, of one kind, fitting its state as it is when they are made."""

    def __init__(self, kind: Kind, seed: int, now: datetime) -> None:
        self._kind = kind
        self._seed = seed
        self._now = now

    def __call__(self, session: Record) -> Iterator[Record]:
        """One to three task sessions; the first one shares the session's fate."""
        chance = random.Random(f"{self._seed}/{session.id}/tasks")
        running = is_running(session)
        for number in range(chance.randint(1, 3)):
            given = {
                "id": guid(chance),
                "session_id": session.id,
                "vm_name": f"vm{chance.randrange(400):03d}",
                "creation_time": session["creation_time"] + timedelta(seconds=20 + number),
                "end_time": session["end_time"],
            }
            if running:
                given["state"] = "Pending" if number else "InProgress"
            else:
                given["result"] = session["result"] if number == 0 else "Success"
                given["reason"] = session["failure_message"] or "" if number == 0 else ""
            if not running and given["result"] != "Failed":
                given["total_size"] = chance.randrange(TEBIBYTE)
            yield Record(self._kind, complete(self._kind, given, self._now, session))
