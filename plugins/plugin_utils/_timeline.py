# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The timeline picture as figures: a lane for each job, a bar for each session.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _families, _values
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _ages, _histories

# The width of a lane; a bar is never less wide than can be seen.
WIDTH = 1000.0
_NARROWEST = 2.0
# Bars that would lie on each other are drawn as one, so that a picture has a bound whatever the number of sessions.
_CELL = 1.0
_MOST_TICKS = 8
_STEPS = (3600, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 2 * 86400, 7 * 86400, 14 * 86400, 28 * 86400, 91 * 86400, 365 * 86400)
_LOOKS = {"Success": "success", "Warning": "warning", "Failed": "failed"}


def timeline_of(
    sessions: t.Iterable[tuple[str, t.Sequence[_histories.Session]]],
    unhealthy: t.Sequence[t.Mapping[str, t.Any]],
    start: float,
    end: float,
) -> dict[str, t.Any]:
    """Return the lanes with their bars, and the ticks of the axis, all in shares of WIDTH.

    sessions: those of each Enterprise Manager, with its name. unhealthy: verdicts, whose jobs come first. start, end:
    seconds since 1970. Sessions without a job have one lane for each kind.
    """
    grave = {(job["em"], job["job_id"], job["job_name"]): place for place, job in enumerate(unhealthy)}
    placed: list[tuple[int, dict[str, t.Any]]] = []
    for em, found in sessions:
        for job_id, name, members in _rows(found):
            place = grave.get((em, job_id, name), len(grave))
            bars = _bars(members, start, end)
            if bars:
                verdict = unhealthy[place]["verdict"] if place < len(grave) else "healthy"
                server = _histories.server_of(members[-1])
                placed.append((place, {"em": em, "name": name, "backup_server": server, "verdict": verdict, "bars": bars}))
    placed.sort(key=lambda lane: (lane[0], lane[1]["name"].casefold(), lane[1]["em"]))
    return {"width": WIDTH, "ticks": _ticks(start, end), "lanes": [lane for place, lane in placed]}


def _rows(sessions: t.Sequence[_histories.Session]) -> list[tuple[str | None, str, list[_histories.Session]]]:
    """Return the id and name of each lane's job, with its sessions. Those without a job have the title of their kind for a name."""
    rows = [(history.job_id, history.job_name, list(history.sessions)) for history in _histories.histories_of(sessions)]
    alone: dict[str, list[_histories.Session]] = {}
    for session in sessions:
        if _histories.name_of(session) is None:
            alone.setdefault(_families.FAMILIES[session["kind"]].titles, []).append(session)
    return rows + [(None, title, members) for title, members in alone.items()]


def _bars(sessions: t.Iterable[_histories.Session], start: float, end: float) -> list[dict[str, t.Any]]:
    bars: list[dict[str, t.Any]] = []
    for session in sessions:
        drawn = _bar(session, start, end)
        if drawn is None:
            continue
        twin = next((earlier for earlier in reversed(bars[-4:]) if _alike(earlier, drawn)), None)
        if twin is None:
            bars.append(drawn)
        else:
            twin["sessions"] += 1
    return bars


def _bar(session: _histories.Session, start: float, end: float) -> dict[str, t.Any] | None:
    """Return where a session lies, None when that is outside of the period. One that runs reaches to its end and beyond."""
    began = _values.epoch_of(session["creation_time"] or "")
    ended = end if session["running"] else _values.epoch_of(session["end_time"] or "")
    if began is None or ended is None or ended < start or began > end:
        return None
    scale = WIDTH / max(end - start, 1)
    left = (max(began, start) - start) * scale
    width = max((min(ended, end) - start) * scale - left, _NARROWEST)
    return {
        "x": round(min(left, WIDTH - _NARROWEST), 1),
        "width": round(width, 1),
        "look": "running" if session["running"] else _LOOKS.get(session["result"], "other"),
        "sessions": 1,
        "title": _title(session),
    }


def _alike(one: t.Mapping[str, t.Any], other: t.Mapping[str, t.Any]) -> bool:
    same = one["look"] == other["look"] and one["look"] != "running"
    return bool(same and abs(one["x"] - other["x"]) < _CELL and abs(one["width"] - other["width"]) < _CELL)


def _title(session: _histories.Session) -> str:
    """Return what is said of a session where one points at its bar."""
    outcome = "running" if session["running"] else session["result"] or "no result"
    retry = ", a retry" if session.get("is_retry") else ""
    duration = session.get("duration")
    took = "" if duration is None else f", {_ages.spoken(duration)}"
    return f"{session['creation_time'][:16].replace('T', ' ')}: {outcome}{retry}{took}"


def _ticks(start: float, end: float) -> list[dict[str, t.Any]]:
    """Return the ticks: full hours or days of UTC, few enough to be read."""
    span = max(end - start, 1)
    step = next((step for step in _STEPS if span / step <= _MOST_TICKS), _STEPS[-1])
    first = -(-start // step) * step
    count = int((end - first) // step) + 1
    return [
        {"x": round((moment - start) / span * WIDTH, 1), "label": _label(moment, step)}
        for moment in (first + step * number for number in range(count))
    ]


def _label(moment: float, step: int) -> str:
    text = _values.text_of(moment)
    if step >= 91 * 86400:
        return text[:7]
    return text[5:10] if step >= 86400 else f"{text[5:10]} {text[11:16]}"
