# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The small data set, made by hand: every state, result and oddity that sessions can have, relative to now.

Ids come from names and ages, so they are the same in every run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import backup, cdp, cloud_failover, jobs, replica, restore, system

if TYPE_CHECKING:
    from ..manager import EnterpriseManager


def fill(em: EnterpriseManager) -> None:
    """Add the data set to a server."""
    for family in (backup, replica, restore, cdp, cloud_failover, system, jobs):
        family.fill(em)
