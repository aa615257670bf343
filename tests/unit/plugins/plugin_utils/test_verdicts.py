# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One verdict per job: each situation that operators meet, with the verdict that they expect."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils._values import epoch_of
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _known_jobs, _rules, _verdicts
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import NOW, NOW_EPOCH, before, resource, session

DAY = _rules.Rules(max_age=26 * 3600, max_duration=8 * 3600)
STRICT = DAY._replace(allow_warnings=False)
COPY: dict[str, t.Any] = {"job": "Offsite", "job_type": "ImmediateBackupCopy"}
WORKER: dict[str, t.Any] = {"job": "Offsite\\Daily SQL", "job_type": "ImmediateBackupCopyWorker"}
PERIODIC: dict[str, t.Any] = {"job": "Weekly copy", "job_type": "BackupCopy"}
POLICY: dict[str, t.Any] = {
    "kind": "cdp_replica",
    "job": None,
    "policy_id": "1",
    "policy_name": "Tier 1",
    "policy_type": "CdpReplica",
}
AGENTS: dict[str, t.Any] = {"job": "Laptops", "job_type": "AgentBackup"}

SITUATIONS: dict[str, tuple[list[dict[str, t.Any]], _rules.Rules, str]] = {
    "a success of last night": ([session(14)], DAY, "healthy"),
    "a failure of last night": ([session(38), session(14, result="Failed")], DAY, "failed"),
    "a failure, then its retry succeeded": ([session(14, result="Failed"), session(12, is_retry=True)], DAY, "healthy"),
    "a failure, then its retries failed": (
        [session(14, result="Failed"), session(12, 1, "Failed", is_retry=True), session(10, 1, "Failed", is_retry=True)],
        DAY,
        "failed",
    ),
    "a failure, and its retry runs": ([session(14, result="Failed"), session(0.5, None, is_retry=True)], DAY, "failed"),
    "a failure, and a later run succeeded": ([session(38, result="Failed"), session(14)], DAY, "healthy"),
    "a warning": ([session(14, result="Warning")], DAY, "healthy"),
    "a warning where none is allowed": ([session(14, result="Warning")], STRICT, "warning"),
    "nothing but warnings where none is allowed, for days": ([session(62), session(14, result="Warning")], STRICT, "warning"),
    "the last success is too old": ([session(51)], DAY, "stale"),
    "the last success is just not too old": ([session(26.9, took=1)], DAY, "healthy"),
    "old, but the daily run goes on and began in time": ([session(27.5, took=1), session(3, None)], DAY, "healthy"),
    "old, and the run that goes on began too late": ([session(60), session(3, None)], DAY, "stale"),
    "runs past its window": ([session(33), session(9, None)], DAY, "over_running"),
    "runs past its window after a failure": ([session(33, result="Failed"), session(9, None)], DAY, "failed"),
    "runs for the first time": ([session(1, None)], DAY, "running"),
    "runs for the first time, and too long": ([session(30, None)], DAY, "over_running"),
    "a finished session without a result": ([session(14, result=None)], DAY, "failed"),
    "a result that is new to us": ([session(14, result="Mystery")], DAY, "failed"),
    "a copy job that never ends": ([session(900, None, state="Idle", **COPY)], DAY, "healthy"),
    "a copy job that failed once and runs again": ([session(900, 1, "Failed", **COPY), session(800, None, **COPY)], DAY, "healthy"),
    "a copy job that was switched off after a failure": ([session(900, 890, "Failed", **COPY)], DAY, "failed"),
    "a copy's worker that failed": ([session(9, 1, "Failed", **WORKER)], DAY, "failed"),
    "a periodic copy whose interval failed": (
        [session(40, 24, "Failed", **PERIODIC), session(16, None, **PERIODIC)],
        DAY,
        "failed",
    ),
    "a periodic copy that waits for days": (
        [session(200, 24, **PERIODIC), session(176, None, state="Idle", **PERIODIC)],
        DAY,
        "healthy",
    ),
    "a CDP policy, whose session of a day is not quite done": ([session(24.2, None, **POLICY)], DAY, "healthy"),
    "a CDP policy whose session of yesterday failed": (
        [session(30, 24, "Failed", **POLICY), session(6, None, **POLICY)],
        DAY,
        "failed",
    ),
    "an idle session of a type that is new to us": ([session(200, None, state="Idle", job_type="NewCopy")], DAY, "healthy"),
    "an agent job whose machine failed and that warned": (
        [session(14, result="Warning", id="p", **AGENTS), session(14, 1, "Failed", job="Laptops - pc17", parent_id="p")],
        DAY,
        "healthy",
    ),
    "EM's clock is ahead of ours": ([session(-0.5, took=0.25)], DAY, "healthy"),
    "EM's clock is ahead, and a session runs": ([session(-0.5, None, duration=60)], DAY, "running"),
    "EM's clock is ahead, and it does not say for how long": ([session(-0.5, None, duration=None)], DAY, "running"),
    "no bound on age": ([session(900)], DAY._replace(max_age=None), "healthy"),
    "no bound on duration": ([session(900, None)], DAY._replace(max_duration=None), "running"),
}


def judged(sessions: t.Sequence[dict[str, t.Any]], rules: _rules.Rules = DAY, **more: t.Any) -> list[_verdicts.Verdict]:
    """Return the verdicts at NOW."""
    return _verdicts.judge(sessions, _rules.Rulebook(rules), NOW_EPOCH, **more)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_each_situation_has_its_verdict(situation: str) -> None:
    sessions, rules, expected = SITUATIONS[situation]
    (verdict,) = judged(sessions, rules)
    assert verdict.verdict == expected, verdict
    assert verdict.healthy == (expected in ("healthy", "running"))
    assert bool(verdict.reasons) != verdict.healthy


