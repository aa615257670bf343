# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What a logon session of EM is: a token, and an id by which it is closed.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses

from ansible_collections.backupops.veeam_em.plugins.module_utils import _answer, _errors, _records, _values

# The list of them; some versions of EM answer with one LogonSession alone.
LOGON_SESSIONS = _records.Shape(roots=("LogonSessions", "LogonSession"), items=("LogonSession",), container="LogonSessions")


@dataclasses.dataclass(frozen=True, repr=False)
class Logon:
    """A logon session of EM. session_id is None for one that was given to us by its token alone."""

    token: str
    session_id: str | None


def id_told(answer: _answer.Answer) -> str | None:
    """Return the id in the body of a logon, None when it cannot be read."""
    with contextlib.suppress(_errors.EmError):
        found = _values.parse_id(str(answer.small()[1].get("session_id")))
        return found[1] if found else None
    return None


def id_in(token: str) -> str | None:
    """Return the id that a token holds in base64, as those of EM do; None for any other token."""
    with contextlib.suppress(ValueError):
        found = _values.parse_id(base64.b64decode(token, validate=True).decode("ascii"))
        return found[1] if found else None
    return None
