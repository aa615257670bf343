# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The members that a query's JSON result always has, nearly all of them null.

From the collection roots of the API's schema and documentation; the misspellings are the server's own.
"""

from __future__ import annotations

ENTITY_SLOTS = (
    "Jobs",
    "FailoverPlans",
    "Backups",
    "Replicas",
    "Repositories",
    "ExternalRepositories",
    "RestorePoints",
    "VmRestorePoints",
    "VAppRestorePoints",
    "VmReplicaPoints",
    "BackupFiles",
    "BackupJobSessions",
    "ReplicaJobSessions",
    "ReplicaTaskSessions",
    "RestoreSessions",
    "BackupTaskSessions",
    "HierarchyRoots",
    "HierarchyItems",
    "BackupServers",
    "ManagedServers",
    "EnterpiseRoles",
    "EnterpiseAccounts",
    "WanAccelerators",
    "CatalogVms",
    "CloudGateways",
    "CloudGatewayPools",
    "CloudHardwarePlans",
    "CloudTenants",
    "CloudFailoverPlans",
    "CloudFailoverSessions",
    "CloudReplicas",
    "CloudVmReplicaPoints",
    "CloudPublicIpAddresses",
    "VCloudOrganizationConfigs",
    "VSphereSelfServiceConfigs",
    "Passwords",
    "Credentials",
    "AgentBackupJobs",
    "AgentRestorePoints",
    "ProtectionGroups",
    "DiscoveredComputers",
    "NASJobs",
    "CdpPolicies",
    "CdpReplicaSessions",
    "CdpReplicaTaskSessions",
    "VmCdpReplicas",
    "VAppCdpReplicas",
    "VAppCdpReplicaVms",
    "SystemSessions",
)

RESOURCE_SLOTS = (
    "Files",
    "Directories",
    "Tasks",
    "CredentialsList",
    "sInObjectJob",
    "AccountRole",
    "AccountHierarchyScope",
    "PasswordKeyInfoList",
)
