# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by tests/tools/update_docs.py from the tables in plugins/module_utils: change those.

"""The options of em_logon_session."""

from __future__ import annotations


class ModuleDocFragment:
    """The options of em_logon_session."""

    DOCUMENTATION = r"""
options:
  state:
    description:
      - 'V(present) logs on, in check mode too: without a token nothing after it could be checked.'
      - V(absent) logs out.
    type: str
    default: present
    choices:
      - present
      - absent
  session_id:
    description:
      - Id of the logon session to log out, as V(present) returned it.
    type: str
"""
