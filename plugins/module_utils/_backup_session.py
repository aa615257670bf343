# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What the module em_backup_session does: which sessions, stop them, and report.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import time
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _choice,
    _client,
    _errors,
    _families,
    _family,
    _module,
    _options,
    _outcome,
    _query,
    _reading,
    _selection,
    _sessions,
    _stop,
    _stop_options,
    _stopper,
)


def run_backup_session() -> None:
    """Run the module as the main program."""
    options: tuple[_options.Option, ...] = (*_stop_options.SELECTION, *_stop_options.STOP_OPTIONS)
    names = [option.name for option in _stop_options.SELECTION if option.name not in ("id", "all")]
    _module.run(
        StopSessions,
        options,
        mutually_exclusive=[("id", name) for name in names],
    )


class StopSessions:
    """One task of the module. The options are checked before EM is asked anything. Raises BadRequest for a wrong one."""

    def __init__(self, options: _selection.Options) -> None:
        self._options = options
        given = [option.name for option in _stop_options.SELECTION if options[option.name] not in (None, False)]
        if not given:
            raise _errors.BadRequest(
                "Nothing says which sessions to stop. Give id, or one of the options that select, or all: true for every session"
                " that runs."
            )
        if options["all"] and len(given) > 1:
            raise _errors.BadRequest(f"The option all means every session that runs; it excludes {given[0]}.")
        self._ids = None if options["id"] is None else _selection.session_ids(options["id"], _families.BACKUP)
        self._choice(time.time())
        _options.check_numbers(_stop_options.STOP_OPTIONS, options)

    def perform(self, client: _client.EmClient, check_mode: bool) -> _outcome.Outcome:
        """Stop the sessions, or say what would be stopped. Raises Refused, PermissionDenied or WaitTimeout with all outcomes."""
        if _selection.needs_clock(self._options):
            client.learn_clock()
        stops = [_stop.Stop.of(session) for session in self._selected(client)]
        self._check_number(stops)
        wait: bool = self._options["wait"]
        if check_mode:
            return _outcome_of([_predicted(stop, wait) for stop in stops])
        reader = _reading.SessionReader(client, _families.BACKUP)
        stopper = _stopper.Stopper(
            client,
            read=reader.several,
            look=reader.one,
            interval=self._options["wait_interval"],
            deadline=time.monotonic() + self._options["wait_timeout"],
        )
        try:
            stopper.stop(stops, wait)
            problem = self._problem(stops, wait)
        except _errors.EmError as error:
            problem = error
        outcome = _outcome_of([_entry(stop) for stop in stops])
        if problem:
            problem.outcome = outcome
            raise problem
        return outcome

    def _choice(self, now: float) -> _choice.Choice:
        """Return what the options choose: only sessions that run, and no window of days."""
        selecting = {option.name: self._options[option.name] for option in _stop_options.SELECTION if option.name != "id"}
        return _choice.choose({**selecting, "running": True}, _families.BACKUP, now)

    def _selected(self, client: _client.EmClient) -> list[_family.Session]:
        """Return the sessions that the options name. Raises NotFound for ids that EM does not know, before anything is stopped."""
        if self._ids is None:
            choice = self._choice(client.now())
            query = _query.Query(_families.BACKUP.uid_kind, choice.filter, sort=_families.BACKUP.sort_by_creation, volatile=True)
            return list(filter(choice.test, _reading.SessionReader(client, _families.BACKUP).query(query)))
        found = {session["id"]: session for session in _reading.SessionReader(client, _families.BACKUP).several(self._ids)}
        missing = [guid for guid in self._ids if guid not in found]
        if missing:
            raise _errors.NotFound(
                f"EM knows no backup job session with the id {', '.join(missing)}. Nothing was stopped.",
                path="/api/query",
            )
        return [found[guid] for guid in self._ids]

    def _check_number(self, stops: t.Sequence[_stop.Stop]) -> None:
        most = self._options["max_stops"]
        running = [stop for stop in stops if stop.running]
        if most is not None and len(running) > most:
            raise _errors.BadRequest(
                f"{len(running)} backup job sessions would be stopped, more than max_stops ({most}). Nothing was stopped:"
                f" {_names(running)}. Select fewer, or raise max_stops."
            )

    def _problem(self, stops: t.Sequence[_stop.Stop], wait: bool) -> _errors.EmError | None:
        """Return the error that the outcomes amount to, None when there is none."""
        refused = [stop for stop in stops if stop.refusal]
        late = [stop for stop in stops if stop.running and not stop.refusal] if wait else []
        if refused:
            first = refused[0].refusal
            kind = _errors.PermissionDenied if _stop.all_forbidden(refused) else _errors.Refused
            return kind(
                f"{len(refused)} of {len(stops)} backup job sessions could not be stopped: {_names(refused)}. {first}"
                + (f" Not stopped in time: {_names(late)}." if late else ""),
                status=first.status if first else None,
                path=first.path if first else None,
                server_message=first.server_message if first else None,
            )
        if late:
            return _errors.WaitTimeout(
                f"{len(late)} of {len(stops)} backup job sessions did not stop within {self._options['wait_timeout']} s"
                f" (wait_timeout): {_names(late)}. They can still stop later; read them again before the next step."
            )
        return None


def _predicted(stop: _stop.Stop, wait: bool) -> dict[str, t.Any]:
    """Return the entry of a stop that is not done, in check mode."""
    entry = _entry(stop)
    if stop.running:
        entry.update(state="Stopped" if wait else "Stopping", changed=True, stopped=wait, msg="It would be stopped.")
    return entry


def _entry(stop: _stop.Stop) -> dict[str, t.Any]:
    """Return what the module says of one session."""
    session = stop.session
    return {
        "id": stop.id,
        **{name: session[name] for name in ("name", "job_name", "job_type")},
        "previous_state": stop.previous_state,
        "state": session["state"],
        "result": session["result"],
        "changed": stop.accepted,
        "stopped": not stop.running,
        "msg": str(stop.refusal) if stop.refusal else stop.msg,
    }


def _result(entries: t.Sequence[t.Mapping[str, t.Any]]) -> dict[str, t.Any]:
    return {
        "sessions": list(entries),
        "stopped_count": sum(entry["changed"] for entry in entries),
        "still_running": [entry["id"] for entry in entries if not entry["stopped"]],
    }


def _outcome_of(entries: t.Sequence[t.Mapping[str, t.Any]]) -> _outcome.Outcome:
    """Return the result with the states before and after as a diff."""
    return _outcome.Outcome(
        _result(entries),
        changed=any(entry["changed"] for entry in entries),
        diff={
            "before": {"sessions": {entry["id"]: entry["previous_state"] for entry in entries}},
            "after": {"sessions": {entry["id"]: entry["state"] for entry in entries}},
        },
    )


def _names(stops: t.Iterable[_stop.Stop]) -> str:
    return _sessions.names_of(stop.session for stop in stops)
