# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that arrive slowly: what comes at all is waited for, what hardly comes is given up."""

from __future__ import annotations

import types
import typing as t

import pytest
from urllib3.util import connection

from ansible_collections.backupops.veeam_em.plugins.module_utils import _answer
from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._answer import Answer
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import read_info, sent


class SlowResponse:
    """A response of requests, of whose body a piece arrives every so many seconds by a clock of its own."""

    status_code = 200

    def __init__(self, sizes: t.Sequence[int], pace: float = 1.0, **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.raw = self._original_response = self
        self.left = list(sizes)
        self._pace = pace
        self._seconds = 0.0

    def clock(self) -> float:
        return self._seconds

    def read1(self, dummy: int) -> bytes:
        self._seconds += self._pace
        return b"x" * self.left.pop(0) if self.left else b""

    def close(self) -> None:
        pass

    def release_conn(self) -> None:
        pass


def answer_of(response: SlowResponse, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Return an answer that goes by the clock of its response, with a timeout of 3 s."""
    monkeypatch.setattr(_answer, "time", types.SimpleNamespace(monotonic=response.clock))
    return Answer(response, "tasks", lambda error: errors.ConnectionFailed(str(error)), 3)


@pytest.mark.parametrize(("sizes", "arrived"), [([500, 500, 23], 1023), ([500, 500, 24, 1, 1, 1], 3)])
def test_less_than_a_kilobyte_within_the_timeout_hardly_comes(
    monkeypatch: pytest.MonkeyPatch, sizes: list[int], arrived: int
) -> None:
    answer = answer_of(SlowResponse(sizes), monkeypatch)
    with pytest.raises(errors.TimedOut, match=f"brought only {arrived} bytes in 3 s") as caught:
        list(answer.chunks())
    assert caught.value.path == "/api/tasks"


def test_a_kilobyte_within_each_timeout_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = [500, 500, 24] * 4
    assert [len(chunk) for chunk in answer_of(SlowResponse(sizes), monkeypatch).chunks()] == sizes


def test_closing_waits_a_second_at_most_for_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    response = SlowResponse([100] * 50, pace=0.25, Content_Length="5000")
    answer_of(response, monkeypatch).close()
    assert len(response.left) == 45


def test_an_answer_that_drips_is_given_up(em: MockEm) -> None:
    em.add_session()
    em.faults.add(kind="drip", path="backupSessions", size=200, seconds=0.5)
    with pytest.raises(errors.TimedOut, match=r"brought only \d+ bytes in 1 s \(option timeout\)"):
        read_info(em, connection={"timeout": 1})
    assert len(sent(em, "GET", "backupSessions")) == 1
    assert em.logon_sessions == []


def test_an_answer_that_arrives_in_pieces_is_read(em: MockEm) -> None:
    """It takes longer than the timeout, but something comes all the time."""
    for dummy in range(20):
        em.add_session()
    em.faults.add(kind="drip", path="backupSessions", size=2000, seconds=0.2)
    assert read_info(em, connection={"timeout": 1}).result["count"] == 20


@pytest.mark.parametrize("media_type", ["xml", "json"])
def test_the_connection_is_kept(em: MockEm, media_type: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logon, read and logout go over one."""
    connect, made = connection.create_connection, []

    def counted(*args: t.Any, **kwargs: t.Any) -> t.Any:
        made.append(args)
        return connect(*args, **kwargs)

    monkeypatch.setattr(connection, "create_connection", counted)
    em.add_session()
    assert read_info(em, connection={"media_type": media_type}).result["count"] == 1
    assert (len(em.requests), len(made)) == (3, 1)
