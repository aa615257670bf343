# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules by which XML and JSON become equal records."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _records as records
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.kinds import KINDS
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.names import camel
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.slots import ENTITY_SLOTS, RESOURCE_SLOTS

ELEMENTS = {
    *(element.name for kind in KINDS.values() for element in kind.elements),
    *(name for kind in KINDS.values() for name, dummy in kind.attributes),
    *ENTITY_SLOTS,
    *RESOURCE_SLOTS,
}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("UID", "uid", "Uid"), "uid"),
        (("CreationTimeUTC", "creationTimeUTC"), "creation_time_utc"),
        (("EndTimeUTC", "endTimeUTC"), "end_time_utc"),
        (("JobUid", "jobUid"), "job_uid"),
        (("IsRetry", "isRetry"), "is_retry"),
        (("NASJobs", "nasJobs"), "nas_jobs"),
        (("BackupJobSessions", "backupJobSessions"), "backup_job_sessions"),
        (("VmDisplayName", "vmDisplayName"), "vm_display_name"),
        (("Vm2Name",), "vm2_name"),
        (("already_snake",), "already_snake"),
        (("PagesCount", "pagesCount"), "pages_count"),
        (("VmReplicaPointLink", "vmReplicaPointLink"), "vm_replica_point_link"),
        (("SHA256", "shA256"), "sha256"),
        (("SMB3Enabled", "smB3Enabled"), "smb3_enabled"),
    ],
)
def test_names_of_all_versions_become_one(names: tuple[str, ...], expected: str) -> None:
    assert {records.snake(name) for name in names} == {expected}


@pytest.mark.parametrize(
    ("name", "children", "expected"),
    [
        ("Links", ["Link"], True),
        ("Links", ["Link", "Link"], True),
        ("CloudFailoverTasks", ["CloudFailoverTasks"], True),
        ("Anything", ["Part", "Part"], True),
        ("Result", ["Message"], False),
        ("Job", ["Name", "State"], False),
        ("Job", ["Name", "Name", "State"], False),
        ("Job", [], False),
    ],
)
def test_what_is_a_list(name: str, children: list[str], expected: bool) -> None:
    assert records.is_container(name, children) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("", None),
        ("text", "text"),
        (" ", " "),
        (0, "0"),
        (12884901888, "12884901888"),
        (True, "true"),
        (False, "false"),
        ([1, None, "x"], ["1", None, "x"]),
        ({"Links": [{"Rel": "Up", "Name": None}]}, [{"rel": "Up"}]),
        ({"Tasks": {"Tasks": [{"A": 1}]}, "Other": None}, {"tasks": [{"a": "1"}]}),
        ({"Level": 2, "Text": "slow"}, {"level": "2", "text": "slow"}),
        ({"Message": "no", "Success": False}, {"message": "no", "success": "false"}),
    ],
)
def test_values_of_json_become_those_of_xml(value: t.Any, expected: t.Any) -> None:
    assert records.plain("X", value) == expected


def test_members_that_are_null_are_missing() -> None:
    assert records.members({"Name": "x", "FailureMessage": None, "State": ""}) == {"name": "x", "state": None}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"page_num": "2", "pages_count": "7"}, (2, 7)),
        ({"page_num": "1", "pages_count": "1"}, (1, 1)),
        ({}, (1, 1)),
        ({"page_num": None, "pages_count": None}, (1, 1)),
    ],
)
def test_paging(record: dict[str, str], expected: tuple[int, int]) -> None:
    paging = records.Paging()
    paging.read(record)
    assert (paging.number, paging.count) == expected


def test_without_a_word_about_paging_it_is_not_known_which_page_it_is() -> None:
    assert records.Paging() == records.Paging(number=None, count=1)


def test_an_item_is_told_by_its_id_whatever_that_is_called() -> None:
    """Sessions, tasks and logon sessions; a shape without items takes what comes."""
    shape = records.Shape(roots=("QueryResult",), items=(), container="")
    assert shape.keys == ("uid", "task_id", "session_id")


@pytest.mark.parametrize("name", sorted(ELEMENTS))
def test_the_names_of_all_elements_are_the_same_in_every_version(name: str) -> None:
    assert records.snake(name) == records.snake(camel(name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Daily SQL", "Daily SQL"),
        ("Täglich 日本 👩\u200d💻", "Täglich 日本 👩\u200d💻"),
        ("two\r\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("bell\x07\x00\x7f", "bell\\x07\\x00\\x7f"),
        ("\x9b31m", "\\x9b31m"),
    ],
)
def test_no_terminal_obeys_what_a_server_sent(text: str, expected: str) -> None:
    assert records.clean(text) == expected
    assert records.plain("Name", text) == expected
    assert records.members({"Name": text, "Inner": {"List": [text, text]}}) == {"name": expected, "inner": [expected, expected]}
