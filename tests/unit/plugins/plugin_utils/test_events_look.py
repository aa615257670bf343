# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looking at EM: what runs and what ended, and never a session too few."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._families import FAMILIES
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.watching import Watcher
from ansible_collections.backupops.veeam_em.tests.unit.support import queries_to, sent


@pytest.fixture
def watcher(em: MockEm) -> t.Iterator[Watcher]:
    """Looks at the backups of a simulated EM without any session."""
    made = Watcher(em)
    yield made
    made.close()


def test_the_first_look_begins_at_the_time_of_the_server(em: MockEm, watcher: Watcher) -> None:
    em.clock.advance(86400 * 365)
    watcher.look()
    assert watcher.register is not None
    assert watcher.register.begin[:4] == str(em.clock.now().year)


def test_the_first_look_sees_what_runs_and_nothing_that_ended_before(em: MockEm, watcher: Watcher) -> None:
    em.add_session(job_name="over", creation_time=-600, end_time=-300)
    em.add_session(job_name="runs", state="Working")
    assert watcher.names() == ["runs"]


@pytest.mark.parametrize(
    ("since", "expected"), [("1h", ["recent"]), ("3h", ["older", "recent"]), ("2020-01-01", ["older", "recent"])]
)
def test_with_since_the_first_look_reaches_back(em: MockEm, since: str, expected: list[str]) -> None:
    em.add_session(job_name="recent", creation_time=-2000, end_time=-1000)
    em.add_session(job_name="older", creation_time=-9000, end_time=-8000)
    watcher = Watcher(em, since=since)
    assert watcher.names() == expected
    watcher.close()


def test_a_later_look_sees_what_started_and_ended_in_between(em: MockEm, watcher: Watcher) -> None:
    watcher.look()
    em.clock.advance(60)
    em.add_session(job_name="quick", creation_time=-30, end_time=-10)
    assert watcher.names() == ["quick"]


def test_a_session_that_em_hears_of_late_is_seen(em: MockEm, watcher: Watcher) -> None:
    watcher.look()
    em.clock.advance(7200)
    watcher.look()
    em.clock.advance(60)
    em.add_session(job_name="late", creation_time=-5000, end_time=-4000)
    assert watcher.names() == ["late"]


def test_a_session_that_ends_between_the_two_queries_of_a_look_is_seen_as_over(
    em: MockEm, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher.look()
    em.clock.advance(60)
    em.add_session(job_name="ends", state="Working", creation_time=-10, planned_end=30)
    queries, render = len(queries_to(em)), em.em.render
    asked: list[int] = []

    def render_and_end(*arguments: t.Any) -> str:
        text = render(*arguments)
        if not asked:
            # what runs is on its way: it ends before the next query
            asked.append(len(queries_to(em)))
            em.clock.advance(31)
        return text

    monkeypatch.setattr(em.em, "render", render_and_end)
    seen = watcher.look()
    assert asked == [queries + 1]
    assert [(session["job_name"], session["running"]) for session in seen.sessions] == [("ends", False)]


def test_a_session_whose_end_is_older_than_any_look_reaches_is_found_by_its_id(em: MockEm, watcher: Watcher) -> None:
    running = em.add_session(job_name="long", state="Working", creation_time=-100)
    watcher.look()
    em.clock.advance(10 * 3600)
    watcher.look()
    watcher.look()
    # the backup server told EM late, and of an end long ago
    em.change_session(running, state="Stopped", result="Failed", end_time=-9 * 3600)
    em.clock.advance(60)
    seen = watcher.look()
    assert [(session["job_name"], session["result"]) for session in seen.sessions] == [("long", "Failed")]


def test_a_running_session_that_em_deletes_is_gone_and_asked_for_once(em: MockEm, watcher: Watcher) -> None:
    running = em.add_session(job_name="short-lived", state="Working")
    watcher.look()
    em.remove_session(running)
    seen = watcher.look()
    assert seen.gone == {running}
    assert not seen.sessions
    em.requests.clear()
    watcher.look()
    assert not sent(em, "GET", "backupSessions/")


@pytest.mark.parametrize("kind", FAMILIES)
@pytest.mark.parametrize(("version", "media_type"), [(12, "xml"), (13, "json")])
def test_every_kind_is_seen_running_and_over(em: MockEm, kind: str, version: int, media_type: str) -> None:
    em.settings.em_version = version
    watcher = Watcher(em, kinds=[kind], media_type=media_type)
    watcher.look()
    em.clock.advance(60)
    values: dict[str, t.Any] = {"state": "Working", "planned_result": "Warning"}
    if kind == "system":
        values = {"state": "InProgress", "planned_result": "CompletedWarning"}
    if kind.endswith("_task"):
        values = {**values, "state": "InProgress", "session_id": em.add_session(kind[: -len("_task")])}
    if FAMILIES[kind].types:
        values["job_type"] = FAMILIES[kind].types[0]
    kind_there = "backup" if FAMILIES[kind].types else kind
    em.add_session(kind_there, creation_time=-20, planned_end=30, **values)
    assert [session["running"] for session in watcher.look().sessions] == [True]
    em.clock.advance(60)
    (over,) = watcher.look().sessions
    assert (over["kind"], over["running"], over["result"]) == (kind, False, "Warning")
    watcher.close()


def test_an_account_that_may_not_query_restores_sees_them_all_the_same(em: MockEm) -> None:
    em.faults.add(kind="status", status=403, path="/query")
    watcher = Watcher(em, kinds=["restore"])
    for dummy in range(3):
        watcher.look()
    em.clock.advance(60)
    em.add_session("restore", vm_name="sql01", creation_time=-30, end_time=-10, result="Failed")
    assert [session["result"] for session in watcher.look().sessions] == ["Failed"]
    watcher.close()
    # what reading a part only has to say would come with each look
    assert watcher.looks.warnings == []


def test_a_session_of_two_kinds_is_seen_once_as_the_first_of_them(em: MockEm) -> None:
    em.add_session(job_name="Laptops", job_type="AgentManagement", state="Working")
    watcher = Watcher(em, kinds=["backup", "agent_backup"])
    assert [session["kind"] for session in watcher.look().sessions] == ["backup"]
    em.clock.advance(60)
    assert [session["kind"] for session in watcher.look().sessions] == ["backup"]
    watcher.close()


def test_the_sessions_come_oldest_first(em: MockEm, watcher: Watcher) -> None:
    watcher.look()
    em.clock.advance(600)
    for number in (3, 1, 2):
        em.add_session(job_name=str(number), creation_time=-500 + number, end_time=-400 - number)
    assert watcher.names() == ["1", "2", "3"]


def test_a_look_takes_two_queries(em: MockEm, watcher: Watcher) -> None:
    watcher.look()
    em.requests.clear()
    watcher.look()
    filters = [query["filter"] for query in queries_to(em)]
    assert len(filters) == len(em.requests) == 2
    assert filters[0] == 'State!="Stopped"'
    assert filters[1].startswith("EndTime>=")
