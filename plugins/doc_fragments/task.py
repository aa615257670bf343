# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by tests/tools/update_docs.py from the tables in plugins/module_utils: change those.

"""The options of em_task_info."""

from __future__ import annotations


class ModuleDocFragment:
    """The options of em_task_info."""

    DOCUMENTATION = r"""
options:
  task_id:
    description:
      - Read these tasks, such as V(task-1), in this order. An unknown one is an error.
      - Without it, all tasks of the logon session are read.
    type: list
    elements: str
"""
