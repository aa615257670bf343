# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report as metrics in the text format of Prometheus: gauges in base units, whose names say what they count.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _values

_Sample = tuple[t.Mapping[str, t.Optional[str]], float]
_RESULTS = ("success", "warning", "failed", "other", "running")


def metrics_of(report: t.Mapping[str, t.Any]) -> str:
    """Return the report as metrics. A job without a success has no time of it, a kind without a finished run no ratio."""
    generated = _values.epoch_of(report["generated"]) or 0
    ems = [({"em": em["em"]}, em["error"] is None) for em in report["ems"]]
    families = [
        ({"kind": family["kind"], "result": result}, family[result]) for family in report["families"] for result in _RESULTS
    ]
    ratios = [
        ({"kind": family["kind"]}, family["success_rate"] / 100)
        for family in report["families"]
        if family["success_rate"] is not None
    ]
    lines = [
        *_metric("report_timestamp_seconds", "When these metrics were written.", [({}, generated)]),
        *_metric("up", "Whether the Enterprise Manager could be read.", ems),
        *_metric("sessions", "Sessions of the period by result; running ones have none yet.", families),
        *_metric("run_success_ratio", "Share of the finished runs that came to a good end, retries understood.", ratios),
    ]
    for name, explained, value in _OF_A_JOB:
        told = [({key: job[key] for key in ("em", "kind", "backup_server", "job_name")}, value(job)) for job in report["jobs"]]
        lines += _metric(name, explained, [(labels, figure) for labels, figure in told if figure is not None])
    return "\n".join(lines) + "\n"


def _last_success(job: t.Mapping[str, t.Any]) -> float | None:
    return _values.epoch_of(job["last_success_time"] or "")


_OF_A_JOB: tuple[tuple[str, str, t.Callable[[t.Mapping[str, t.Any]], t.Any]], ...] = (
    ("job_healthy", "Whether the job does what is asked of it.", lambda job: job["healthy"]),
    ("job_running", "Whether a session of the job runs.", lambda job: job["running"]),
    ("job_running_seconds", "How long the longest running session of the job has run.", lambda job: job["running_for"]),
    ("job_failed_runs", "How many runs of the job failed in a row up to now.", lambda job: job["failures"]),
    ("job_last_success_timestamp_seconds", "When the last successful session of the job ended.", _last_success),
)


def _metric(name: str, explained: str, samples: t.Iterable[_Sample]) -> list[str]:
    head = [f"# HELP veeam_em_{name} {explained}", f"# TYPE veeam_em_{name} gauge"]
    told: dict[str, float] = {}
    for labels, value in samples:
        told.setdefault(_labels(labels), value)  # Prometheus refuses a file that says a thing twice; the gravest verdict is first
    return head + [f"veeam_em_{name}{labels} {format(float(value), '.15g')}" for labels, value in told.items()]


def _labels(labels: t.Mapping[str, str | None]) -> str:
    told = ",".join(f'{key}="{_escaped(text or "")}"' for key, text in labels.items())
    return f"{{{told}}}" if told else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
