# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From options to conditions, filters and tests."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _selection as selection
from ansible_collections.backupops.veeam_em.plugins.module_utils._errors import BadRequest
from ansible_collections.backupops.veeam_em.plugins.module_utils._families import (
    BACKUP,
    BACKUP_TASK,
    CDP_REPLICA_TASK,
    REPLICA_TASK,
    SYSTEM,
)
from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Family
from ansible_collections.backupops.veeam_em.plugins.module_utils._query import Condition
from ansible_collections.backupops.veeam_em.plugins.module_utils._session_options import MOMENTS

GUID = "3f6c0f3a-94d7-4c55-8a1e-5a6f0c2b7d10"
OTHER = "a1b7c1de-0a52-4a0b-9a2c-1f9a5d7f3e21"
NOW = 1_772_582_400.75  # 2026-03-04T00:00:00.75Z


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, []),
        ({"name": None, "running": None, "created_after": None, "match": {"name": "x"}, "filter": "A==1", "limit": 5}, []),
        ({"name": ["a", 'b"']}, [Condition("name", "==", ("a", 'b"'))]),
        ({"state": ["working"]}, [Condition("state", "==", ("working",))]),
        ({"job_id": [GUID.upper(), f"urn:veeam:NasJob:{OTHER}"]}, [Condition("job_id", "==", (GUID, OTHER))]),
        ({"is_retry": False}, [Condition("is_retry", "==", ("false",))]),
        ({"running": True}, [Condition("state", "!=", ("Stopped",))]),
        ({"running": False}, [Condition("state", "==", ("Stopped",))]),
        ({"created_after": "2026-03-01"}, [Condition("creation_time", ">=", ("2026-03-01T00:00:00Z",))]),
        ({"ended_before": "90m"}, [Condition("end_time", "<", ("2026-03-03T22:30:00Z",))]),
        ({"job_name": ["a"], "result": ["None"]}, [Condition("result", "==", ("None",)), Condition("job_name", "==", ("a",))]),
    ],
)
def test_what_options_ask_for(options: dict[str, t.Any], expected: list[Condition]) -> None:
    assert selection.conditions_of(options, BACKUP, NOW) == expected


@pytest.mark.parametrize(
    ("family", "running", "expected"),
    [
        (BACKUP_TASK, True, Condition("state", "!=", ("Completed",))),
        (BACKUP_TASK, False, Condition("state", "==", ("Completed",))),
        (SYSTEM, True, Condition("running", "==", ("true",))),
        (SYSTEM, False, Condition("running", "==", ("false",))),
    ],
)
def test_each_family_runs_in_its_own_states(family: Family, running: bool, expected: Condition) -> None:
    assert selection.conditions_of({"running": running}, family, NOW) == [expected]


@pytest.mark.parametrize("value", [[], [""], ["a", ""]])
@pytest.mark.parametrize("option", ["name", "policy_name", "vm_name", "session_type", "session_id"])
def test_an_empty_value_selects_nothing_and_is_refused(option: str, value: list[str]) -> None:
    with pytest.raises(BadRequest, match=f"option {option} is empty"):
        selection.conditions_of({option: value}, BACKUP_TASK, NOW)


@pytest.mark.parametrize(
    "options", [{"filter": ""}, {"filter": " \n"}, {"match": {}}, {"created_after": ""}, {"ended_before": "  "}], ids=str
)
def test_an_empty_text_or_dictionary_is_refused_like_an_empty_list(options: dict[str, t.Any]) -> None:
    (name,) = options
    with pytest.raises(BadRequest, match=f"option {name} is empty"):
        selection.conditions_of(options, BACKUP, NOW)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, False),
        ({"running": True}, True),
        ({"running": False}, False),
        ({"state": ["Stopped"]}, True),
        ({"filter": "A==1"}, True),
        ({"result": ["Failed"]}, False),
        ({"result": ["Failed", "NONE"]}, True),
        ({"job_name": ["a"], "created_after": "24h"}, False),
    ],
)
def test_what_a_session_can_leave_by_going_on(options: dict[str, t.Any], expected: bool) -> None:
    assert selection.can_be_left(options, BACKUP) is expected


@pytest.mark.parametrize(("family", "expected"), [(BACKUP, False), (BACKUP_TASK, True)])
def test_a_task_can_have_one_result_and_another_one_later(family: Family, expected: bool) -> None:
    assert selection.can_be_left({"result": ["Success"]}, family) is expected
    assert selection.can_be_left({"result": None}, family) is False


@pytest.mark.parametrize("option", ["job_id", "session_id"])
@pytest.mark.parametrize("value", ["", "Daily SQL", GUID[:-1], f'{GUID}";Name!="x'])
def test_what_is_no_id_is_refused(option: str, value: str) -> None:
    family = BACKUP if option == "job_id" else BACKUP_TASK
    with pytest.raises(BadRequest, match=f"option {option}"):
        selection.conditions_of({option: [value]}, family, NOW)


@pytest.mark.parametrize(
    ("family", "owner"),
    [(BACKUP_TASK, "BackupJobSession"), (REPLICA_TASK, "ReplicaJobSession"), (CDP_REPLICA_TASK, "CdpReplicaSession")],
)
def test_the_id_of_another_kind_of_session_is_refused(family: Family, owner: str) -> None:
    (condition,) = selection.conditions_of({"session_id": [f"urn:veeam:{owner}:{GUID}"]}, family, NOW)
    assert condition == Condition("session_id", "==", (GUID,))
    with pytest.raises(BadRequest, match=f"the id of a RestoreSession, not of a {owner}"):
        selection.conditions_of({"session_id": [f"urn:veeam:RestoreSession:{GUID}"]}, family, NOW)


