# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Events of system sessions, as crooked as nobody has seen them yet."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import SYSTEM
from ansible_collections.backupops.veeam_em.plugins.module_utils._including import add_related
from ansible_collections.backupops.veeam_em.plugins.module_utils._related import EVENTS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, sent

XML = '<SystemSessionEvents xmlns="http://www.veeam.com/ent/v1.0"><Links/>{}</SystemSessionEvents>'


def xml_event(message: str, order: str) -> str:
    number = f"<Order>{order}</Order>" if order else ""
    return f"<Events><CreationTimeUTC>2026-03-01T20:00:09.5</CreationTimeUTC><Message>{message}</Message>{number}</Events>"


def json_event(message: str, order: str) -> str:
    return f'{{"CreationTimeUTC":"2026-03-01T20:00:09.5","Message":"{message}","Order":{order or "null"}}}'


def events_of(em: MockEm, *guids: str, warnings: list[str] | None = None, **changes: t.Any) -> list[list[dict[str, t.Any]]]:
    sessions: list[dict[str, t.Any]] = [{"id": guid} for guid in guids]
    with client_of(em, warnings=warnings, **changes) as client:
        add_related(client, SYSTEM, EVENTS, sessions, page_size=500)
    return [session["events"] for session in sessions]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([("b", "2"), ("a", "1")], "ab"),
        ([("a", "1"), ("b", "1"), ("c", "2")], "abc"),
        ([("b", ""), ("a", "")], "ba"),
        ([("b", ""), ("a", "1")], "ba"),
        ([("a", "1"), ("a", "2")], "aa"),
        ([], ""),
    ],
)
def test_the_order_is_theirs_and_none_is_lost(em: MockEm, events: list[tuple[str, str]], expected: str) -> None:
    guid = em.add_session("system")
    bodies = [(XML.format("".join(xml_event(*event) for event in events)), "xml")]
    members = ",".join(json_event(*event) for event in events)
    bodies += [(f'{{"{name}":[{members}],"Links":null,"Href":null,"Type":null}}', "json") for name in ("Events", "events")]
    for body, media_type in bodies:
        em.replay.add(f"/api/systemSessions/{guid}/events", body, content_type=f"application/{media_type}")
        (found,) = events_of(em, guid, media_type=media_type)
        em.replay.clear()
        assert "".join(event["message"] for event in found) == expected
        assert {event["time"] for event in found} <= {"2026-03-01T20:00:09.5Z"}


def test_a_body_that_breaks_off_is_read_again_and_nothing_comes_twice(em: MockEm) -> None:
    guid = em.add_session("system")
    path = f"systemSessions/{guid}/events"
    (whole,) = events_of(em, guid)
    em.faults.add(kind="reset", when="body", path=path, times=1)
    assert events_of(em, guid) == [whole]
    assert whole
    assert len(sent(em, "GET", path)) == 3


def test_events_that_are_gone_are_a_warning(em: MockEm) -> None:
    one, other = em.add_session("system"), "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
    warnings: list[str] = []
    found = events_of(em, other, one, warnings=warnings)
    assert [bool(events) for events in found] == [False, True]
    (warning,) = warnings
    assert f"Cannot read the events of the system session {other}" in warning


def test_an_id_that_is_none_goes_into_no_url(em: MockEm) -> None:
    with pytest.raises(errors.ProtocolViolation, match="no GUID"):
        events_of(em, "../../logonSessions/x")
    assert sent(em, "GET") == []
