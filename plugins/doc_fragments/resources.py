# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by tests/tools/update_docs.py from the tables in plugins/module_utils: change those.

"""The options of em_query_info."""

from __future__ import annotations


class ModuleDocFragment:
    """The options of em_query_info."""

    DOCUMENTATION = r"""
options:
  type:
    description:
      - What to query, by EM's name for it, such as V(BackupJobSession), V(Job), V(RestorePoint) or V(BackupServer).
    type: str
    required: true
  filter:
    description:
      - An expression in the query language of EM, for example V(JobName=="Daily SQL";Result!=Success).
    type: str
  sort_by:
    description:
      - The name of a field, as filters use it, by which EM sorts.
      - Without it the order is not defined, and pages are kept apart by the id, where EM can sort by that.
    type: str
  sort_order:
    description:
      - Direction of O(sort_by).
    type: str
    default: asc
    choices:
      - asc
      - desc
  page_size:
    description:
      - Resources per page of a query.
    type: int
    default: 500
  limit:
    description:
      - Return at most so many resources, and read no more than that takes.
    type: int
  fields:
    description:
      - Return only these keys of each resource.
    type: list
    elements: str
"""
