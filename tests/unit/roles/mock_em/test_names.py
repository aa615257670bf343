# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock.names import camel, json_key, plural


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UID", "uid"),
        ("NASJobs", "nasJobs"),
        ("VAppRestorePoints", "vAppRestorePoints"),
        ("VCloudOrganizationConfigs", "vCloudOrganizationConfigs"),
        ("VmRestorePoints", "vmRestorePoints"),
        ("CreationTimeUTC", "creationTimeUTC"),
        ("Name", "name"),
        ("sInObjectJob", "sInObjectJob"),
        ("A", "a"),
    ],
)
def test_camel_case_is_that_of_dotnet(name: str, expected: str) -> None:
    assert camel(name) == expected


def test_only_em_13_writes_camel_case() -> None:
    assert [json_key("JobUid", version) for version in (12, 13)] == ["JobUid", "jobUid"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Ref", "Refs"), ("Sessions", "Sessions"), ("CdpPolicy", "CdpPolicies"), ("Day", "Days"), ("Task", "Tasks")],
)
def test_plural(name: str, expected: str) -> None:
    assert plural(name) == expected
