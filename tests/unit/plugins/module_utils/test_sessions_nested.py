# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From records to sessions: elements inside of elements, lists, and links of both spellings."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import ProtocolViolation
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import (
    BACKUP,
    BACKUP_TASK,
    CDP_REPLICA_TASK,
    CLOUD_FAILOVER,
    FAMILIES,
    REPLICA_TASK,
    RESTORE,
    SYSTEM,
)
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family, Field
from ansible_collections.backupops.veeam_em.plugins.module_utils._related import EVENTS
from ansible_collections.backupops.veeam_em.plugins.module_utils._sessions import SessionBuilder, fields_of, names_of, value_of
from ansible_collections.backupops.veeam_em.tests.unit.plugins.families import EACH
from ansible_collections.backupops.veeam_em.tests.unit.support import GUID, OTHER_GUID

HOST = "https://em.invalid:9398/api"


def built(family: Family, **record: t.Any) -> dict[str, t.Any]:
    return SessionBuilder(family, lambda: 0.0).build(record)


@EACH
def test_every_family_has_its_keys_whatever_the_body_lacks(family: Family) -> None:
    session = built(family)
    assert list(session) == [field.name for field in family.fields]
    assert {name for name, value in session.items() if value is not None} <= {"kind", "running", "restore_point_ids"}
    assert session["kind"] == family.kind


@EACH
def test_only_the_finished_states_of_a_family_are_finished(family: Family) -> None:
    states = {state for other in FAMILIES.values() for state in other.finished} | {"Working", "InProgress", "Idle", "New"}
    assert {state for state in states if not built(family, state=state)["running"]} == set(family.finished)


# -- the result of a system session ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (None, (None, None, None, None)),
        ({"result": "Success", "message": None, "is_canceled": "false"}, ("Success", "Success", None, False)),
        (
            {"result": "CompletedSuccessfully", "message": "Fine", "is_canceled": "true"},
            ("Success", "CompletedSuccessfully", "Fine", True),
        ),
        ({"result": "CompletedWarning"}, ("Warning", "CompletedWarning", None, None)),
        ({"result": "Failed", "message": "No"}, ("Failed", "Failed", "No", None)),
        ({"result": "None", "message": "Busy"}, (None, "None", "Busy", None)),
        ({"message": "Only words"}, (None, None, "Only words", None)),
        ("Failed", ("Failed", "Failed", None, None)),
        (["CompletedWarning"], ("Warning", "CompletedWarning", None, None)),
        ({"result": {"result": "Failed", "message": "No"}}, ("Failed", "Failed", "No", None)),
    ],
)
def test_the_nested_result_is_flattened(raw: t.Any, expected: tuple[t.Any, ...]) -> None:
    """The last ones: without an element around it, alone in one, which looks like a list, and with one more around it."""
    session = built(SYSTEM, result=raw)
    assert tuple(session[name] for name in ("result", "raw_result", "message", "is_canceled")) == expected
    assert session["backup_server"] is None


def test_a_result_of_another_shape_is_an_error_that_names_it() -> None:
    with pytest.raises(ProtocolViolation, match="Result/Result"):
        built(SYSTEM, result={"result": ["a", "b"]})


# -- lists -------------------------------------------------------------------------------------------------------------

TASK = {
    "vm_name": "sql01",
    "vm_replica_point_link": {"rel": "Related", "href": f"{HOST}/cloud/vmReplicaPoints/{GUID.upper()}?format=Entity"},
    "creation_time_utc": "2026-03-01T20:00:09",
    "end_time_utc": "2026-03-01T20:02:11.5Z",
    "state": "Stopped",
    "result": "None",
    "progress": "40",
    "failure_message": "No power",
}
EXPECTED = {
    "vm_name": "sql01",
    "replica_point_id": GUID,
    "state": "Stopped",
    "result": None,
    "creation_time": "2026-03-01T20:00:09Z",
    "end_time": "2026-03-01T20:02:11.5Z",
    "progress": 40,
    "failure_message": "No power",
}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (None, None),
        ([], None),
        ([TASK], [EXPECTED]),
        ([TASK, {"vm_name": "b"}], [EXPECTED, {**dict.fromkeys(EXPECTED), "vm_name": "b"}]),
        (TASK, [EXPECTED]),
        ({"cloud_failover_tasks": TASK}, [EXPECTED]),
        ({"cloud_failover_tasks": [TASK, TASK]}, [EXPECTED, EXPECTED]),
        ([{**TASK, "new": "x"}], [{**EXPECTED, "new": "x"}]),
        ("words", None),
    ],
)
def test_a_list_inside_of_a_session(raw: t.Any, expected: t.Any) -> None:
    assert built(CLOUD_FAILOVER, cloud_failover_tasks=raw)["failover_tasks"] == expected


