# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From records to sessions."""

from __future__ import annotations

import contextlib
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import EmError
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import BACKUP, BACKUP_TASK
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._json import read_json
from ansible_collections.backupops.veeam_em.plugins.module_utils._records import Paging
from ansible_collections.backupops.veeam_em.plugins.module_utils._sessions import SessionBuilder
from ansible_collections.backupops.veeam_em.plugins.module_utils._xml import read_xml
from ansible_collections.backupops.veeam_em.tests.unit.support import GUID, OTHER_GUID, QUERY_SHAPE, Reader, body_of

NOW = 1_772_582_400.75  # 2026-03-04T00:00:00.75Z
NAME = 'Night "A" & <B>; Z\u00fcrich, \u2116 7\\x'
HOST = "https://em.invalid:9398/api"


def built(record: dict[str, t.Any], family: Family = BACKUP, with_links: bool = False) -> dict[str, t.Any]:
    return SessionBuilder(family, lambda: NOW, with_links).build(record)


@pytest.mark.parametrize(
    ("name", "reader"),
    [("sessions.query.xml", read_xml), ("sessions.query.em12.json", read_json), ("sessions.query.em13.json", read_json)],
)
def test_the_sessions_are_the_same_from_every_representation(name: str, reader: Reader) -> None:
    records = list(reader([body_of(name)], QUERY_SHAPE, Paging()))
    finished, running = (built(record) for record in records)
    assert finished == {
        "kind": "backup",
        "id": GUID,
        "uid": f"urn:veeam:BackupJobSession:{GUID}",
        "name": f"{NAME}@2026-03-03 21:15:00",
        "state": "Stopped",
        "result": "Warning",
        "running": False,
        "creation_time": "2026-03-03T21:15:00.64Z",
        "end_time": "2026-03-03T21:45:30.000125Z",
        "duration": 1829,
        "backup_server": {"id": "7d5e3f1a-9b8c-4a6d-b2e4-0c1d2e3f4a5b", "name": "vbr-north.example.com"},
        "job_id": "b7e0d9c2-6a1f-4d3e-9c58-0e2f4a6b8c1d",
        "job_uid": "urn:veeam:Job:b7e0d9c2-6a1f-4d3e-9c58-0e2f4a6b8c1d",
        "job_name": NAME,
        "job_type": "Backup",
        "progress": 100,
        "is_retry": True,
        "failure_message": "Line one\nline two",
        "restore_point_ids": ["e9f8d7c6-b5a4-4392-8170-6f5e4d3c2b1a", "f0e1d2c3-b4a5-4697-8879-6a5b4c3d2e1f"],
        "parent_id": None,
        "proxy_notes": {"level": "2", "text": "slow", "empty": None},
        "hosts": [{"name": "esx1"}, {"name": "esx2"}],
        "tags": ["gold"],
    }
    assert running["id"] == OTHER_GUID
    assert (running["state"], running["result"], running["running"]) == ("Working", None, True)
    assert (running["end_time"], running["failure_message"], running["restore_point_ids"]) == (None, None, [])
    assert running["duration"] == 2 * 3600


def test_the_keys_come_in_the_order_of_the_table_and_what_is_unknown_after_them() -> None:
    session = built({"new_element": "x", "name": "N", "href": "h", "type": "t", "links": None})
    assert list(session) == [*(field.name for field in BACKUP.fields), "new_element"]


def test_a_field_that_the_body_lacks_is_null() -> None:
    session = built({})
    assert {name for name, value in session.items() if value is not None} == {"kind", "running", "restore_point_ids"}


def test_an_unknown_element_does_not_push_aside_a_key_of_ours() -> None:
    session = built({"running": "no", "kind": "strange", "duration": "long", "state": "Working"})
    assert (session["running"], session["kind"], session["duration"]) == (True, "backup", None)


@pytest.mark.parametrize("state", ["Starting", "Working", "Pausing", "Resuming", "Stopping", "Idle", "Postprocessing", "Completed"])
def test_every_state_but_the_finished_one_runs(state: str) -> None:
    assert built({"state": state})["running"] is True


@pytest.mark.parametrize("state", ["Stopped", "stopped", "STOPPED"])
def test_the_finished_state_in_any_case(state: str) -> None:
    session = built({"state": state})
    assert session["running"] is False
    assert session["state"] == state


@pytest.mark.parametrize(("state", "running"), [("Pending", True), ("InProgress", True), ("Completed", False), ("Stopped", True)])
def test_each_family_has_its_own_finished_state(state: str, running: bool) -> None:
    assert built({"state": state}, BACKUP_TASK)["running"] is running


def test_the_state_decides_and_the_result_does_not() -> None:
    task = built({"state": "InProgress", "result": "Success"}, BACKUP_TASK)
    assert (task["running"], task["result"]) == (True, "Success")
    session = built({"state": "Stopped", "result": "None"})
    assert (session["running"], session["result"]) == (False, None)


def test_without_a_state_the_end_decides() -> None:
    assert built({"end_time_utc": "2026-03-01T00:00:00Z"})["running"] is False
    assert built({"end_time_utc": "1753-01-01T00:00:00Z"})["running"] is True


def test_a_running_session_has_no_end() -> None:
    assert built({"state": "Working", "end_time_utc": "2026-03-01T00:00:00Z"})["end_time"] is None


