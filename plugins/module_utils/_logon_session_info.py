# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What the module em_logon_session_info does: which logon sessions EM shows.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _client,
    _logon,
    _module,
    _outcome,
    _pages,
    _records,
    _values,
)

_REQUEST = _pages.Request("logonSessions", "Cannot read logon sessions", _logon.LOGON_SESSIONS)


def run_logon_session_info() -> None:
    """Run the module as the main program."""
    _module.run(lambda dummy: LogonSessionInfo(), (), tells_logons=True)


class LogonSessionInfo:
    """One task of the module."""

    def perform(self, client: _client.EmClient, check_mode: bool) -> _outcome.Outcome:
        """Return the logon sessions that EM shows to this one. It is not documented whether those of others are among them."""
        records = list(_pages.read_page(client, _REQUEST, _records.Paging(), set()))
        ids = [_values.guid_of(str(record.get("session_id") or "")) for record in records]
        # EM shows a logon session at least itself, so one alone is the own one, even when its token does not tell its id
        own = client.session_id or (ids[0] if len(ids) == 1 else None)
        entries: list[dict[str, t.Any]] = [
            {"id": guid, "user_name": record.get("user_name"), "current": None if own is None else guid == own}
            for guid, record in zip(ids, records)
        ]
        return _outcome.Outcome({"logon_sessions": entries})
