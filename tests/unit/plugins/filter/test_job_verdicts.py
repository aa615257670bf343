# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter job_verdicts, as a playbook calls it."""

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.backupops.veeam_em.plugins.filter.job_verdicts import FilterModule
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import NOW, resource, session

job_verdicts = FilterModule().filters()["job_verdicts"]


def test_a_verdict_is_a_dict_with_all_that_is_documented() -> None:
    (verdict,) = job_verdicts([session(5, 1, "Failed")], now=NOW, max_age="26h")
    assert list(verdict) == [
        "kind",
        "job_id",
        "job_name",
        "job_type",
        "backup_server",
        "verdict",
        "healthy",
        "reasons",
        "last_result",
        "last_end_time",
        "last_success_time",
        "age",
        "running",
        "running_for",
        "failures",
        "persistently_failed",
        "message",
    ]
    assert verdict["verdict"] == "failed"


def test_the_options_reach_the_rules() -> None:
    sessions = [session(5, result="Warning"), session(5, job="Test"), session(100, job="Weekly"), session(30, None, job="Long")]
    found = job_verdicts(
        sessions,
        known=[resource("New"), resource("Far", job_type="Replica")],
        kinds=["backup"],
        max_age="26h",
        max_duration="8h",
        allow_warnings=False,
        ignore_jobs="Test",
        jobs=[{"name": "Weekly", "max_age": "8d"}],
        now=NOW,
    )
    assert {verdict["job_name"]: verdict["verdict"] for verdict in found} == {
        "Daily SQL": "warning",
        "Long": "over_running",
        "New": "never_ran",
        "Weekly": "healthy",
    }


def test_without_a_time_it_judges_now() -> None:
    (verdict,) = job_verdicts([session(5)], max_age="1s")
    assert verdict["verdict"] == "stale"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_age": "soon"}, "job_verdicts: max_age has 'soon', which is neither a number of seconds nor an age such as 90m"),
        ({"now": "noon"}, "job_verdicts: it is neither an ISO 8601 time"),
        ({"max_agee": "1h"}, "job_verdicts: .*unexpected keyword argument 'max_agee'"),
    ],
)
def test_a_wrong_option_is_one_clear_error(options: dict[str, t.Any], message: str) -> None:
    with pytest.raises(AnsibleFilterError, match=message):
        job_verdicts([session(5)], **options)


def test_sessions_that_lack_a_key_are_one_clear_error() -> None:
    told = session(5)
    del told["result"]
    with pytest.raises(
        AnsibleFilterError, match="job_verdicts needs the key 'result' of each session; do not leave it out of fields"
    ):
        job_verdicts([told])
