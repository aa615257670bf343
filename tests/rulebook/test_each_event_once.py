# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The real ansible-rulebook is killed and started again: each event arrives exactly once."""

from __future__ import annotations

import json
import pathlib
import signal
import typing as t
from collections import Counter

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.rulebook.running import FILES, Rulebook

Told = Counter[tuple[str, str]]

FAILURE = ("started", "finished", "failed")


class Written:
    """The events that the playbook of the rulebook has written down: one file each time that it ran."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        folder.mkdir()

    @property
    def events(self) -> list[dict[str, t.Any]]:
        return [json.loads(file.read_text(encoding="utf-8")) for file in self.folder.glob("*.json")]

    @property
    def told(self) -> Told:
        """How often each event of each job came."""
        return Counter((event["job_name"], event["event"]) for event in self.events)


@pytest.fixture
def written(tmp_path: pathlib.Path) -> Written:
    return Written(tmp_path / "events")


@pytest.fixture
def rulebook(em: MockEm, tmp_path: pathlib.Path, written: Written) -> Rulebook:
    return Rulebook(
        str(FILES / "each_event.yml"),
        em,
        tmp_path,
        events_folder=str(written.folder),
        cursor_file=str(tmp_path / "cursor.json"),
    )


def fail(em: MockEm, job_name: str) -> None:
    """Let a session of a job begin and fail a second later."""
    em.clock.advance(2)
    em.add_session(job_name=job_name, state="Stopped", result="Failed", creation_time=-1, end_time=0)


def test_killed_and_started_again_it_tells_each_event_exactly_once(em: MockEm, rulebook: Rulebook, written: Written) -> None:
    expected: Told = Counter()
    with rulebook.running() as process:
        fail(em, "SQL")
        running = em.add_session(job_name="Web", state="Working", creation_time=0)
        expected += Counter([*(("SQL", event) for event in FAILURE), ("Web", "started")])
        rulebook.until(str(expected), lambda: written.told == expected)
        rulebook.kill(process)

    fail(em, "SQL")
    fail(em, "Mail")
    em.change_session(running, state="Stopped", result="Warning")
    em.clock.advance(6 * 3600)
    with rulebook.running() as process:
        expected += Counter(
            [*(("SQL", event) for event in (*FAILURE, "persistently_failed")), *(("Mail", event) for event in FAILURE)]
        )
        expected += Counter([("Web", "finished"), ("Web", "warning")])
        rulebook.until(str(expected), lambda: written.told == expected)
        rulebook.kill(process)

    with rulebook.running() as process:
        fail(em, "Last")
        expected += Counter(("Last", event) for event in FAILURE)
        rulebook.until(str(expected), lambda: written.told == expected)
        logons = len(em.logon_sessions)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    # those of the killed ones end by themselves, when they have idled
    assert len(em.logon_sessions) == logons - 1
    assert written.told == expected
    assert "demo-password" not in rulebook.log


def test_em_may_go_away_and_come_back(em: MockEm, rulebook: Rulebook, written: Written) -> None:
    with rulebook.running():
        em.stop()
        rulebook.until("it says that EM is away", lambda: "is away, and is asked again until it is back" in rulebook.log)
        fail(em, "SQL")
        em.start()
        rulebook.until("it says that EM is back", lambda: "is back after" in rulebook.log)
        rulebook.until("the failure is told", lambda: written.told == Counter(("SQL", event) for event in FAILURE))
    assert rulebook.log.count("is away, and is asked again until it is back") == 1


def test_a_wrong_password_ends_the_rulebook_with_one_clear_error(em: MockEm, rulebook: Rulebook) -> None:
    em.faults.add(kind="status", status=401, path="/sessionMngr")
    with pytest.raises(AssertionError, match=r"ansible-rulebook ended with 1:"), rulebook.running():
        pass
    assert "Source plugin failed with error message: 'Cannot log on" in rulebook.log
    assert "demo-password" not in rulebook.log
