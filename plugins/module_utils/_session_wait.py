# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What the module em_session_wait does: which sessions, wait until they do not run, and report.

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
    _running,
    _selection,
    _session_options,
    _sessions,
    _values,
    _wait_options,
    _watch,
)


def run_session_wait() -> None:
    """Run the module as the main program."""
    _module.run(
        SessionWait,
        (*_wait_options.WAIT_FOR, *_wait_options.SELECTING, *_wait_options.WAITING),
        mutually_exclusive=[("id", option.name) for option in _wait_options.SELECTING],
    )


class SessionWait:
    """One task of the module. The options are checked before EM is asked anything. Raises BadRequest for a wrong one."""

    def __init__(self, options: _selection.Options) -> None:
        self._options = options
        self._families = [_families.FAMILIES[kind] for kind in dict.fromkeys(options["kinds"])]
        if not self._families:
            raise _errors.BadRequest("The option kinds is empty, which waits for nothing. Leave it out, or fill it.")
        _options.check_numbers(_wait_options.WAITING, options)
        if options["stable_for"] and options["stable_for"] >= options["wait_timeout"]:
            raise _errors.BadRequest("The option stable_for must be less than wait_timeout, or the wait can never be over in time.")
        self._ids = None if options["id"] is None else self._guids(options["id"])
        for family in self._families:
            self._check(family)
            _choice.choose(options, family, time.time())

    def perform(self, client: _client.EmClient, check_mode: bool) -> _outcome.Outcome:
        """Wait, or in check mode look once. Raises WaitTimeout with what still runs."""
        if _selection.needs_clock(self._options):
            client.learn_clock()
        watch = _watch.Watch(
            client,
            look=self._look(_running.RunningSessions(client, self._families)),
            interval=self._options["wait_interval"],
            stable_for=self._options["stable_for"],
            timeout=self._options["wait_timeout"],
        )
        try:
            if check_mode:
                watch.once()
                return _outcome_of(watch, msg=self._prediction(watch.running))
            if not watch.until_quiet():
                raise _errors.WaitTimeout(self._lateness(watch.running))
        except _errors.EmError as error:
            error.outcome = _outcome_of(watch) if watch.history else None
            raise
        return _outcome_of(watch)

    def _check(self, family: _family.Family) -> None:
        """Raise BadRequest for what would select nothing of a family, or nothing that runs."""
        offered = _session_options.selecting_names(_session_options.options_of(family))
        for option in _wait_options.SELECTING:
            if self._options[option.name] is not None and option.name not in offered:
                raise _errors.BadRequest(
                    f"The option {option.name} cannot select {family.titles}: the module for them has no such option."
                )
        over = {state.lower() for state in family.finished}
        if self._options["state"] and over.issuperset(map(str.lower, self._options["state"])):
            raise _errors.BadRequest(
                f"The option state names only states in which no {family.title} runs, so there is nothing to wait for."
            )

    def _look(self, sessions: _running.RunningSessions) -> _running.Look:
        """Return what says which of the sessions that are waited for run now."""
        if self._ids is not None:
            return sessions.of_ids(self._ids)
        if self._options["until"] == "idle":
            return sessions.selected(self._options)
        return sessions.of_those_that_run(self._options)

    def _guids(self, values: t.Sequence[str]) -> list[str]:
        """Return the GUIDs of ids, which may be of any of the kinds that are looked at."""
        guids = []
        for value in values:
            kind = (_values.parse_id(value) or (None, ""))[0]
            fitting = [family for family in self._families if kind and family.uid_kind.lower() == kind.lower()]
            guids += _selection.session_ids([value], (fitting or self._families)[0])
        return list(dict.fromkeys(guids))

    def _prediction(self, running: t.Sequence[_family.Session]) -> str:
        """Return what check mode says."""
        if not running:
            return "Nothing runs that would be waited for."
        return f"It would wait for {len(running)} {_noun(running)}: {_sessions.names_of(running)}."

    def _lateness(self, running: t.Sequence[_family.Session]) -> str:
        timeout = f"within {self._options['wait_timeout']} s (wait_timeout)"
        if not running:
            return f"Nothing runs, but it has not been so for {self._options['stable_for']} s (stable_for) {timeout}."
        return (
            f"{len(running)} {_noun(running)} did not finish {timeout}: {_sessions.names_of(running)}."
            " Wait longer, or stop them by the module em_backup_session where EM can."
        )


def _outcome_of(watch: _watch.Watch, **more: t.Any) -> _outcome.Outcome:
    return _outcome.Outcome({"waited": watch.waited, "sessions": list(watch.running), "history": watch.history, **more})


def _noun(sessions: t.Sized) -> str:
    return "session" if len(sessions) == 1 else "sessions"
