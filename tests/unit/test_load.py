# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many clients at once, and sessions that come and go while they are read: none is lost, none is doubled, no logon is left."""

from __future__ import annotations

import collections
import concurrent.futures
import typing as t
from functools import partial

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._answer import Answer
from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, sent, sessions_of

TASKS = 20
PATIENT = {"timeout": 120, "retries": 0}


def at_once(em: MockEm, session_token: str | None = None, **options: t.Any) -> list[collections.Counter[str]]:
    """Read by many threads, each with a client of its own; return for each how often it has which session."""
    connection = {**PATIENT, "session_token": session_token}

    def read(dummy: int) -> collections.Counter[str]:
        return collections.Counter(session["id"] for session in sessions_of(em, connection=connection, **options))

    with concurrent.futures.ThreadPoolExecutor(TASKS) as pool:
        return list(pool.map(read, range(TASKS)))


@pytest.mark.parametrize("options", [{}, {"created_after": "400d", "page_size": 90}], ids=["one request", "pages"])
def test_tasks_at_once_have_all_sessions_each_once(em: MockEm, options: dict[str, t.Any]) -> None:
    ids = [em.add_session() for dummy in range(300)]
    assert at_once(em, **options) == [collections.Counter(ids)] * TASKS
    assert len(em.requests) == TASKS * (3 if not options else 6)
    assert em.logon_sessions == []


def test_tasks_at_once_with_one_logon_take_one_request_each(em: MockEm) -> None:
    ids = [em.add_session() for dummy in range(300)]
    with client_of(em) as client:
        token = client.log_on().token
        assert at_once(em, session_token=token) == [collections.Counter(ids)] * TASKS
        assert len(sent(em, "GET")) == TASKS
    assert em.logon_sessions == []


class Meanwhile:
    """Changes sessions while a client reads them: a plan of what to do before which query, counted from 1."""

    def __init__(self, plan: t.Mapping[int, t.Callable[[], object]]) -> None:
        self._plan = plan
        self._queries = 0
        self._get = EmClient.get

    def get(self, client: EmClient, path: str, doing: str) -> Answer:
        """Stand in for the method of the client."""
        if path.startswith("query"):
            self._queries += 1
            self._plan.get(self._queries, int)()
        return self._get(client, path, doing)


# Before which query which of the running sessions, newest first, come to an end, and which then are there all the time.
ENDS = [
    ({2: [0]}, {1, 2, 3, 4}),
    ({3: [0, 1], 5: [2]}, {3, 4}),
    ({2: [0], 4: [1], 6: [2]}, {3, 4}),
]


@pytest.mark.parametrize(("ends", "there"), ENDS)
def test_what_runs_all_the_time_is_not_lost_while_others_end(
    em: MockEm, monkeypatch: pytest.MonkeyPatch, ends: dict[int, list[int]], there: set[int]
) -> None:
    ids = [em.add_session(state="Working", creation_time=-60 * number) for number in range(1, 6)]

    def end(numbers: list[int]) -> None:
        for number in numbers:
            em.change_session(ids[number], state="Stopped")

    meanwhile = Meanwhile({query: partial(end, numbers) for query, numbers in ends.items()})

    def get_meanwhile(*arguments: t.Any) -> Answer:
        return meanwhile.get(*arguments)

    monkeypatch.setattr(EmClient, "get", get_meanwhile)
    found = collections.Counter(session["id"] for session in sessions_of(em, running=True, page_size=2))
    assert {ids[number] for number in there} <= set(found)
    assert max(found.values()) == 1
