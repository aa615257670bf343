# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import BACKUP, BACKUP_TASK
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.query import Fields, compile_filter, sort_records
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.query_parser import FilterError

GUID = "4856ab37-2235-45e8-affe-d515878b01a9"
OTHER = "00000000-2235-45e8-affe-d515878b01a9"
BACKUP_FIELDS = Fields(BACKUP.fields, "BackupJobSession", {"state": frozenset({"Stopped", "Postprocessing"})})
TASK_FIELDS = Fields(BACKUP_TASK.fields, "BackupTaskSession", {})

Row = dict[str, Any]


def time(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00").astimezone(timezone.utc)


ROWS: list[Row] = [
    {
        "id": GUID,
        "name": "one",
        "job_id": GUID,
        "job_type": "Backup",
        "state": "Stopped",
        "result": "Success",
        "is_retry": False,
        "creation_time": time("2025-08-15T06:00:00"),
        "end_time": time("2025-08-15T06:30:00"),
    },
    {
        "id": OTHER,
        "name": "two",
        "job_id": GUID,
        "job_type": "NasBackup",
        "state": "Stopped",
        "result": "Failed",
        "is_retry": True,
        "creation_time": time("2025-08-16T06:00:00.500"),
        "end_time": time("2025-08-16T06:30:00"),
    },
    {
        "id": "11111111-2235-45e8-affe-d515878b01a9",
        "name": "Three",
        "job_id": OTHER,
        "job_type": "Backup",
        "state": "Working",
        "result": "None",
        "is_retry": False,
        "creation_time": time("2025-08-17T06:00:00"),
        "end_time": None,
    },
    {
        "id": "22222222-2235-45e8-affe-d515878b01a9",
        "name": "four",
        "job_id": OTHER,
        "job_type": "Backup",
        "state": "Postprocessing",
        "result": "Warning",
        "is_retry": False,
        "creation_time": time("2025-08-18T06:00:00"),
        "end_time": time("2025-08-18T06:30:00"),
    },
]


def names(text: str) -> list[str]:
    holds = compile_filter(text, BACKUP_FIELDS)
    return [row["name"] for row in ROWS if holds(row)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Name=="one"', ["one"]),
        ('name=="one"', ["one"]),
        ('Name=="ONE"', []),
        ("Name==three", []),
        ("Result==failed", ["two"]),
        ("RESULT==FAILED", ["two"]),
        ("Result>=Warning", ["two", "four"]),
        ("Result<Success", ["Three"]),
        ("Result!=Success", ["two", "Three", "four"]),
        ("jobtype==nasbackup", ["two"]),
        ("State==postprocessing", ["four"]),
        ("State<Stopped", ["Three"]),
        ("IsRetry==True", ["two"]),
        ("IsRetry==false;JobType==Backup", ["one", "Three", "four"]),
        (f"UID=={GUID}", ["one"]),
        (f'uid=="{GUID.upper()}"', ["one"]),
        (f"JobUid==urn:veeam:Job:{GUID}", ["one", "two"]),
        (f'JobUID=="URN:veeam:NasJob:{GUID.upper()}"', ["one", "two"]),
        ("CreationTime>2025-08-16T06:00:00", ["two", "Three", "four"]),
        ('CreationTime>"2025-08-16T06:00:00.5Z"', ["Three", "four"]),
        ('CreationTime<"2025-08-16"', ["one"]),
        ('EndTime>"2000-01-01"', ["one", "two", "four"]),
        ('EndTime<"2100-01-01"', ["one", "two", "four"]),
        ('EndTime!="2025-08-15T06:30:00"', ["two", "Three", "four"]),
        ("Result==Failed,Result==None;State==Stopped", ["two"]),
        ("(Result==Failed,Result==None);State==Working", ["Three"]),
    ],
)
def test_what_a_filter_leaves(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "culprit"),
    [
        ("Progress>5", "Progress"),
        ("FailureMessage==x", "FailureMessage"),
        ("CreationTimeUTC>2025-01-01", "CreationTimeUTC"),
        ("State==Paused", "Paused"),
        ("JobType==Cloud", "Cloud"),
        ("UID==17", "17"),
        ("IsRetry==yes", "yes"),
        ("CreationTime>yesterday", "yesterday"),
    ],
)
def test_the_error_names_the_unknown_field_or_value(text: str, culprit: str) -> None:
    with pytest.raises(FilterError, match=culprit):
        compile_filter(text, BACKUP_FIELDS)


def test_integers() -> None:
    holds = compile_filter("TotalSize>=5000000000", TASK_FIELDS)
    assert [holds({"total_size": size}) for size in (4999999999, 5000000000)] == [False, True]
    with pytest.raises(FilterError, match="much"):
        compile_filter("TotalSize>much", TASK_FIELDS)


@pytest.mark.parametrize(
    ("field", "descending", "expected"),
    [
        ("EndTime", False, ["Three", "one", "two", "four"]),
        ("endtime", True, ["four", "two", "one", "Three"]),
        ("Name", False, ["Three", "four", "one", "two"]),
        ("Result", False, ["Three", "one", "four", "two"]),
        ("State", True, ["four", "one", "two", "Three"]),
        ("JobType", False, ["one", "Three", "four", "two"]),
    ],
)
def test_sorting_puts_absent_values_lowest(field: str, descending: bool, expected: list[str]) -> None:
    assert [row["name"] for row in sort_records(ROWS, field, descending, BACKUP_FIELDS)] == expected


def test_sorting_by_an_unknown_field_is_refused() -> None:
    with pytest.raises(FilterError, match="Progress"):
        sort_records(ROWS, "Progress", False, BACKUP_FIELDS)
