# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that arrive slowly: what comes at all is waited for, what hardly comes is given up."""

from __future__ import annotations

import typing as t

import pytest
from urllib3.util import connection

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import read_info, sent


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
