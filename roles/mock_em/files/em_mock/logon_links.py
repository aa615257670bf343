# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The links of a logon session: every resource that the account may use, in the server's order."""

from __future__ import annotations

from typing import NamedTuple

from .content import Link, Style
from .roles import ADMINISTRATOR, EVERYONE, PORTAL, RESTORE

ENTITIES = "?format=Entity"


class Offer(NamedTuple):
    """One link and the roles that get it."""

    path: str
    type: str | None
    roles: frozenset[str] = PORTAL
    rel: str = "Down"
    name: str | None = None


OFFERS = (
    Offer("", "EnterpriseManager", EVERYONE, rel="Up"),
    Offer("backupServers", "BackupServerReferenceList"),
    Offer("managedServers", "ManagedServerReferenceList"),
    Offer("jobs", "JobReferenceList", ADMINISTRATOR),
    Offer("failoverPlans", "FailoverPlanReferenceList"),
    Offer("hierarchyRoots", "HierarchyRootReferenceList"),
    Offer("repositories", "RepositoryReferenceList"),
    Offer("backups", "BackupReferenceList"),
    Offer("restorePoints", "RestorePointReferenceList", RESTORE),
    Offer("vmRestorePoints", "VmRestorePointReferenceList", RESTORE),
    Offer("vAppRestorePoints", "VAppRestorePointReferenceList", RESTORE),
    Offer("replicas", "ReplicaReferenceList"),
    Offer("vmReplicaPoints", "VmReplicaPointReferenceList"),
    Offer("catalog/vms", "CatalogVmReferenceList", RESTORE),
    Offer("backupSessions", "BackupJobSessionReferenceList"),
    Offer("restoreSessions", "RestoreSessionReferenceList", EVERYONE),
    Offer("replicaSessions", "ReplicaJobSessionReferenceList"),
    Offer("backupTaskSessions", "BackupTaskSessionReferenceList"),
    Offer("replicaTaskSessions", "ReplicaTaskSessionReferenceList"),
    Offer("security", "EnterpriseSecuritySettings", ADMINISTRATOR),
    Offer("wanAccelerators", "WanAcceleratorReferenceList"),
    Offer("backupFiles", "BackupFileReferenceList"),
    Offer("externalRepositories", "ExternalRepositoryReferenceList"),
    Offer("tasks", "TaskList", EVERYONE),
    Offer("querySvc", "QueryService", RESTORE),
    Offer("lookupSvc", "LookupService"),
    Offer("reports/summary", "Report", name="Summary"),
    Offer(f"backupServers{ENTITIES}", "BackupServerList"),
    Offer(f"managedServers{ENTITIES}", "ManagedServerList"),
    Offer("backupServers?action=create", None, ADMINISTRATOR, rel="Create"),
    Offer(f"jobs{ENTITIES}", "JobList", ADMINISTRATOR),
    Offer(f"failoverPlans{ENTITIES}", "FailoverPlanList"),
    Offer(f"hierarchyRoots{ENTITIES}", "HierarchyRootList"),
    Offer(f"repositories{ENTITIES}", "RepositoryList"),
    Offer(f"backups{ENTITIES}", "BackupList"),
    Offer(f"restorePoints{ENTITIES}", "RestorePointList", RESTORE),
    Offer(f"vmRestorePoints{ENTITIES}", "VmRestorePointList", RESTORE),
    Offer(f"vAppRestorePoints{ENTITIES}", "VAppRestorePointList", RESTORE),
    Offer(f"replicas{ENTITIES}", "ReplicaList"),
    Offer(f"vmReplicaPoints{ENTITIES}", "VmReplicaPointList"),
    Offer(f"catalog/vms{ENTITIES}", "CatalogVmList", RESTORE),
    Offer(f"backupSessions{ENTITIES}", "BackupJobSessionList"),
    Offer(f"restoreSessions{ENTITIES}", "RestoreSessionList", EVERYONE),
    Offer(f"replicaSessions{ENTITIES}", "ReplicaJobSessionList"),
    Offer(f"backupTaskSessions{ENTITIES}", "BackupTaskSessionList"),
    Offer(f"replicaTaskSessions{ENTITIES}", "ReplicaTaskSessionList"),
    Offer(f"wanAccelerators{ENTITIES}", "WanAcceleratorList"),
    Offer("vCloud", "VCloudService"),
    Offer(f"backupFiles{ENTITIES}", "BackupFileList"),
    Offer("agents", "AgentsService"),
    Offer("selfService/vSphere", "VSphereSelfService", ADMINISTRATOR),
    Offer(f"externalRepositories{ENTITIES}", "ExternalRepositoryList"),
    Offer("nas", "NasService"),
)


def logon_links(role: str, style: Style) -> list[Link]:
    """The links that a role gets. Like the real server's they name neither system sessions nor CDP."""
    return [Link(offer.rel, style.link(offer.path), offer.type, offer.name) for offer in OFFERS if role in offer.roles]
