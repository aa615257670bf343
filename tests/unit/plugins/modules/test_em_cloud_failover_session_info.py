# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module em_cloud_failover_session_info, run as Ansible runs it."""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.tests.unit.plugins.modules.session_info import SessionInfoTests


class TestCloudFailoverSessionInfo(SessionInfoTests):
    kind = "cloud_failover"
