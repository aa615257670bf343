# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which sessions run, of several families."""

from __future__ import annotations

import re
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.plugins.module_utils._running import Look, RunningSessions
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, sent

ANYTHING: dict[str, t.Any] = {"filter": None}


def looking(em: MockEm, make: t.Callable[[RunningSessions], Look], *kinds: str, times: int = 1) -> list[set[str]]:
    """Return the ids that some looks tell."""
    with client_of(em) as client:
        look = make(RunningSessions(client, [FAMILIES[kind] for kind in kinds]))
        return [{session["id"] for session in look()} for dummy in range(times)]


@pytest.mark.parametrize("kind", FAMILIES)
def test_the_running_ones_of_every_family(small_em: MockEm, kind: str) -> None:
    (found,) = looking(small_em, lambda sessions: sessions.selected(ANYTHING), kind)
    single = FAMILIES[kind].by_id
    assert found
    with client_of(small_em) as client:
        for guid in found:
            with client.get(f"{single}/{guid}?format=Entity", "Cannot look") as answer:
                states = re.findall("<State>(.*?)</State>", b"".join(answer.chunks()).decode())
                assert not set(states) <= set(FAMILIES[kind].finished)


def test_idle_sessions_run_as_well(em: MockEm) -> None:
    idle = em.add_session(state="Idle")
    assert looking(em, lambda sessions: sessions.selected(ANYTHING), "backup") == [{idle}]


def test_a_task_runs_although_it_has_a_result(em: MockEm) -> None:
    session = em.add_session("cdp_replica", state="Working")
    task = em.add_session("cdp_replica_task", session_id=session, state="InProgress", result="Success")
    assert looking(em, lambda sessions: sessions.selected(ANYTHING), "cdp_replica_task") == [{task}]


def test_a_query_that_is_refused_is_made_once_only(em: MockEm) -> None:
    """Each look after the first one takes the collection at once, and applies the options to it."""
    running = em.add_session("restore", state="Working", name="a")
    em.add_session("restore", state="Working", name="b")
    em.add_session("restore", name="a")
    em.faults.add(kind="status", status=403, path="query")
    options = {"filter": None, "name": ["a"]}
    assert looking(em, lambda sessions: sessions.selected(options), "restore", times=3) == [{running}] * 3
    assert (len(sent(em, "GET", "query")), len(sent(em, "GET", "restoreSessions"))) == (1, 3)


@pytest.mark.parametrize("kind", ["backup", "system"])
def test_known_ones_are_read_again_each_time(em: MockEm, kind: str) -> None:
    state = "Working" if kind == "backup" else "InProgress"
    one, other = em.add_session(kind, state=state), em.add_session(kind, state=state)
    with client_of(em) as client:
        look = RunningSessions(client, [FAMILIES[kind]]).of_ids([one])
        assert [session["id"] for session in look()] == [one]
        em.change_session(one, kind, state="Stopped" if kind == "backup" else "Failed")
        assert look() == []
    assert not any(other in path for path in sent(em, "GET"))


def test_two_hundred_ids_take_two_queries(em: MockEm) -> None:
    ids = [em.add_session(state="Working") for dummy in range(200)]
    assert len(looking(em, lambda sessions: sessions.of_ids(ids), "backup")[0]) == 200
    assert len(sent(em, "GET", "query")) == 2


def test_ids_of_several_kinds_take_a_query_of_each(em: MockEm) -> None:
    ids = [em.add_session("restore", state="Working") for dummy in range(20)]
    kinds = ("backup", "replica", "restore")
    assert len(looking(em, lambda sessions: sessions.of_ids(ids), *kinds)[0]) == 20
    assert [path.partition("&")[0] for path in sent(em, "GET")] == [
        f"query?type={name}" for name in ("BackupJobSession", "ReplicaJobSession", "RestoreSession")
    ]


def test_each_id_is_looked_for_where_it_was_found(em: MockEm) -> None:
    restore = em.add_session("restore", state="Working")
    assert looking(em, lambda sessions: sessions.of_ids([restore]), "backup", "restore", times=3) == [{restore}] * 3
    assert len([path for path in sent(em, "GET", "query") if "BackupJobSession" in path]) == 1


NAMELESS = """<QueryResult xmlns="http://www.veeam.com/ent/v1.0"><Entities><BackupJobSessions>
<BackupJobSession Type="BackupJobSession" Name="a"{}><State>Working</State></BackupJobSession>
</BackupJobSessions></Entities><PagingInfo PageNum="1" PageSize="100" PagesCount="1"/></QueryResult>"""


@pytest.mark.parametrize("uid", ["", ' UID="urn:veeam:BackupJobSession:.."', ' UID="x?y"'])
def test_what_has_no_id_cannot_be_waited_for(em: MockEm, uid: str) -> None:
    em.replay.add("/api/query", NAMELESS.format(uid))
    with pytest.raises(errors.ProtocolViolation, match="no GUID"):
        looking(em, lambda sessions: sessions.of_those_that_run(ANYTHING), "backup")


def test_ids_that_nobody_knows(em: MockEm) -> None:
    with pytest.raises(errors.NotFound, match="3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"):
        looking(em, lambda sessions: sessions.of_ids(["3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"]), "backup")


def test_those_of_the_first_look(em: MockEm) -> None:
    first = em.add_session(state="Working")
    with client_of(em) as client:
        look = RunningSessions(client, [FAMILIES["backup"], FAMILIES["restore"]]).of_those_that_run(ANYTHING)
        assert [session["id"] for session in look()] == [first]
        em.add_session(state="Working")
        em.add_session("restore", state="Working")
        assert [session["id"] for session in look()] == [first]
        em.change_session(first, state="Stopped")
        assert look() == []


def test_nothing_at_the_first_look_is_nothing_for_ever(em: MockEm) -> None:
    with client_of(em) as client:
        look = RunningSessions(client, [FAMILIES["backup"]]).of_those_that_run(ANYTHING)
        assert look() == []
        em.add_session(state="Working")
        assert look() == []
