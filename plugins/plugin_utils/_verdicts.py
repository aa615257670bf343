# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a job does what is asked of it: one verdict per job, with its reasons.

PRIVATE to the collection: everything here may change without notice.
Times are compared as instants of UTC, so a change to daylight-saving time moves nothing. Ages are clamped at zero: where EM's
clock is ahead of ours, a session that just ended is new, not an error.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _values
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _ages, _histories, _known_jobs, _rules

# The verdicts that are not healthy, the gravest first.
UNHEALTHY = ("failed", "over_running", "never_ran", "warning", "stale")


class Verdict(t.NamedTuple):
    """What is to be said of a job.

    backup_server: name of the one that runs it; several can have jobs of one name.
    verdict: healthy, running (its first session in what was read has not ended), disabled (never ran, and is not scheduled), or
    one of UNHEALTHY. healthy: whether all that is asked of it holds. reasons: sentences, the gravest first.
    age: seconds since the last success. running_for: seconds that its longest running session has run. failures: how many runs
    failed in a row up to now, a run and its retries counted once. message: what EM said of the last failure or warning.
    """

    kind: str
    job_id: str | None
    job_name: str
    job_type: str | None
    backup_server: str | None
    verdict: str
    healthy: bool
    reasons: list[str]
    last_result: str | None = None
    last_end_time: str | None = None
    last_success_time: str | None = None
    age: int | None = None
    running: bool = False
    running_for: int | None = None
    failures: int = 0
    persistently_failed: bool = False
    message: str | None = None


def judge(
    sessions: t.Iterable[_histories.Session],
    rulebook: _rules.Rulebook,
    now: float,
    known: t.Sequence[_known_jobs.KnownJob] = (),
) -> list[Verdict]:
    """Return the verdict of each job that is not ignored, the gravest first, then by name.

    sessions: as the info modules return them, of one EM. now: seconds since 1970. known: the jobs that EM has.
    """
    histories = _histories.histories_of(sessions)
    verdicts = [_judge(history, rules, now) for history in histories if (rules := rulebook.of(history.job_name)) is not None]
    verdicts += [_never_ran(job) for job in _known_jobs.without_session(known, histories) if rulebook.of(job.name) is not None]
    return sorted(verdicts, key=lambda verdict: (_gravity(verdict), verdict.job_name.casefold(), verdict.kind))


def _gravity(verdict: Verdict) -> int:
    return UNHEALTHY.index(verdict.verdict) if verdict.verdict in UNHEALTHY else len(UNHEALTHY)


def _judge(history: _histories.History, rules: _rules.Rules, now: float) -> Verdict:
    finished, running = history.finished, history.running
    last = finished[-1] if finished else None
    success = next((session for session in reversed(finished) if _is_good(session, rules)), None)
    failures = _failures_in_a_row(history)
    age = None if success is None else max(0, int(now - _end_of(success)))
    running_for = max((_running_for(session, now) for session in running), default=None)
    found = [
        *_failed(history, last, failures),
        *_over_running(history, rules, running_for),
        *_stale(history, rules, now, age),
        *_warned(last, rules),
    ]
    grave = sorted(found, key=lambda finding: UNHEALTHY.index(finding[0]))
    return Verdict(
        kind=history.kind,
        job_id=history.job_id,
        job_name=history.job_name,
        job_type=history.job_type,
        backup_server=history.backup_server,
        verdict=grave[0][0] if grave else ("healthy" if last or history.continuous else "running"),
        healthy=not grave,
        reasons=[reason for verdict, reason in grave],
        last_result=last["result"] if last else None,
        last_end_time=last["end_time"] if last else None,
        last_success_time=success["end_time"] if success else None,
        age=age,
        running=bool(running),
        running_for=running_for,
        failures=failures,
        persistently_failed=failures > 0,
        message=_message(last),
    )


def _never_ran(job: _known_jobs.KnownJob) -> Verdict:
    verdict = "never_ran" if job.scheduled else "disabled"
    reasons = ["EM knows the job, and no session of it was found"] if job.scheduled else []
    return Verdict(job.kind, job.id, job.name, job.type, job.backup_server, verdict, healthy=not job.scheduled, reasons=reasons)


_Finding = tuple[str, str]


def _failed(history: _histories.History, last: _histories.Session | None, failures: int) -> list[_Finding]:
    """Return what a bad end of the last finished session says; one without a result is no success either."""
    if last is None or last["result"] in _histories.GOOD or history.lives_on:
        return []
    said = _message(last)
    reason = f"the last session ended {'without a result' if last['result'] is None else 'with ' + last['result']}"
    if failures > 1:
        reason += f", as {failures} runs in a row"
    if any(session.get("is_retry") for session in history.running):
        reason += ", a retry runs"
    return [("failed", f"{reason}: {said}" if said else reason)]


def _over_running(history: _histories.History, rules: _rules.Rules, running_for: int | None) -> list[_Finding]:
    if history.continuous or running_for is None or rules.max_duration is None or running_for <= rules.max_duration:
        return []
    return [("over_running", f"it has run for {_ages.spoken(running_for)}, allowed are {_ages.spoken(rules.max_duration)}")]


def _stale(history: _histories.History, rules: _rules.Rules, now: float, age: int | None) -> list[_Finding]:
    """Return what the age of the last success says.

    While a session runs that began in time, the next success is on its way: how long that may take is for max_duration to say.
    A job that runs on and on is alive while it does; what it copied is told by the jobs of its workers.
    """
    if rules.max_age is None or (history.continuous and history.running):
        return []
    if age is None:
        return [] if history.running else [("stale", "no session that was read ended well")]
    begun = min((_waited(session, now, age) for session in history.running), default=age)
    if begun <= rules.max_age:
        return []
    return [("stale", f"the last success is {_ages.spoken(age)} old, allowed are {_ages.spoken(rules.max_age)}")]


def _warned(last: _histories.Session | None, rules: _rules.Rules) -> list[_Finding]:
    if last is None or rules.allow_warnings or last["result"] != "Warning":
        return []
    said = _message(last)
    return [("warning", "the last session ended with Warning" + (f": {said}" if said else ""))]


def _failures_in_a_row(history: _histories.History) -> int:
    count = 0
    for run in [] if history.lives_on else reversed(history.runs):
        if run.succeeded:
            break
        count += run.last_finished is not None
    return count


def _is_good(session: _histories.Session, rules: _rules.Rules) -> bool:
    return session["result"] == "Success" or (rules.allow_warnings and session["result"] == "Warning")


def _message(session: _histories.Session | None) -> str | None:
    if session is None or session["result"] == "Success":
        return None
    return session.get("failure_message") or session.get("message") or None


def _end_of(session: _histories.Session) -> float:
    return _values.epoch_of(session["end_time"] or session["creation_time"] or "") or 0.0


def _running_for(session: _histories.Session, now: float) -> int:
    """Return how long a session has run: by EM's own clock where the session tells it."""
    duration = session.get("duration")
    began = _values.epoch_of(session["creation_time"] or "")
    return int(duration if duration is not None else max(0.0, now - (now if began is None else began)))


def _waited(session: _histories.Session, now: float, age: int) -> float:
    """Return how old the last success was when a running session began."""
    return age - _running_for(session, now)
