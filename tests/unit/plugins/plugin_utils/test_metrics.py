# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Metrics in the text format of Prometheus."""

from __future__ import annotations

import re

from ansible_collections.backupops.veeam_em.plugins.plugin_utils._metrics import metrics_of
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._report import Source, report_of
from ansible_collections.backupops.veeam_em.plugins.plugin_utils._rules import rulebook_of
from ansible_collections.backupops.veeam_em.tests.unit.plugins.plugin_utils.stories import NOW_EPOCH, session

LINE = re.compile(
    r"# (?:HELP|TYPE) veeam_em_[a-z_]+ .+|"
    r'veeam_em_[a-z_]+(?:\{[a-z_]+="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\[\\"n])*")*\})? -?\d+(?:\.\d+)?(?:e[+-]\d+)?'
)


def metrics(*sources: Source) -> list[str]:
    """Return the lines of the metrics of a week."""
    report = report_of(sources, ["backup", "replica"], rulebook_of("26h", "8h"), NOW_EPOCH - 7 * 86400, NOW_EPOCH)
    text = metrics_of(report)
    assert text.endswith("\n")
    return text.splitlines()


def test_every_line_is_one_that_prometheus_reads() -> None:
    lines = metrics(Source("em", [session(5, job='back\\slash "quoted"\nnew line'), session(9, None, job="Files")]))
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert r'veeam_em_job_healthy{em="em",kind="backup",backup_server="",job_name="back\\slash \"quoted\"\nnew line"} 1' in lines


def test_every_metric_is_explained_once_before_its_samples() -> None:
    lines = metrics(Source("em", [session(5), session(5, job="Files")]))
    explained = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(set(explained)) == len(explained)
    current = ""
    for line in lines:
        current = line.split()[2] if line.startswith("#") else current
        assert line.startswith("#") or re.split(r"[{ ]", line)[0] == current


def test_a_job_tells_how_it_is() -> None:
    lines = metrics(Source("em", [session(50), session(5, 1, "Failed"), session(1, None, is_retry=True)]))
    labels = '{em="em",kind="backup",backup_server="",job_name="Daily SQL"}'
    for name, value in (
        ("job_healthy", 0),
        ("job_running", 1),
        ("job_running_seconds", 3600),
        ("job_failed_runs", 1),
        ("job_last_success_timestamp_seconds", int(NOW_EPOCH - 49 * 3600)),
    ):
        assert f"veeam_em_{name}{labels} {value}" in lines


def test_what_there_is_not_has_no_sample() -> None:
    lines = metrics(Source("em", [session(5, 1, "Failed")]))
    assert not [line for line in lines if line.startswith(("veeam_em_job_running_seconds", "veeam_em_job_last_success"))]
    assert not [line for line in lines if line.startswith("veeam_em_run_success_ratio") and "replica" in line]


def test_sessions_are_counted_by_kind_and_result() -> None:
    lines = metrics(Source("em", [session(5), session(6, 1, "Failed"), session(1, None)]))
    counts = {result: f'veeam_em_sessions{{kind="backup",result="{result}"}}' for result in ("success", "failed", "running")}
    assert {f"{name} 1" for name in counts.values()} <= set(lines)
    assert 'veeam_em_run_success_ratio{kind="backup"} 0.5' in lines


def test_one_that_could_not_be_read_is_down() -> None:
    lines = metrics(Source("a", [session(5)]), Source("b", (), error="Nothing listens"))
    assert [line for line in lines if line.startswith("veeam_em_up{")] == ['veeam_em_up{em="a"} 1', 'veeam_em_up{em="b"} 0']
    assert f"veeam_em_report_timestamp_seconds {int(NOW_EPOCH)}" in lines


def test_jobs_of_one_name_on_two_servers_are_two() -> None:
    servers = [("vbr01", session(6, 1, "Failed", job_id="1")), ("vbr02", session(5, job_id="2"))]
    lines = metrics(Source("em", [{**told, "backup_server": {"id": name, "name": name}} for name, told in servers]))
    assert [line for line in lines if line.startswith("veeam_em_job_healthy{")] == [
        'veeam_em_job_healthy{em="em",kind="backup",backup_server="vbr01",job_name="Daily SQL"} 0',
        'veeam_em_job_healthy{em="em",kind="backup",backup_server="vbr02",job_name="Daily SQL"} 1',
    ]


def test_nothing_is_said_twice_and_of_two_the_graver_stays() -> None:
    """A job that was made anew has another id and the same name; Prometheus would refuse the whole file."""
    lines = metrics(Source("em", [session(6, job_id="new"), session(50, 1, "Failed", job_id="old")]))
    samples = [line.rpartition(" ")[0] for line in lines if not line.startswith("#")]
    assert len(set(samples)) == len(samples)
    assert 'veeam_em_job_healthy{em="em",kind="backup",backup_server="",job_name="Daily SQL"} 0' in lines
