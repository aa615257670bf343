# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""System sessions: Enterprise Manager's own jobs. No backup server, no query type, always entities."""

from __future__ import annotations

from ..schema import Element, Kind, LinkRule, Listing
from .common import CREATION_TIME, END_TIME

SESSION_TYPES = (
    "CatalogConsolidation",
    "CatalogCrawlJob",
    "CatalogReplicationJob",
    "CollectJob",
    "SecurityScopesRebuild",
    "VcPluginJob",
    "LicAutoUpdate",
    "DatabaseMaintenance",
    "HistoryCollectJob",
    "LicenseRevoke",
    "SyncCheckForProductUpdatesOption",
    "LogExport",
)

SYSTEM = Kind(
    name="system",
    type="SystemSession",
    root="SystemSessions",
    item="Sessions",
    path="systemSessions",
    always_entities=True,
    finished_states=("CompletedSuccessfully", "CompletedWarning", "Failed"),
    good_result="CompletedSuccessfully",
    # Results are documented as Success, Warning and Failed; bodies have the words of the states.
    end_states=(("Warning", "CompletedWarning"), ("CompletedWarning", "CompletedWarning"), ("Failed", "Failed")),
    elements=(
        Element("SessionType", "session_type"),
        CREATION_TIME,
        END_TIME,
        Element("State", "state"),
        Element(
            "Result",
            "",
            "object",
            children=(
                Element("Result", "result"),
                Element("Message", "message"),
                Element("IsCanceled", "is_canceled", "bool"),
            ),
        ),
    ),
    links=(
        # The Type is wrong on the server too.
        LinkRule("Alternate", "BackupJobSessionReference", "systemSessions/{id}", "{name}"),
        LinkRule("Down", "SystemSessionEvents", "systemSessions/{id}/events", "Events"),
    ),
    listings=(Listing("systemSessions"),),
)
