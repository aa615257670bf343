# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures for the tests of stopping."""

from __future__ import annotations

import functools
import types
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _stopper, _watch
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import NotFound
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Query, comparison
from ansible_collections.backupops.veeam_em.plugins.module_utils._reading import SessionReader
from ansible_collections.backupops.veeam_em.plugins.module_utils._stop import Stop
from ansible_collections.backupops.veeam_em.plugins.module_utils._stopper import Stopper
from ansible_collections.backupops.veeam_em.plugins.module_utils._watch import patience
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, client_of


@pytest.fixture
def stopping(em: MockEm, pauses: Pauses, monkeypatch: pytest.MonkeyPatch) -> t.Callable[..., list[Stop]]:
    """Return a function that stops sessions by their ids. Its deadline comes by pauses alone."""
    clock = functools.partial(sum, pauses)
    monkeypatch.setattr(_stopper, "time", types.SimpleNamespace(monotonic=clock))
    monkeypatch.setattr(_watch, "patience", functools.partial(patience, clock=clock))

    def stop(
        guids: t.Sequence[str], wait: bool = True, interval: float = 1.0, timeout: float = 3600, **changes: t.Any
    ) -> list[Stop]:
        with client_of(em, pauses, **changes) as client:

            def read(wanted: t.Sequence[str]) -> list[dict[str, t.Any]]:
                query = Query("BackupJobSession", comparison("UID", "==", list(wanted)), sort="CreationTime")
                return list(SessionReader(client, BACKUP).query(query))

            def look(guid: str) -> dict[str, t.Any] | None:
                try:
                    return next(SessionReader(client, BACKUP).by_ids([guid]))
                except NotFound:
                    return None

            present = {session["id"]: session for session in read(guids)}
            stops = [Stop.of(present[guid]) for guid in guids]
            del em.requests[:]
            Stopper(client, read, look, interval, timeout).stop(stops, wait)
        return stops

    return stop
