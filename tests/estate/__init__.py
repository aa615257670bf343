# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Simulated Enterprise Managers under the names that documentation gives them, such as em.example.com.

What is shown to users can be run against them as it is printed: a proxy (HTTPS_PROXY) leads each name to its server.
"""

from __future__ import annotations
