# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fields that families share."""

from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _fields as fields
from ansible_collections.backupops.veeam_em.plugins.module_utils._values import parse_id

COMMON = fields.common("thing", "thing session", "ThingSession", "V(Busy) or V(Over)", "Daily@then")


def test_what_every_session_has() -> None:
    """The names, and those that EM filters and sorts by."""
    assert [(field.name, field.filter) for field in COMMON] == [
        ("kind", None),
        ("id", "UID"),
        ("uid", "UID"),
        ("name", "Name"),
        ("state", "State"),
        ("result", "Result"),
        ("running", None),
        ("creation_time", "CreationTime"),
        ("end_time", "EndTime"),
        ("duration", None),
        ("backup_server", "BackupServerName"),
    ]


def test_what_no_element_says_is_computed() -> None:
    assert [field.name for field in COMMON if field.computed] == ["kind", "running", "duration"]


def test_the_documentation_speaks_of_the_family() -> None:
    samples = {field.name: field.sample for field in COMMON}
    assert (samples["kind"], samples["name"], samples["state"]) == ("thing", "Daily@then", "Over")
    assert parse_id(samples["uid"]) == ("ThingSession", samples["id"])
    descriptions = {field.name: field.description for field in COMMON}
    assert "thing session" in descriptions["name"]
    assert "V(Busy) or V(Over)" in descriptions["state"]


def test_some_fields_are_changed_and_the_others_are_not() -> None:
    changed = fields.adapted(COMMON, id={"filter": "Id"}, state={"filter": None, "sample": "Busy"})
    before, after = ({field.name: field for field in some} for some in (COMMON, changed))
    assert (after["id"].filter, after["state"].filter, after["state"].sample) == ("Id", None, "Busy")
    assert after["id"].element == "UID"
    assert {name for name in before if before[name] != after[name]} == {"id", "state"}
    assert list(after) == list(before)


def test_without_filters_everything_else_stays() -> None:
    assert {field.filter for field in fields.unfiltered(COMMON)} == {None}
    assert fields.adapted(fields.unfiltered(COMMON), name={"filter": "Name"})[3] == COMMON[3]


@pytest.mark.parametrize(("given", "expected"), [((), "JobType"), (("Type",), "Type")])
def test_the_type_of_a_job_has_two_names_in_filters(given: tuple[str, ...], expected: str) -> None:
    field = fields.job_type("Backup", *given)
    assert (field.name, field.element, field.filter, field.sample) == ("job_type", "JobType", expected, "Backup")


def test_a_task_names_its_session() -> None:
    field = fields.owner("PolicySessionUid", "CdpReplicaSession")
    assert (field.name, field.type, field.element, field.filter) == ("session_id", "id", "PolicySessionUid", "PolicySessionUid")
    assert field.refers_to == "CdpReplicaSession"


def test_a_restore_point_comes_from_a_link() -> None:
    field = fields.restore_point("VmReplicaPoint")
    assert (field.name, field.type, field.link, field.filter) == ("restore_point_id", "id", ("Related", "VmReplicaPoint"), None)
    assert "made" in field.description
    assert "was restored" in fields.restore_point("VmRestorePoint", "that was restored").description


def test_both_forms_of_an_id_come_from_one_element() -> None:
    for pair in (fields.JOB[:2], fields.POLICY[:2]):
        assert len({(field.element, field.filter) for field in pair}) == 1
        assert [field.type for field in pair] == ["id", "str"]


def test_task_sessions_are_selected_by_a_job_that_they_do_not_have() -> None:
    assert [(field.name, field.filter) for field in fields.JOB_OF_A_TASK] == [("job_id", "JobUid"), ("job_name", "JobName")]


def test_only_the_times_and_ids_of_cdp_have_other_names_in_filters() -> None:
    assert {name: change["filter"] for name, change in fields.CDP_FILTERS.items()} == {
        "id": "Id",
        "uid": "Id",
        "creation_time": "CreationTimeUTC",
        "end_time": "EndTimeUTC",
    }
