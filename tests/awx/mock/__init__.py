# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated AWX: as much of its REST API as the modules of awx.awx ask for that playbooks/awx_setup.yml uses.

It checks what it is sent as AWX does where a mistake of ours could hide: references, types, surveys, credential types, links.
It runs no job.
"""

from __future__ import annotations

from ansible_collections.backupops.veeam_em.tests.awx.mock.server import MockAwx

__all__ = ["MockAwx"]
