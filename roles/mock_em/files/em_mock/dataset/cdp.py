# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CDP sessions and their task sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rows import SECOND_SERVER, Row, add_rows

if TYPE_CHECKING:
    from ..manager import EnterpriseManager

DAY = 1440
"""So many minutes a CDP session lasts."""

SESSIONS: tuple[Row, ...] = (
    {"policy_name": "CDP Shop", "hours": 54, "minutes": DAY, "micro": 847000, "vms": ["shop01", "shop02"]},
    {
        "policy_name": "CDP Shop",
        "hours": 30,
        "minutes": DAY,
        "micro": 640000,
        "result": "Failed",
        "failure_message": 'RPO of "shop01" was missed; retry later, {15} times',
        "vms": ["shop01"],
        "reason": "Error: The I/O filter on esx01 does not answer ",
    },
    {
        "policy_name": "Politique \u00ab caf\u00e9 \u00bb \u6771\u4eac",
        "hours": 28,
        "minutes": DAY,
        "micro": 123400,
        "result": "Warning",
        "vms": ["caf\u00e9-01"],
        **SECOND_SERVER,
    },
    {
        "policy_name": 'CDP "Gold"; site\\2, @night',
        "hours": 78,
        "minutes": 600,
        "micro": 10659,
        "is_retry": True,
        "vms": ['web "blue"; 1, a\\b@c'],
        **SECOND_SERVER,
    },
    {"policy_name": "CDP Shop", "hours": 960, "minutes": DAY, "micro": 399120, "vms": ["shop01"]},
    {"policy_name": "CDP Shop", "hours": 6, "micro": 500000, "state": "Working", "vms": ["shop01", "shop02"]},
    {"policy_name": "CDP Ledger", "hours": 0.01, "state": "Starting"},
    {"policy_name": "CDP Archive", "hours": 5, "micro": 70000, "state": "Stopping", "vms": ["arch01"]},
    {"policy_name": "CDP Lab", "hours": 7, "state": "Pausing", **SECOND_SERVER},
    {"policy_name": "CDP Test", "hours": 8, "state": "Resuming", **SECOND_SERVER},
    {"policy_name": "CDP Standby", "hours": 9, "state": "Idle"},
    {
        "policy_name": "CDP Universal",
        "policy_type": "UniversalCdp",
        "hours": 3,
        "state": "Resyncing",
        "extra": {"Bandwidth": 1048576},
    },
)


def fill(em: EnterpriseManager) -> None:
    """Add the CDP sessions."""
    add_rows(em, "cdp_replica", SESSIONS)
