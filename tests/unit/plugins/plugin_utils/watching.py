# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks of the event source at a simulated EM."""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Session
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_look import Looks, Seen
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_options import wishes_of
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_register import Register
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, options_for


class Watcher:
    """Looks at a simulated EM again and again, and concludes what it has seen as the source does."""

    def __init__(self, em: MockEm, **given: t.Any) -> None:
        options = {name: value for name, value in options_for(em).items() if value is not None}
        self.looks = Looks(wishes_of({**options, **given}, {}), Pauses(em))
        self.register: Register | None = None

    def look(self) -> Seen:
        """Return what one look sees."""
        self.register, seen = self.looks.look(self.register)
        self.register.drop(seen.gone)
        for session in seen.sessions:
            self.register.conclude(session, seen.now)
        self.register.finish_look(seen.now)
        return seen

    def names(self) -> list[str]:
        """Return the jobs of what one look sees."""
        return [_job_of(session) for session in self.look().sessions]

    def close(self) -> None:
        self.looks.close()


def _job_of(session: Session) -> str:
    return str(session.get("job_name") or session.get("policy_name") or session["name"])
