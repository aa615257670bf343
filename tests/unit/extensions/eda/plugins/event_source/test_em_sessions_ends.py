# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ends the event source, what it waits through, what it leaves behind and what it says."""

from __future__ import annotations

import asyncio
import logging
import pathlib
import sys

import pytest

from ansible_collections.backupops.veeam_em.extensions.eda.plugins.event_source import em_sessions
from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.extensions.eda.plugins.event_source.running import (
    ONE_FAILURE,
    Engine,
    Source,
    failing,
    given_options,
    nothing,
)
from ansible_collections.backupops.veeam_em.tests.unit.support import sent


def test_every_end_of_the_source_closes_its_logon_session(em: MockEm, source: Source) -> None:
    failing(em, creation_time=-60, end_time=-30)()
    source.run(nothing)
    assert not em.logon_sessions
    source.cursor_file.unlink()
    assert source.run(engine=Engine(1), since="1h").told == ONE_FAILURE[:1]
    assert not em.logon_sessions
    assert len(sent(em, "POST", "sessionMngr")) == len(sent(em, "DELETE", "logonSessions/")) == 2


def test_cancelled_in_the_middle_of_a_look_it_still_logs_out(em: MockEm, tmp_path: pathlib.Path) -> None:
    em.faults.add(kind="delay", seconds=0.3, path="/query")
    options = given_options(em, cursor_file=str(tmp_path / "cursor.json"))

    async def cancelled() -> None:
        task = asyncio.create_task(em_sessions.main(Engine(), options))
        while not em.logon_sessions:
            await asyncio.sleep(0.01)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())
    assert not em.logon_sessions
    assert len(sent(em, "DELETE", "logonSessions/")) == 1


def test_while_em_is_away_the_source_waits_and_says_so_once(em: MockEm, source: Source, caplog: pytest.LogCaptureFixture) -> None:
    def back_with_a_failure() -> None:
        em.start()
        failing(em)()

    engine = source.run(em.stop, nothing, nothing, back_with_a_failure, nothing, retries=0)
    assert engine.told == ONE_FAILURE
    assert source.pauses == [60, 5, 10, 20, 60, 60]
    said = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    away, back = [words for words in said if "scheme is http" not in words]
    assert away.startswith("Enterprise Manager 127.0.0.1 is away, and is asked again until it is back: ")
    assert back.startswith("Enterprise Manager 127.0.0.1 is back after ")


def test_em_may_be_away_when_the_source_starts(em: MockEm, source: Source) -> None:
    em.stop()
    assert source.run(em.start, failing(em), nothing, retries=0).told == ONE_FAILURE


def test_a_logon_session_that_em_ends_is_renewed(em: MockEm, source: Source) -> None:
    em.faults.add(kind="expire", path="/query", after=3, times=1)
    assert source.run(nothing, failing(em), nothing).told == ONE_FAILURE
    assert not em.logon_sessions


def test_a_wrong_password_ends_the_source_at_once_and_is_not_repeated(
    em: MockEm, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(errors.AuthenticationFailed) as caught:
        source.run(password="s3cret-word")
    assert len(sent(em, "POST", "sessionMngr")) == 1
    assert "s3cret" not in str(caught.value) + caplog.text


def test_the_password_is_in_no_log_whatever_em_answers(em: MockEm, source: Source, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    em.faults.add(kind="mirror", status=500, path="/query", after=2, times=2)
    source.run(nothing, nothing, nothing)
    assert "is away" in caplog.text
    assert "demo-password" not in caplog.text


def test_an_unknown_option_ends_the_source_before_em_is_asked(em: MockEm, source: Source) -> None:
    with pytest.raises(errors.BadRequest, match="has no option job_names"):
        source.run(job_names=["SQL"])
    assert em.requests == []


def test_a_broken_cursor_file_ends_the_source_before_em_is_asked(em: MockEm, source: Source) -> None:
    source.cursor_file.write_text("{", encoding="utf-8")
    with pytest.raises(errors.BadRequest, match="is damaged, or is none"):
        source.run()
    assert em.requests == []
    assert source.cursor_file.read_text(encoding="utf-8") == "{"


def test_the_cursor_file_of_other_kinds_ends_the_source(em: MockEm, source: Source) -> None:
    source.run()
    with pytest.raises(errors.BadRequest, match="belongs to another source"):
        source.run(kinds=["replica"])


def test_unencrypted_http_is_warned_of_once(source: Source, caplog: pytest.LogCaptureFixture) -> None:
    source.run(nothing, nothing)
    assert caplog.text.count("unencrypted") == 1


def test_without_ansible_core_one_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "ansible_collections.backupops.veeam_em")
    monkeypatch.setitem(sys.modules, "ansible.plugins.loader", None)
    with pytest.raises(ImportError, match=r"needs ansible-core, which .*pip install ansible-core"):
        asyncio.run(em_sessions.main(Engine(), {}))


@pytest.mark.parametrize("library", ["requests", "lxml"])
def test_without_a_library_one_error_says_what_to_install_before_em_is_asked(
    em: MockEm, source: Source, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, {"requests": "requests", "lxml": "lxml.etree"}[library], None)
    with pytest.raises(errors.MissingLibrary, match=f"pip install {library}"):
        source.run()
    assert em.requests == []
