# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What the module em_logon_session does: a logon session that several tasks share.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import BadRequest
from ansible_collections.backupops.veeam_em.plugins.module_utils._logon import Logon
from ansible_collections.backupops.veeam_em.plugins.module_utils._module import run
from ansible_collections.backupops.veeam_em.plugins.module_utils._options import Option
from ansible_collections.backupops.veeam_em.plugins.module_utils._outcome import Outcome
from ansible_collections.backupops.veeam_em.plugins.module_utils._values import parse_id

LOGON_OPTIONS: tuple[Option, ...] = (
    Option(
        "state",
        (
            "V(present) logs on, in check mode too: without a token nothing after it could be checked.",
            "V(absent) logs out.",
        ),
        default="present",
        choices=("present", "absent"),
    ),
    Option("session_id", ("Id of the logon session to log out, as V(present) returned it.",), no_log=True),
)


def run_logon_session() -> None:
    """Run the module as the main program."""
    run(
        LogonSession,
        LOGON_OPTIONS,
        required_if=[
            ("state", "present", ("username", "password")),
            ("state", "absent", ("session_token", "session_id")),
        ],
        own_logon=False,
        tells_logons=True,
    )


class LogonSession:
    """One task of the module. Raises BadRequest for an id that is none."""

    def __init__(self, options: t.Mapping[str, t.Any]) -> None:
        self._present: bool = options["state"] == "present"
        self._logon: Logon | None = None
        if not self._present:
            parsed = parse_id(options["session_id"])
            if parsed is None:
                raise BadRequest(f"The option session_id has {options['session_id']!r}, which is no GUID.")
            self._logon = Logon(options["session_token"], parsed[1])

    def perform(self, client: EmClient, check_mode: bool) -> Outcome:
        """Log on or out."""
        if self._logon is None:
            logon = client.log_on()
            client.keep()
            return Outcome({"session_token": logon.token, "session_id": logon.session_id}, changed=True)
        return Outcome({}, changed=client.log_out(self._logon, only_look=check_mode))