@pytest.mark.parametrize("option", MOMENTS)
@pytest.mark.parametrize("value", ["soon", "2026-02-30", "0001-01-01", "24 hours"])
def test_what_is_no_time_is_refused(option: str, value: str) -> None:
    with pytest.raises(BadRequest, match=f"option {option} has '{value}'"):
        selection.conditions_of({option: value}, BACKUP, NOW)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, False),
        ({"created_after": "2026-03-01"}, False),
        ({"created_after": "24h"}, True),
        ({"created_before": "7d"}, True),
        ({"ended_after": "90m"}, True),
        ({"ended_before": "1w"}, True),
        ({"name": ["24h"]}, False),
    ],
)
def test_only_an_age_needs_the_clock_of_the_server(options: dict[str, t.Any], expected: bool) -> None:
    assert selection.needs_clock(options) is expected


@pytest.mark.parametrize("options", [{}, {"running": False}, {"job_name": ["a"]}, {"filter": "A==1"}, {"created_after": None}])
def test_the_default_window_is_thirty_days(options: dict[str, t.Any]) -> None:
    assert selection.default_window(options, NOW) == [Condition("creation_time", ">=", ("2026-02-02T00:00:00Z",))]


@pytest.mark.parametrize(
    "options", [{"running": True}, {"session_id": [GUID]}, *({name: "2020-01-01"} for name in MOMENTS), {"created_after": "400d"}]
)
def test_some_options_lift_the_window(options: dict[str, t.Any]) -> None:
    assert selection.default_window(options, NOW) == []


SESSION: dict[str, t.Any] = {
    **dict.fromkeys(field.name for field in BACKUP.fields),
    "job_name": "SQL nightly",
    "running": True,
    "progress": 42,
    "backup_server": {"id": OTHER, "name": "vbr01"},
    "restore_point_ids": ["aaa", "bbb"],
}


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ({"job_name": "^SQL"}, True),
        ({"job_name": "night"}, True),
        ({"job_name": "^night"}, False),
        ({"job_name": "sql"}, False),
        ({"job_name": "(?i)sql"}, True),
        ({"running": "true"}, True),
        ({"progress": "^42$"}, True),
        ({"progress": 42}, True),
        ({"backup_server": "^vbr01$"}, True),
        ({"restore_point_ids": "^bbb"}, False),
        ({"restore_point_ids": "(?m)^bbb$"}, True),
        ({"failure_message": "^$"}, True),
        ({"failure_message": "."}, False),
        ({"job_name": "SQL", "progress": "41"}, False),
        ({"job_name": "SQL", "progress": "42"}, True),
    ],
)
def test_match_searches_in_returned_keys(patterns: dict[str, t.Any], expected: bool) -> None:
    test = selection.match_test(patterns, BACKUP)
    assert test is not None
    assert test(SESSION) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "true"),
        (5, "5"),
        ({"id": "1", "name": "n"}, "n"),
        ({"level": "2", "text": "slow"}, "2\nslow"),
        ([{"vm_name": "a", "progress": 5}, "b"], "a\n5\nb"),
    ],
)
def test_the_text_that_expressions_see(value: t.Any, expected: str) -> None:
    assert selection.searchable(value) == expected


@pytest.mark.parametrize("patterns", [None, {}])
def test_no_match_is_no_test(patterns: dict[str, t.Any] | None) -> None:
    assert selection.match_test(patterns, BACKUP) is None


@pytest.mark.parametrize(
    ("patterns", "words"),
    [
        ({"nonsense": "x"}, "'nonsense'.*job_name"),
        ({"job_name": "("}, "regular expression for job_name"),
        ({"vm_name": "x"}, "vm_name"),
        ({"job_name": ""}, "job_name.*everything"),
        ({"job_name": None}, "job_name.*everything"),
    ],
)
def test_an_unknown_key_or_a_wrong_expression_is_refused(patterns: dict[str, t.Any], words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        selection.match_test(patterns, BACKUP)


@pytest.mark.parametrize(("sort_by", "expected"), [(None, "creation_time"), ("duration", "duration"), ("job_name", "job_name")])
def test_the_field_to_sort_by(sort_by: str | None, expected: str) -> None:
    assert selection.sort_field({"sort_by": sort_by}, BACKUP).name == expected


def test_an_unknown_key_to_sort_by_is_refused_and_the_known_are_named() -> None:
    with pytest.raises(BadRequest, match=r"'nonsense'.*creation_time.*duration"):
        selection.sort_field({"sort_by": "nonsense"}, BACKUP)


def test_ids_of_sessions_keep_their_order_and_come_once() -> None:
    given = [f"urn:veeam:backupjobsession:{OTHER}", GUID.upper(), OTHER, f" {GUID} "]
    assert selection.session_ids(given, BACKUP) == [OTHER, GUID]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("4711", "neither"),
        (f"urn:veeam:Job:{GUID}", "not the id of a backup job session"),
        (f"urn:veeam:BackupTaskSession:{GUID}", "not the id"),
    ],
)
def test_ids_of_something_else_are_refused(value: str, words: str) -> None:
    with pytest.raises(BadRequest, match=f"option id has.*{words}"):
        selection.session_ids([GUID, value], BACKUP)
