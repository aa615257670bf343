# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""System sessions. Some write their result in the words of the states, some as it is documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rows import Row, add_rows

if TYPE_CHECKING:
    from ..manager import EnterpriseManager

SESSIONS: tuple[Row, ...] = (
    {"session_type": "CollectJob", "hours": 2, "minutes": 0.3, "micro": 69837},
    {"session_type": "CollectJob", "hours": 2.25, "minutes": 0.4, "result": "Success"},
    {"session_type": "CatalogReplicationJob", "hours": 20, "minutes": 0.2, "micro": 377016},
    {
        "session_type": "CatalogCrawlJob",
        "hours": 30,
        "minutes": 7,
        "micro": 500000,
        "state": "CompletedWarning",
        "message": 'Index of "file01" is incomplete; 2 of 3 volumes, see C:\\VBRCatalog',
    },
    {
        "session_type": "LicAutoUpdate",
        "hours": 44,
        "minutes": 1,
        "micro": 640000,
        "state": "Failed",
        "message": "Cannot reach license.example.test: d\u00e9lai d\u00e9pass\u00e9 \u6771\u4eac",
    },
    {"session_type": "VcPluginJob", "hours": 48, "minutes": 2, "micro": 123400, "state": "CompletedWarning", "result": "Warning"},
    {
        "session_type": "SecurityScopesRebuild",
        "hours": 52,
        "minutes": 3,
        "micro": 10650,
        "state": "Failed",
        "message": "Canceled by EXAMPLE\\operator",
        "is_canceled": True,
    },
    {"session_type": "DatabaseMaintenance", "hours": 70, "minutes": 15, "micro": 70000, "name": 'Maintenance "A"; b, c\\d @ night'},
    {"session_type": "HistoryCollectJob", "hours": 960, "minutes": 6},
    {"session_type": "CollectJob", "hours": 0.01, "micro": 607000, "state": "InProgress"},
    {"session_type": "MalwareScan", "hours": 0.2, "state": "Queued", "extra": {"Initiator": "EXAMPLE\\operator"}},
    {"session_type": "LogExport", "hours": 90, "minutes": 1, "events": []},
)


def fill(em: EnterpriseManager) -> None:
    """Add the system sessions."""
    add_rows(em, "system", SESSIONS)
