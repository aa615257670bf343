# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The event source tells each event once, however often it is killed and started again."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.extensions.eda.plugins.event_source.running import (
    ONE_FAILURE,
    Engine,
    Killed,
    Source,
    failing,
    nothing,
)
from ansible_collections.backupops.veeam_em.tests.unit.support import sent


def test_what_happens_between_two_looks_is_told_once(em: MockEm, source: Source) -> None:
    assert source.run(failing(em), nothing, nothing).told == ONE_FAILURE


def test_a_session_is_followed_from_its_start_to_its_end(em: MockEm, source: Source) -> None:
    engine = source.run(
        lambda: em.add_session(job_name="SQL", state="Working", creation_time=1, planned_end=130, planned_result="Warning"),
        nothing,
        nothing,
        nothing,
        max_duration="90s",
    )
    assert engine.told == [("SQL", "started"), ("SQL", "over_running"), ("SQL", "finished"), ("SQL", "warning")]


def test_what_was_before_the_first_look_is_history(em: MockEm, source: Source) -> None:
    failing(em, creation_time=-300, end_time=-200)()
    em.add_session(job_name="Web", state="Working", creation_time=-300, planned_end=30)
    assert source.run(nothing, nothing).told == [("Web", "finished")]


def test_since_makes_events_of_what_was_before(em: MockEm, source: Source) -> None:
    failing(em, creation_time=-300, end_time=-200)()
    failing(em, "Old", creation_time=-9000, end_time=-8000)()
    assert source.run(nothing, since="1h").told == ONE_FAILURE


def test_what_happened_while_the_source_was_down_is_told_at_its_next_start(em: MockEm, source: Source) -> None:
    assert source.run(nothing).told == []
    for hour in range(30):
        failing(em, f"Job {hour}")()
        em.clock.advance(3600)
    told = source.run().told
    assert [job for job, event in told if event == "failed"] == [f"Job {hour}" for hour in range(30)]
    assert source.run(nothing).told == []


def test_a_session_that_ended_while_the_source_was_down_has_not_started_again(em: MockEm, source: Source) -> None:
    running: list[str] = []
    engine = source.run(lambda: running.append(em.add_session(job_name="SQL", state="Working", creation_time=1)))
    assert engine.told == [("SQL", "started")]
    em.change_session(running[0], state="Stopped", result="Failed")
    assert source.run().told == [("SQL", "finished"), ("SQL", "failed")]


@pytest.mark.parametrize("keeps", [False, True], ids=["before the engine has it", "after the engine has it"])
@pytest.mark.parametrize("killed_at", range(10))
def test_killed_at_any_event_none_is_lost_and_only_that_one_can_come_again(
    em: MockEm, source: Source, killed_at: int, keeps: bool
) -> None:
    source.run()
    em.clock.advance(60)
    failing(em, "A")()
    em.clock.advance(60)
    failing(em, "A")()
    failing(em, "B", result="Warning", creation_time=2, end_time=2)()
    em.clock.advance(60)
    killed = source.run(engine=Engine(killed_at, keeps))
    after = source.run(nothing)
    expected = [*(("A", event) for event in ("started", "finished", "failed") * 2), ("A", "persistently_failed")]
    expected += [("B", event) for event in ("started", "finished", "warning")]
    told = killed.told + after.told
    again = killed.told[killed_at : killed_at + 1] if keeps else []
    assert sorted(told) == sorted(expected + again)
    assert len(killed.events) == killed_at + keeps


def test_killed_at_the_first_event_of_all_the_source_remembers_when_it_began(em: MockEm, source: Source) -> None:
    identity = em.add_session(job_name="SQL", state="Working", creation_time=-3600)
    killed = source.run(engine=Engine(0), max_duration="30m")
    em.clock.advance(5)
    em.change_session(identity, state="Stopped", result="Failed")
    failing(em, "Web")()
    em.clock.advance(5)
    told = killed.told + source.run(max_duration="30m").told
    assert sorted(told) == sorted(
        [("SQL", event) for event in ("over_running", "finished", "failed")]
        + [("Web", event) for event in ("started", "finished", "failed")]
    )


def test_a_session_that_em_deletes_while_it_runs_is_asked_for_once(em: MockEm, source: Source) -> None:
    identity = em.add_session(job_name="SQL", state="Working")
    assert source.run(lambda: em.remove_session(identity), nothing, nothing).told == []
    # the query that looks for it, then the request for it alone
    assert sum(f"UID%3D%3D%22{identity}" in query for query in sent(em, "GET", "query")) == 1
    assert len(sent(em, "GET", f"backupSessions/{identity}")) == 1


def test_a_job_fails_persistently_across_restarts(em: MockEm, source: Source) -> None:
    source.run(failing(em))
    em.clock.advance(86400)
    engine = source.run(failing(em), nothing)
    assert [event["failures"] for event in engine.events if event["event"] == "persistently_failed"] == [2]
    em.clock.advance(86400)
    assert source.run(failing(em), nothing).told == ONE_FAILURE


def test_what_nobody_wants_is_not_told_later_either(em: MockEm, source: Source) -> None:
    assert source.run(failing(em), events=["started"]).told == [("SQL", "started")]
    assert source.run(nothing).told == []


def test_only_the_jobs_that_are_wanted_are_told(em: MockEm, source: Source) -> None:
    engine = source.run(failing(em, "SQL daily"), failing(em, "Web"), nothing, job_name=["SQL *"], events=["failed"])
    assert engine.told == [("SQL daily", "failed")]


def test_the_feedback_of_the_engine_is_waited_for_before_an_event_counts_as_told(em: MockEm, source: Source) -> None:
    class Feedback:
        """Answers for the first event only; then the process is killed."""

        def __init__(self) -> None:
            self.answers = 1

        async def get(self) -> None:
            self.answers -= 1
            if self.answers < 0:
                raise Killed

    source.run()
    em.clock.advance(60)
    failing(em)()
    em.clock.advance(60)
    first = source.run(eda_feedback_queue=Feedback(), feedback=True)
    assert first.told == ONE_FAILURE[:2]
    assert source.run().told == ONE_FAILURE[1:]


def test_the_cursor_file_does_not_grow_with_time(em: MockEm, source: Source) -> None:
    sizes = []
    for dummy in range(4):
        source.run(*[failing(em, result="Success")] * 30, interval=600)
        sizes.append(source.cursor_file.stat().st_size)
    assert max(sizes[1:]) <= sizes[0] * 1.1
