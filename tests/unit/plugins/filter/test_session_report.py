# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter session_report, as a playbook calls it."""

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.backupops.veeam_em.plugins.filter.session_report import FilterModule
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import NOW, before, session

session_report = FilterModule().filters()["session_report"]
SOURCE = {"em": "em01", "sessions": [session(5), session(50, job="Files")]}


def test_the_options_reach_the_report() -> None:
    report = session_report([SOURCE], period="2d", kinds=["backup"], now=NOW, max_age="26h", ignore_jobs=["Daily *"])
    assert report["period"] == {"start": before(48), "end": NOW}
    assert [family["kind"] for family in report["families"]] == ["backup"]
    assert [(job["job_name"], job["verdict"]) for job in report["jobs"]] == [("Files", "stale")]


def test_a_kind_that_is_named_twice_is_one() -> None:
    assert len(session_report([SOURCE], kinds=["backup", "backup"])["families"]) == 1


def test_without_a_time_the_period_ends_now() -> None:
    assert session_report([])["generated"] > NOW


def test_the_period_ends_with_the_latest_clock() -> None:
    sources = [
        {"em": "a", "sessions": [], "now": before(5)},
        {"em": "b", "sessions": [], "now": ""},
        {"em": "c", "sessions": [], "now": NOW},
    ]
    assert session_report(sources)["generated"] == NOW


@pytest.mark.parametrize(
    ("sources", "options", "message"),
    [
        ([SOURCE], {"period": "week"}, "session_report: period has 'week'"),
        ([SOURCE], {"kinds": "backup"}, "session_report: kinds has 'backup', which is no list of backup, agent_backup"),
        ([SOURCE], {"kinds": ["tape"]}, r"session_report: kinds has \['tape'\]"),
        ([{"sessions": []}], {}, "session_report: .*'em'"),
        ([{"em": "em01", "sessions": [{"id": "x"}]}], {}, "session_report needs the key '.*' of each session"),
    ],
)
def test_what_is_wrong_is_one_clear_error(sources: t.Any, options: dict[str, t.Any], message: str) -> None:
    with pytest.raises(AnsibleFilterError, match=message):
        session_report(sources, **options)