@pytest.mark.parametrize(
    ("now", "began"),
    [
        ("2026-03-29T01:30:00Z", "2026-03-28T00:30:00Z"),  # the night in which Central Europe loses an hour
        ("2026-10-25T01:30:00Z", "2026-10-24T00:30:00Z"),  # and the one in which it has one twice
    ],
)
def test_a_change_of_daylight_saving_time_moves_nothing(now: str, began: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day of 23 or 25 hours by the clock on the wall has 25 hours by UTC here: the bounds just hold, or just do not."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    ended = {**session(1), "creation_time": began, "end_time": began}
    at = epoch_of(now) or 0.0
    for hours, verdict in ((25, "healthy"), (24.99, "stale")):
        rulebook = _rules.Rulebook(_rules.Rules(max_age=hours * 3600))
        assert [found.verdict for found in _verdicts.judge([ended], rulebook, at)] == [verdict]


def test_a_verdict_tells_all_that_is_wrong_the_gravest_first() -> None:
    (verdict,) = judged([session(80), session(56, 1, "Failed"), session(32, 1, "Failed"), session(30, 1, "Failed", is_retry=True)])
    assert verdict.reasons == [
        "the last session ended with Failed, as 2 runs in a row: Not enough space",
        "the last success is 3 d 7 h old, allowed are 1 d 2 h",
    ]
    assert (verdict.failures, verdict.persistently_failed) == (2, True)
    assert (verdict.last_result, verdict.last_end_time) == ("Failed", before(29))
    assert (verdict.last_success_time, verdict.age) == (before(79), 79 * 3600)
    assert verdict.message == "Not enough space"


def test_a_retry_that_runs_is_told() -> None:
    (verdict,) = judged([session(14, result="Failed"), session(0.5, None, is_retry=True)])
    assert verdict.reasons[0] == "the last session ended with Failed, a retry runs: Not enough space"
    assert verdict.running
    assert verdict.running_for == 1800


def test_a_success_ends_a_row_of_failures() -> None:
    (verdict,) = judged([session(80, 1, "Failed"), session(50), session(26, 1, "Failed")])
    assert verdict.failures == 1


def test_a_job_that_succeeded_did_not_fail_persistently() -> None:
    (verdict,) = judged([session(80, 1, "Failed"), session(14)])
    assert not verdict.persistently_failed


def test_a_job_that_em_knows_and_that_never_ran_is_named() -> None:
    known = _known_jobs.known_jobs_of([resource("New"), resource("Daily SQL"), resource("Off", schedule_enabled=False)], ["backup"])
    verdicts = judged([session(14)], known=known)
    assert [(verdict.job_name, verdict.verdict, verdict.healthy) for verdict in verdicts] == [
        ("New", "never_ran", False),
        ("Daily SQL", "healthy", True),
        ("Off", "disabled", True),
    ]


def test_jobs_of_one_name_are_told_apart_by_their_server() -> None:
    """By the id where there is one; a job that never ran has its server in a link only."""
    link = {"rel": "Up", "type": "BackupServerReference", "name": "vbr03", "href": "x"}
    known = _known_jobs.known_jobs_of([resource("Daily SQL", id="3", links=[{"type": "JobReference"}, link])], ["backup"])
    servers = {"vbr01": session(14), "vbr02": session(14, 1, "Failed")}
    sessions = [{**told, "job_id": None, "backup_server": {"id": name, "name": name}} for name, told in servers.items()]
    assert {verdict.backup_server: verdict.verdict for verdict in judged(sessions)} == {"vbr01": "healthy", "vbr02": "failed"}
    assert {verdict.backup_server: verdict.verdict for verdict in judged([], known=known)} == {"vbr03": "never_ran"}


def test_the_gravest_comes_first_then_names_in_any_case_of_letters() -> None:
    jobs = [session(51, job="stale"), session(14, 1, "Failed", job="b"), session(14, 1, "Failed", job="A"), session(14, job="fine")]
    assert [verdict.job_name for verdict in judged(jobs)] == ["A", "b", "stale", "fine"]


def test_a_job_has_rules_of_its_own_or_none() -> None:
    rulebook = _rules.rulebook_of("26h", ignore_jobs=["Test *"], jobs=[{"name": "Weekly*", "max_age": "8d"}])
    sessions = [session(100, job="Weekly files"), session(100, job="Daily"), session(100, job="Test restore")]
    known = _known_jobs.known_jobs_of([resource("Test new")], ["backup"])
    verdicts = _verdicts.judge(sessions, rulebook, NOW_EPOCH, known)
    assert [(verdict.job_name, verdict.verdict) for verdict in verdicts] == [("Daily", "stale"), ("Weekly files", "healthy")]


def test_policies_are_judged_as_jobs_are() -> None:
    policy = session(14, 1, "Failed", job=None, kind="cdp_replica", policy_id="1", policy_name="Tier 1", policy_type="VMware")
    (verdict,) = judged([policy])
    assert (verdict.kind, verdict.job_name, verdict.job_type, verdict.verdict) == ("cdp_replica", "Tier 1", "Backup", "failed")


def test_sessions_that_belong_to_no_job_have_no_verdict() -> None:
    assert judged([session(14, 1, "Failed", job=None, kind="restore")]) == []


def test_ages_are_told_from_the_end_of_a_session() -> None:
    (verdict,) = judged([session(14, took=3)])
    assert verdict.age == 11 * 3600
    assert verdict.last_success_time == before(11, NOW)
