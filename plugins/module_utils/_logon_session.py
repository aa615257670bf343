# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What the module em_logon_session does: a logon session that several tasks share.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _client,
    _errors,
    _logon,
    _module,
    _options,
    _outcome,
    _values,
)

LOGON_OPTIONS: tuple[_options.Option, ...] = (
    _options.Option(
        "state",
        (
            "V(present) logs on, in check mode too: without a token nothing after it could be checked.",
            "V(absent) logs out.",
        ),
        default="present",
        choices=("present", "absent"),
    ),
    _options.Option("session_id", ("Id of the logon session to log out, as V(present) returned it.",), no_log=True),
)


def run_logon_session() -> None:
    """Run the module as the main program."""
    _module.run(
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
        self._logon: _logon.Logon | None = None
        if not self._present:
            parsed = _values.parse_id(options["session_id"])
            if parsed is None:
                raise _errors.BadRequest(f"The option session_id has {options['session_id']!r}, which is no GUID.")
            self._logon = _logon.Logon(options["session_token"], parsed[1])

    def perform(self, client: _client.EmClient, check_mode: bool) -> _outcome.Outcome:
        """Log on or out."""
        if self._logon is None:
            logon = client.log_on()
            client.keep()
            return _outcome.Outcome({"session_token": logon.token, "session_id": logon.session_id}, changed=True)
        return _outcome.Outcome({}, changed=client.log_out(self._logon, only_look=check_mode))