def test_the_keys_of_an_item_come_in_the_order_of_the_table() -> None:
    (task,) = built(CLOUD_FAILOVER, cloud_failover_tasks=[{"new": "x", **TASK}])["failover_tasks"]
    assert list(task) == [*EXPECTED, "new"]


def test_parts_of_a_session_have_keys_values_and_what_is_unknown() -> None:
    record = {"order": "7", "creation_time_utc": "2026-03-01T20:00:09", "level": "Bad", "href": "x", "links": []}
    assert fields_of(record, EVENTS.contains) == {"order": 7, "time": "2026-03-01T20:00:09Z", "message": None, "level": "Bad"}


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("link_id", {"href": f"{HOST}/x/{GUID.upper()}?format=Entity"}, GUID),
        ("link_id", {"rel": "Related"}, None),
        ("str", {"deep": "x"}, {"deep": "x"}),
        ("result", "CompletedWarning", "Warning"),
        ("id", f"urn:veeam:Job:{GUID.upper()}", GUID),
        ("int", "-5", -5),
        ("bool", "TRUE", True),
        ("time", "1753-01-01T00:00:00Z", None),
        ("list", None, None),
    ],
)
def test_values_by_type(kind: str, raw: t.Any, expected: t.Any) -> None:
    assert value_of(Field("x", "x", "x", type=kind, element="X"), raw) == expected


@pytest.mark.parametrize("kind", ["time", "int", "bool", "id", "result"])
def test_something_else_than_text_where_text_is_needed_is_named(kind: str) -> None:
    with pytest.raises(ProtocolViolation, match="element TheElement"):
        value_of(Field("x", "x", "x", type=kind, element="TheElement"), {"deep": "x"})


# -- links -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["", "Reference"])
@pytest.mark.parametrize(
    ("family", "key", "rel", "kind", "expected"),
    [
        (BACKUP, "backup_server", "Up", "BackupServer", {"id": GUID, "name": "N"}),
        (BACKUP, "parent_id", "Up", "BackupJobSession", GUID),
        (BACKUP, "restore_point_ids", "Related", "RestorePoint", [GUID]),
        (BACKUP_TASK, "restore_point_id", "Related", "VmRestorePoint", GUID),
        (REPLICA_TASK, "restore_point_id", "Related", "VmReplicaPoint", GUID),
        (RESTORE, "restore_point_id", "Related", "VmRestorePoint", GUID),
    ],
)
def test_a_link_to_an_entity_says_the_same_as_one_to_a_reference(
    family: Family, key: str, rel: str, kind: str, expected: t.Any, ending: str
) -> None:
    link = {"rel": rel, "type": kind + ending, "href": f"{HOST}/anything/{GUID}?format=Entity", "name": "N"}
    assert built(family, links=[link])[key] == expected
    assert built(family, links=[{**link, "rel": "Alternate"}])[key] in (None, [])
    assert built(family, links=[{**link, "type": f"Other{kind}{ending}"}])[key] in (None, [])


def test_the_own_href_of_a_session_says_nothing() -> None:
    """That of a CDP task leads to another family."""
    record = {"uid": f"urn:veeam:CdpReplicaTaskSession:{GUID}", "href": f"{HOST}/replicaTaskSessions/{OTHER_GUID}?format=Entity"}
    session = built(CDP_REPLICA_TASK, **record, type="CdpReplicaTaskSession")
    assert session["id"] == GUID
    assert not {"href", "type"} & set(session)


@pytest.mark.parametrize(("number", "words"), [(0, ""), (1, "S0 (Working)"), (7, "S4 (Working) and 2 more")])
def test_names_of_sessions_for_a_message(number: int, words: str) -> None:
    text = names_of({"name": f"S{index}", "state": "Working"} for index in range(number))
    assert text.endswith(words)
    assert text.count("(Working)") == min(number, 5)
