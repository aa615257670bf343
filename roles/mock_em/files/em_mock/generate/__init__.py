# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any number of sessions, made from a seed: the same seed gives the same sessions, relative to now."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

from ..kinds import children_of, is_running
from ..schema import Record
from .backup import BackupMaker, has_tasks
from .common import planned_end
from .families import SHARES, FamilyMaker
from .tasks import TaskMaker

if TYPE_CHECKING:
    from ..manager import EnterpriseManager


def fill(em: EnterpriseManager, count: int, seed: int) -> None:
    """Add so many backup sessions, children counted, and a share of the other families on top.

    Running sessions end by themselves. Task sessions are made when somebody asks for them.
    """
    now = em.clock.now().replace(microsecond=0)
    for record in BackupMaker(seed, now).records(count):
        _add(em, record, seed, now)
    for name, share in SHARES.items():
        for record in FamilyMaker(name, seed, now).records(math.ceil(count * share)):
            _add(em, record, seed, now)


def _add(em: EnterpriseManager, record: Record, seed: int, now: datetime) -> None:
    em.jobs.learn(em.store.add(record))
    if is_running(record):
        em.lifecycle.plan_end(record, planned_end(seed, record.id, now), record.kind.good_result)
    if has_tasks(record):
        for kind in children_of(record.kind):
            em.store.make_later(kind, record, TaskMaker(kind, seed, now))
