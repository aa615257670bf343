# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The stop of one session: what was asked for, and what is known to have come of it.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors, _family, _tasks, _values


@dataclasses.dataclass
class Stop:
    """The stop of one session.

    session: as it was read last. task: as EM told it last, with the number of its logon; None while EM has not taken the stop.
    silent: EM does not tell any more of the task, so only the session can.
    accepted: EM said that it stops the session, or the session shows it.
    doubt: why it is not known whether EM took the stop. wish: seconds that EM asked to wait before the next request.
    """

    session: _family.Session
    previous_state: str | None
    posts: int = 0
    task: _tasks.EmTask | None = None
    logon: int = 0
    silent: bool = False
    accepted: bool = False
    doubt: _errors.EmError | None = None
    wish: float = 0
    refusal: _errors.EmError | None = None
    msg: str = ""

    @classmethod
    def of(cls, session: _family.Session) -> Stop:
        """Return the stop of a session that was just read. Raises ProtocolViolation for one that no URL can be made for."""
        if _values.parse_id(str(session["id"])) is None:
            raise _errors.ProtocolViolation(
                f"EM gave {_errors.shortened(str(session['id']), 80)!r} as the id of a session, which is no GUID."
            )
        return cls(session, session["state"], msg="" if session["running"] else "It had stopped already.")

    @property
    def id(self) -> str:
        """GUID of the session."""
        return str(self.session["id"])

    @property
    def running(self) -> bool:
        """Whether the session has not stopped, as far as is known."""
        return bool(self.session["running"])

    @property
    def undecided(self) -> bool:
        """Whether EM took the stop, and has not said what it makes of it. To post it again could make a second stop."""
        return self.task is not None and not self.accepted and self.refusal is None

    @property
    def askable(self) -> bool:
        """Whether the task may still say it."""
        return self.undecided and not self.silent

    @property
    def untouched(self) -> bool:
        """Whether the session shows no sign of being stopped."""
        return self.running and self.session["state"] != "Stopping"


def all_forbidden(stops: t.Iterable[Stop]) -> bool:
    """Tell whether every refusal among the stops was for want of a role."""
    return all(isinstance(stop.refusal, _errors.PermissionDenied) for stop in stops if stop.refusal)