@pytest.mark.parametrize(
    ("result", "expected"), [("None", None), ("none", None), (None, None), ("Failed", "Failed"), ("Odd", "Odd")]
)
def test_the_result_none_is_null(result: str | None, expected: str | None) -> None:
    assert built({"result": result})["result"] == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"state": "Stopped", "creation_time_utc": "2026-03-03T00:00:00.9Z", "end_time_utc": "2026-03-03T00:00:02.8Z"}, 1),
        ({"state": "Stopped", "creation_time_utc": "2026-03-03T00:00:00Z", "end_time_utc": "2026-03-03T00:00:00Z"}, 0),
        ({"state": "Stopped", "creation_time_utc": "2026-03-03T00:00:05Z", "end_time_utc": "2026-03-03T00:00:00Z"}, 0),
        ({"state": "Stopped", "creation_time_utc": "2026-03-03T00:00:05Z"}, None),
        ({"state": "Working", "creation_time_utc": "2026-03-03T23:59:00Z"}, 60),
        ({"state": "Working", "creation_time_utc": "2026-03-04T09:00:00Z"}, 0),
        ({"state": "Working"}, None),
        ({"state": "Working", "creation_time_utc": "some day"}, None),
    ],
)
def test_the_duration_in_seconds(record: dict[str, t.Any], expected: int | None) -> None:
    assert built(record)["duration"] == expected


@pytest.mark.parametrize(
    ("record", "key", "expected"),
    [
        ({"progress": "0"}, "progress", 0),
        ({"progress": "57"}, "progress", 57),
        ({"progress": "half"}, "progress", "half"),
        ({"progress": "+-5"}, "progress", "+-5"),
        ({"progress": "-5"}, "progress", -5),
        ({"progress": "9" * 5000}, "progress", "9" * 5000),
        ({"is_retry": "true"}, "is_retry", True),
        ({"is_retry": "False"}, "is_retry", False),
        ({"is_retry": "1"}, "is_retry", True),
        ({"is_retry": "maybe"}, "is_retry", "maybe"),
        ({"creation_time_utc": "0001-01-01T00:00:00"}, "creation_time", None),
        ({"creation_time_utc": "2026-03-03T00:00:00"}, "creation_time", "2026-03-03T00:00:00Z"),
        ({"job_uid": f"urn:veeam:Job:{GUID.upper()}"}, "job_id", GUID),
        ({"job_type": "SomethingNew"}, "job_type", "SomethingNew"),
    ],
)
def test_values_by_their_type(record: dict[str, t.Any], key: str, expected: t.Any) -> None:
    assert built(record)[key] == expected


def test_a_size_beyond_32_bits() -> None:
    assert built({"total_size": "12884901888"}, BACKUP_TASK)["total_size"] == 12884901888


@pytest.mark.parametrize(
    "record",
    [
        {"state": {"a": "b"}},
        {"state": "Working", "creation_time_utc": {"a": "b"}},
        {"state": "Working", "creation_time_utc": "2026-01-01T00:00:nanZ"},
        {"state": "Stopped", "end_time_utc": ["x"]},
        {"links": "x"},
        {"links": ["x"]},
        {"links": {"a": "b"}},
        {"uid": {"a": "b"}, "name": ["x"], "result": {"a": "b"}},
    ],
)
def test_an_element_of_another_shape_ends_nothing_but_with_an_error_of_ours(record: dict[str, t.Any]) -> None:
    with contextlib.suppress(EmError):
        built(record)


@pytest.mark.parametrize("odd", [{"a": "b"}, ["Up"], None, 7])
def test_links_with_something_else_than_text_lead_nowhere(odd: t.Any) -> None:
    links = [
        {"rel": odd, "type": "BackupServerReference", "href": f"{HOST}/backupServers/{GUID}"},
        {"rel": "Up", "type": odd, "href": f"{HOST}/backupServers/{GUID}"},
        {"rel": "Up", "type": "BackupServerReference", "href": odd},
    ]
    assert built({"links": links})["backup_server"] is None


@pytest.mark.parametrize("turned", [False, True])
def test_links_are_found_by_rel_and_type_wherever_they_stand(turned: bool) -> None:
    links = [
        {"rel": "Up", "type": "BackupServerReference", "href": f"{HOST}/backupServers/{GUID}", "name": "vbr01"},
        {"rel": "Up", "type": "BackupJobSessionReference", "href": f"{HOST}/backupSessions/{OTHER_GUID}", "name": "Parent session"},
        {"rel": "Alternate", "type": "BackupJobSessionReference", "href": f"{HOST}/backupSessions/{GUID}"},
        {"rel": "Down", "type": "RestorePointReference", "href": f"{HOST}/restorePoints/{OTHER_GUID}"},
        {"rel": "Related", "type": "RestorePointReference", "href": f"{HOST}/wrong/path/{GUID}?format=Entity"},
        {"rel": "Related", "type": "RestorePointReference"},
    ]
    session = built({"links": links[::-1] if turned else links})
    assert session["backup_server"] == {"id": GUID, "name": "vbr01"}
    assert session["parent_id"] == OTHER_GUID
    assert session["restore_point_ids"] == [GUID]


def test_the_restore_point_of_a_task() -> None:
    link = {"rel": "Related", "type": "VmRestorePoint", "href": f"{HOST}/vmRestorePoints/{GUID}?format=Entity"}
    assert built({"links": [link]}, BACKUP_TASK)["restore_point_id"] == GUID
    assert built({"links": None}, BACKUP_TASK)["restore_point_id"] is None


def test_raw_links_come_along_when_they_are_asked_for() -> None:
    link = {"rel": "Stop", "href": f"{HOST}/x?action=stop", "extra": "1"}
    expected = [{"rel": "Stop", "type": None, "name": None, "href": f"{HOST}/x?action=stop"}]
    assert built({"links": [link]}, with_links=True)["links"] == expected
    assert built({"links": None}, with_links=True)["links"] == []
    assert "links" not in built({"links": [link]})
