# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What modules can do: check mode, diff mode, action group."""

from __future__ import annotations

_TEXT = """attributes:
  check_mode:
    description: Can run in check mode and predict what would change, without changing anything.
    support: {check_mode}
    details:
{check_details}
  diff_mode:
    description: Returns what changed when the diff mode is on.
    support: {diff_mode}
    details:
      - {diff_details}
  action_group:
    description: Takes its defaults from C(module_defaults) of the group.
    support: full
    membership:
      - backupops.veeam_em.em
"""


def _attributes(check_mode: str, check_details: tuple[str, ...], diff_mode: str, diff_details: str) -> str:
    """Return the documentation of the attributes of a module."""
    details = "\n".join(f"      - {sentence}" for sentence in check_details)
    return _TEXT.format(check_mode=check_mode, check_details=details, diff_mode=diff_mode, diff_details=diff_details)


class ModuleDocFragment:
    """What modules can do: check mode, diff mode, action group."""

    INFO = _attributes(
        "full",
        ("The task only reads; its result is the same in check mode.",),
        "none",
        "The task changes nothing.",
    )

    STOP = _attributes(
        "full",
        ("In check mode the sessions are read, and no request to stop one is sent.",),
        "full",
        "Shows the state of each session before and after.",
    )

    WAIT = _attributes(
        "full",
        ("In check mode the task looks once and says what it would wait for.",),
        "none",
        "The task changes nothing.",
    )

    LOGON = _attributes(
        "partial",
        (
            "With O(state=present) a logon session is made in check mode too, or nothing after it could be checked.",
            "With O(state=absent) it is only looked whether the logon session is still there.",
        ),
        "none",
        "A logon session has no state to compare.",
    )
