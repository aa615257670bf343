# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated Veeam Backup Enterprise Manager: its session API over HTTP, for tests and demonstrations.

``MockEm(Settings(...))`` runs it in a thread; ``python -m em_mock`` runs it as a program.
"""

from __future__ import annotations

from .mock import MockEm
from .settings import Settings, User

__all__ = ["MockEm", "Settings", "User"]
