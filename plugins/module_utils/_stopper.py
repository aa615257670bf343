# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Stopping backup job sessions, and telling the truth about it.

PRIVATE to the collection: everything here may change without notice.
EM answers a stop with a task, whose success means "triggered to stop". Whether a session has stopped, only the session says.
"""

from __future__ import annotations

import time
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import (
    _client,
    _errors,
    _family,
    _statuses,
    _stop,
    _tasks,
    _transport,
    _watch,
)

_FIRST_PAUSE = 0.2
# Seconds in which EM is asked again and again whether it accepts a stop; after them once per interval.
_LONGEST_FOLLOWING = 60
# One POST, and one more only after the state was read and showed that the first one did not arrive.
_MOST_POSTS = 2


class Stopper:
    """Stops sessions through one client.

    read: returns the present sessions of given ids by as few queries as possible. look: returns one session by its id, None when
    EM does not know it. interval: seconds between two looks. deadline: of time.monotonic, after which nothing is waited for.
    """

    def __init__(
        self,
        client: _client.EmClient,
        read: t.Callable[[t.Sequence[str]], list[_family.Session]],
        look: t.Callable[[str], _family.Session | None],
        interval: float,
        deadline: float,
    ) -> None:
        self._client = client
        self._read = read
        self._look = look
        self._interval = interval
        self._deadline = deadline

    def stop(self, stops: t.Sequence[_stop.Stop], wait: bool) -> None:
        """Stop the sessions that run, and wait until they have stopped; each Stop tells what came of it.

        One that EM refuses does not keep the others from being stopped.
        """
        wanted = [stop for stop in stops if stop.running]
        pending = wanted
        while pending:
            for stop in pending:
                self._post(stop)
            until = min(self._deadline, time.monotonic() + _LONGEST_FOLLOWING)
            self._follow(pending, until)
            pending = self._settle(pending, self._deadline if wait else until)
        if wanted:
            self._watch(wanted, wait)

    def _post(self, stop: _stop.Stop) -> None:
        """Send one stop, and note the answer, or that there was none."""
        doing = f"Cannot stop the session {stop.session['name']}"
        stop.posts += 1
        stop.doubt, stop.task, stop.wish = None, None, 0
        try:
            with self._client.post(f"backupSessions/{stop.id}?action=stop", doing) as answer:
                stop.logon = self._client.logons
                if answer.status in (200, 202):
                    self._note(stop, _tasks.EmTask.from_record(answer.small()[1]))
                    return
                error = _statuses.error_of(answer, doing)
                stop.wish = answer.retry_after or 0
        except (_errors.ConnectionFailed, _errors.TimedOut, _errors.ProtocolViolation) as exc:
            stop.doubt = exc
            return
        if isinstance(error, _errors.AuthenticationFailed):
            raise error
        if isinstance(error, _errors.ServerFailed):
            stop.doubt = error
        else:
            stop.refusal = error

    def _note(self, stop: _stop.Stop, task: _tasks.EmTask) -> None:
        """Take what EM says of the task of a stop."""
        stop.task = task
        # the id goes into a URL
        stop.silent = stop.silent or not _tasks.is_task_id(task.id)
        if task.decided:
            stop.accepted = task.success is not False
            stop.msg = _errors.printable(task.message or "EM accepted the stop.")
            if not stop.accepted:
                reason = task.message or "EM gave no reason"
                stop.refusal = _errors.Refused(f"EM refused the stop: {reason}", server_message=task.message)

    def _follow(self, stops: t.Sequence[_stop.Stop], until: float) -> None:
        """Follow the tasks of the stops until EM has accepted or refused each, or cannot tell."""
        pause = _FIRST_PAUSE
        while True:
            self._ask(stops, until)
            if not any(stop.askable for stop in stops) or time.monotonic() + pause > until:
                return
            self._client.sleep(pause)
            pause = min(pause * 2, max(self._interval, _FIRST_PAUSE))

    def _ask(self, stops: t.Sequence[_stop.Stop], until: float) -> None:
        """Ask for the tasks that have not decided, by one request for all of them. A failure is borne with until then."""
        self._silence_foreign(stops)
        asked = {stop.task.id: stop for stop in stops if stop.task and stop.askable}
        if not asked:
            return
        try:
            with _watch.patience(self._interval, until):
                tasks = _tasks.read_tasks(self._client, asked.keys())
                self._silence_foreign(asked.values())
                for task_id, stop in asked.items():
                    if not stop.silent and task_id in tasks:
                        self._note(stop, tasks[task_id])
                    else:
                        stop.silent = True
        except (_errors.AuthenticationFailed, _errors.PermissionDenied):
            raise
        except _errors.EmError:
            for stop in asked.values():
                stop.silent = True

    def _silence_foreign(self, stops: t.Iterable[_stop.Stop]) -> None:
        """Believe nothing of tasks of a logon session that is over: in another one EM knows other tasks by their ids."""
        for stop in stops:
            stop.silent = stop.silent or (stop.task is not None and stop.logon != self._client.logons)

    def _settle(self, stops: t.Sequence[_stop.Stop], until: float) -> list[_stop.Stop]:
        """Read the state of those of whose stop there is doubt; return those to be asked for once more.

        A failure to read it is borne with until then.
        """
        doubtful = [stop for stop in stops if stop.doubt]
        if not doubtful:
            return []
        self._refresh_in_time(doubtful, until)
        wishes = [stop.wish for stop in doubtful if stop.untouched and stop.wish <= _transport.LONGEST_RETRY_AFTER]
        if any(stop.untouched for stop in doubtful):
            # what EM knows of a session can lag behind the backup server: look twice before asking twice
            self._client.sleep(max([self._interval, *wishes]))
            self._refresh_in_time(doubtful, until)
        again = []
        for stop in doubtful:
            if stop.session["state"] is None:
                stop.doubt = None
            elif not stop.untouched:
                # of one that was stopping before, nobody can tell whether ours arrived
                stop.accepted, stop.doubt = stop.previous_state != "Stopping", None
                stop.msg = "EM did not say that it accepts the stop, but the session is stopping or over."
            elif stop.posts < _MOST_POSTS and stop.wish <= _transport.LONGEST_RETRY_AFTER:
                again.append(stop)
            else:
                stop.refusal, stop.doubt = stop.doubt, None
        return again

    def _watch(self, stops: t.Sequence[_stop.Stop], wait: bool) -> None:
        """Look at all sessions by one query per interval: once, or until those have stopped that EM accepted to stop.

        Where only the session can tell what came of its stop, it is given an interval to show it.
        """
        looks = 2 if any(stop.undecided for stop in stops) else 1
        while True:
            running = [stop for stop in stops if stop.running]
            self._ask(running, self._deadline if wait else 0)
            with _watch.patience(self._interval, self._deadline if wait else 0):
                self._refresh(running)
            for stop in stops:
                self._conclude(stop)
            waiting = [stop for stop in stops if stop.running and stop.refusal is None]
            left = self._deadline - time.monotonic()
            looks -= 1
            if not waiting or left <= 0 or not (wait or (looks and any(stop.undecided for stop in waiting))):
                return
            self._client.sleep(min(max(self._interval, _watch.SHORTEST_PAUSE), left))

    def _conclude(self, stop: _stop.Stop) -> None:
        """Let the state of a session say what EM has not said of its stop, or has refused."""
        if stop.untouched:
            if stop.undecided:
                stop.msg = "EM took the request but has not said what came of it."
            return
        # The wish is fulfilled, whoever fulfilled it. But for an account that may not stop anything, a session that somebody else
        # is stopping is not waited for.
        if stop.refusal and not (stop.running and isinstance(stop.refusal, _errors.PermissionDenied)):
            stop.msg, stop.refusal = f"{stop.refusal} The session is over or stopping all the same.", None
        elif stop.undecided:
            stop.accepted = True
            stop.msg = "EM took the request, and the session is stopping or over."

    def _refresh_in_time(self, stops: t.Sequence[_stop.Stop], until: float) -> None:
        """Read the sessions again, as often as it takes while there is time."""
        while True:
            with _watch.patience(self._interval, until):
                self._refresh(stops)
                return
            self._client.sleep(max(self._interval, _watch.SHORTEST_PAUSE))

    def _refresh(self, stops: t.Sequence[_stop.Stop]) -> None:
        """Read the sessions again. One that EM no longer knows cannot be running; one that a query omits may well be."""
        present = {session["id"]: session for session in self._read([stop.id for stop in stops])}
        for stop in stops:
            session = present.get(stop.id) or self._look(stop.id)
            if session is None:
                stop.msg = "EM no longer knows the session."
            stop.session = session or {**stop.session, "state": None, "result": None, "running": False}
