# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by tests/tools/update_docs.py from the tables in plugins/module_utils: change those.

"""What modules can do: check mode, diff mode, action group."""

from __future__ import annotations


class ModuleDocFragment:
    """What modules can do: check mode, diff mode, action group."""

    INFO = r"""
attributes:
  check_mode:
    description: Can run in check mode and predict what would change, without changing anything.
    support: full
    details:
      - The task only reads; its result is the same in check mode.
  diff_mode:
    description: Returns what changed when the diff mode is on.
    support: none
    details:
      - The task changes nothing.
  idempotent:
    description: Changes nothing and reports no change when it is run again with the same options.
    support: full
    details:
      - The task changes nothing.
  action_group:
    description: Takes its defaults from C(module_defaults) of the group.
    support: full
    membership:
      - backupops.veeam_em.em
"""

    STOP = r"""
attributes:
  check_mode:
    description: Can run in check mode and predict what would change, without changing anything.
    support: full
    details:
      - In check mode the sessions are read, and no request to stop one is sent.
  diff_mode:
    description: Returns what changed when the diff mode is on.
    support: full
    details:
      - Shows the state of each session before and after.
  idempotent:
    description: Changes nothing and reports no change when it is run again with the same options.
    support: full
    details:
      - A session that has stopped already is left alone.
  action_group:
    description: Takes its defaults from C(module_defaults) of the group.
    support: full
    membership:
      - backupops.veeam_em.em
"""

    WAIT = r"""
attributes:
  check_mode:
    description: Can run in check mode and predict what would change, without changing anything.
    support: full
    details:
      - In check mode the task looks once and says what it would wait for.
  diff_mode:
    description: Returns what changed when the diff mode is on.
    support: none
    details:
      - The task changes nothing.
  idempotent:
    description: Changes nothing and reports no change when it is run again with the same options.
    support: full
    details:
      - The task changes nothing.
  action_group:
    description: Takes its defaults from C(module_defaults) of the group.
    support: full
    membership:
      - backupops.veeam_em.em
"""

    LOGON = r"""
attributes:
  check_mode:
    description: Can run in check mode and predict what would change, without changing anything.
    support: partial
    details:
      - With O(state=present) a logon session is made in check mode too, or nothing after it could be checked.
      - With O(state=absent) it is only looked whether the logon session is still there.
  diff_mode:
    description: Returns what changed when the diff mode is on.
    support: none
    details:
      - A logon session has no state to compare.
  idempotent:
    description: Changes nothing and reports no change when it is run again with the same options.
    support: partial
    details:
      - With O(state=present) each run makes a logon session of its own, and reports a change.
      - With O(state=absent) a logon session that has ended already is no change.
  action_group:
    description: Takes its defaults from C(module_defaults) of the group.
    support: full
    membership:
      - backupops.veeam_em.em
"""
