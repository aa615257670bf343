# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills in what was not said about a session: give a few values, get a whole and consistent record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Callable

from ..schema import Kind, Record
from .cdp import cdp_replica, cdp_replica_task
from .common import Given, given_time, refuse_unknown, stable_id, with_times
from .jobs import backup, backup_task, replica, replica_task
from .restores import cloud_failover, restore
from .system import system

__all__ = ["complete", "given_time", "stable_id"]

Completer = Callable[[dict[str, Any], datetime, "Record | None"], dict[str, Any]]
"""From what was given (which it may bring into shape), the present time and the parent to all values of a record."""

COMPLETERS: Mapping[str, Completer] = {
    "backup": backup,
    "backup_task": backup_task,
    "replica": replica,
    "replica_task": replica_task,
    "restore": restore,
    "cdp_replica": cdp_replica,
    "cdp_replica_task": cdp_replica_task,
    "cloud_failover": cloud_failover,
    "system": system,
}


def complete(kind: Kind, given: Given, now: datetime, parent: Record | None = None) -> dict[str, Any]:
    """All values of a record of this kind; ValueError for a value that the kind does not have.

    ``parent`` is the session of a task session. Names of the values are those in ``kinds``; every kind also has
    ``extra``, names and texts of elements that no table knows.
    """
    whole_now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    values = with_times(given, whole_now)
    completed = COMPLETERS[kind.name](values, whole_now, parent)
    refuse_unknown(values, completed, f"{kind.name} session")
    completed.update(values)
    completed["id"] = str(completed["id"]).lower()
    return completed
