# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a row of the small data set becomes a session, relative to now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ..defaults import stable_id

if TYPE_CHECKING:
    from ..manager import EnterpriseManager

Row = dict[str, Any]

SECOND_SERVER = {"server_name": "vbr02.example.test"}


def take_times(em: EnterpriseManager, row: Row) -> tuple[datetime, datetime | None]:
    """Begin and end from ``hours``, a row's age, ``micro``, the fraction of its begin, and ``minutes``, its duration."""
    whole_now = em.clock.now().replace(microsecond=0)
    created = whole_now - timedelta(hours=row.pop("hours")) + timedelta(microseconds=row.pop("micro", 0))
    duration = row.pop("minutes", None)
    return created, None if duration is None else created + timedelta(minutes=duration, milliseconds=250)


def add_rows(em: EnterpriseManager, kind: str, rows: Iterable[Row]) -> None:
    """Add sessions; no two of a kind have the same age, so ids come from it. ``vms`` names their task sessions."""
    for given in rows:
        row = dict(given)
        identity = stable_id("small", kind, str(row["hours"]))
        created, ended = take_times(em, row)
        machines, reason = row.pop("vms", ()), row.pop("reason", "")
        em.add_session(kind, **{"id": identity, "creation_time": created, "end_time": ended, **row})
        for number, machine in enumerate(machines):
            add_task(em, f"{kind}_task", identity, machine, number, row, reason)


def add_task(em: EnterpriseManager, kind: str, session_id: str, machine: str, number: int, row: Row, reason: str) -> None:
    """Of a running session the first task is at work (and says Success already), the next ones wait."""
    task: Row = {"result": row.get("result", "Success"), "reason": reason}
    if "state" in row:
        task = {"state": "InProgress", "result": "Success"} if number == 0 else {"state": "Pending"}
    em.add_session(kind, id=stable_id("task", session_id, machine), session_id=session_id, vm_name=machine, **task)
