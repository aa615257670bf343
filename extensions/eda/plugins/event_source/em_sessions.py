# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An event source of ansible-rulebook: what happens to the sessions of Veeam Backup Enterprise Manager."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading
import typing as t
import warnings

if t.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ansible_collections.backupops.veeam_em.plugins.module_utils._family import Session
    from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_cursor import Cursor
    from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_due import Due
    from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_look import Looks, Seen
    from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_patience import Patience
    from ansible_collections.backupops.veeam_em.plugins.plugin_utils._events_register import Register

DOCUMENTATION = r"""
---
short_description: Receive events about the sessions of Veeam Backup Enterprise Manager.
description:
  - An ansible-rulebook event source that looks at Enterprise Manager (EM) again and again, and delivers an event when a session
    has started, has finished, has failed or warned, takes too long, or when a job fails run after run.
  - Each event comes once, also across restarts; what happened while the source was down comes at its next start. Should the
    source be killed in the very moment in which an event is handed over, that one event comes again.
  - EM's clock decides about all times.
  - Where EM does not answer, the source waits until it is back. It ends with an error when it can never succeed, with a wrong
    password or a wrong option for example.
  - Needs ansible-core, requests and lxml in the Python that runs ansible-rulebook.
options:
  hostname:
    description:
      - Name or address of the host on which Enterprise Manager runs, without scheme, port or path.
      - Without it, the value of VEEAM_EM_HOSTNAME.
    type: str
    required: true
  port:
    description:
      - Port of the REST API of Enterprise Manager.
      - Not 9419, which is another product's API, and not 9443, which is the web UI.
      - Without it, the value of VEEAM_EM_PORT.
    type: int
    default: 9398
  scheme:
    description:
      - How to talk to the server.
      - >-
        With http the password and the token cross the network unencrypted: a warning says so.
      - Without it, the value of VEEAM_EM_SCHEME.
    type: str
    choices: [https, http]
    default: https
  username:
    description:
      - Account with a role in Enterprise Manager, as DOMAIN\user or user@domain.
      - Either session_token or username and password are required.
      - Without it, the value of VEEAM_EM_USERNAME.
    type: str
  password:
    description:
      - Password of username.
      - Without it, the value of VEEAM_EM_PASSWORD.
    type: str
  session_token:
    description:
      - Token of a logon session that exists already. The source then neither logs on nor out, and ends with an error when it
        ends, unless username and password are given as well.
      - Without it, the value of VEEAM_EM_SESSION_TOKEN.
    type: str
  api_version:
    description:
      - Version of the REST API to log on with, such as v1_7. latest is the newest that the server has.
      - Without it, the value of VEEAM_EM_API_VERSION.
    type: str
    default: latest
  media_type:
    description:
      - Representation to ask for. The results are the same.
      - auto asks for XML and goes over to JSON when the server answers JSON or does not offer XML.
      - XML is read as a stream. JSON is read page by page.
      - Without it, the value of VEEAM_EM_MEDIA_TYPE.
    type: str
    choices: [auto, xml, json]
    default: auto
  validate_certs:
    description:
      - Whether the server's certificate must be valid. Switch it off only for a laboratory; ca_path is the better way.
      - Without it, the value of VEEAM_EM_VALIDATE_CERTS.
    type: bool
    default: true
  ca_path:
    description:
      - File with certificates of authorities to trust, or folder prepared by openssl rehash.
      - It takes precedence over REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE.
      - Without it, the value of VEEAM_EM_CA_PATH.
    type: path
  client_cert:
    description:
      - File with a client certificate in PEM form, with or without its key.
      - Without it, the value of VEEAM_EM_CLIENT_CERT.
    type: path
  client_key:
    description:
      - File with the key of client_cert in PEM form, where it is not in the same file.
      - Without it, the value of VEEAM_EM_CLIENT_KEY.
    type: path
  timeout:
    description:
      - Seconds that the server may keep silent before a request is given up.
      - Without it, the value of VEEAM_EM_TIMEOUT.
    type: int
    default: 60
  retries:
    description:
      - How often a request that reads, logs on or logs out is tried again after a broken connection or the HTTP statuses 429,
        502, 503 and 504, with growing pauses.
      - A Retry-After of up to 30 seconds is honoured; a longer one fails at once.
      - Without it, the value of VEEAM_EM_RETRIES.
    type: int
    default: 3
  kinds:
    description:
      - Which sessions to look at. backup holds those of agents and file shares as well.
    type: list
    elements: str
    choices:
      - backup
      - agent_backup
      - nas_backup
      - replica
      - restore
      - system
      - backup_task
      - replica_task
      - cdp_replica
      - cdp_replica_task
      - cloud_failover
    default: [backup]
  events:
    description:
      - Which events to deliver. What happens without being delivered is known all the same, and is not delivered later.
    type: list
    elements: str
    choices: [started, finished, failed, warning, over_running, persistently_failed]
    default: [started, finished, failed, warning, over_running, persistently_failed]
  job_name:
    description:
      - Only events of sessions whose job or policy has a name that fits one of these patterns (*, ? and [seq], in any case of
        letters).
      - Not for kinds whose sessions name no job.
    type: list
    elements: str
  interval:
    description:
      - Seconds between two looks. Each look takes two queries for each of kinds.
    type: int
    default: 60
  since:
    description:
      - >-
        How far the very first look reaches back: an ISO 8601 time, or an age such as 12h.
      - Without it, what ended before the first look is history, and what runs then is known to run. With a cursor file there is
        no first look.
    type: str
  max_duration:
    description:
      - How long a session may take, as an age such as 8h or as a number of seconds; one that takes longer makes the event
        over_running. Without it there is no such event.
      - >-
        Sessions that are meant to run on make none: those of copy jobs and CDP policies, and idle ones.
    type: str
  persistent_after:
    description:
      - How many runs of a job have to fail, without a success in between, to make the event persistently_failed.
    type: int
    default: 2
  cursor_file:
    description:
      - File in which the source keeps what it has delivered. It belongs to this host and these kinds, and to one source.
      - By default a file named after both, in $XDG_STATE_HOME/backupops.veeam_em or ~/.local/state/backupops.veeam_em.
    type: path
"""

EXAMPLES = r"""
- name: The sessions of one Enterprise Manager
  hosts: all
  sources:
    - name: sessions
      backupops.veeam_em.em_sessions:
        hostname: em.example.com
        username: EXAMPLE\backup-reader
        password: "{{ em_password }}"
        ca_path: /etc/pki/em-ca.pem
        kinds: [backup, replica]
        events: [failed, over_running, persistently_failed]
        job_name: ["SQL *", "Exchange *"]
        max_duration: 8h
        persistent_after: 3
  rules:
    - name: A job fails run after run
      condition: event.event == "persistently_failed"
      action:
        debug:
          msg: "{{ event.job_name }} has failed {{ event.failures }} times: {{ event.message }}"
"""

_COLLECTION = "ansible_collections.backupops.veeam_em"
_LOG = logging.getLogger("backupops.veeam_em.em_sessions")

Result = t.TypeVar("Result")


class Queue(t.Protocol):
    """Where events go to."""

    async def put(self, event: dict[str, t.Any]) -> None:
        """Take one event; waits while there is no room."""


class EmSessions:
    """One source at work. feedback: gets something each time when the engine has taken an event in, where it does that."""

    def __init__(
        self,
        queue: Queue,
        feedback: asyncio.Queue[t.Any] | None,
        cursor: Cursor,
        make_looks: Callable[[Callable[[float], t.Any]], Looks],
        due: Due,
        patience: Patience,
    ) -> None:
        self._queue = queue
        self._feedback = feedback
        self._cursor = cursor
        self._closing = threading.Event()
        self._looks = make_looks(self._closing.wait)
        self._due = due
        self._patience = patience

    async def run(self, interval: float) -> None:
        """Look every so many seconds, until it is cancelled or nothing helps any more. Logs out at the end."""
        try:
            register = await self._in_thread(self._cursor.load)
            while True:
                register, pause = await self._look(register, interval)
                self._log(logging.INFO, *self._looks.warnings)
                self._looks.warnings.clear()
                await asyncio.sleep(pause)
        finally:
            self._closing.set()
            await self._in_thread(self._looks.close)
            self._log(logging.INFO, *self._looks.warnings)

    async def _look(self, register: Register | None, interval: float) -> tuple[Register | None, float]:
        """Look once and deliver what is due; return what is known then, and the seconds until the next look."""
        try:
            begun, seen = await self._in_thread(self._looks.look, register)
        except Exception as error:  # which ones are to be waited through is for the patience to say
            pause, words = self._patience.after_failure(error)
            self._log(logging.WARNING, words)
            return register, pause
        self._log(logging.WARNING, self._patience.after_success())
        if register is None:
            await self._in_thread(self._cursor.save, begun)  # whatever comes now, this was the first look
        begun.drop(seen.gone)
        for session in seen.sessions:
            await self._deliver(session, begun, seen)
        begun.finish_look(seen.now)
        await self._in_thread(self._cursor.save, begun)
        return begun, interval

    async def _deliver(self, session: Session, register: Register, seen: Seen) -> None:
        """Hand over the events of a session that are due. Only what was handed over is noted, and at once."""
        for name in self._due.names(session, register):
            event = self._due.event(session, name, register)
            if event is not None:
                await self._queue.put(event)
                if self._feedback is not None:
                    await self._feedback.get()
            register.tell(session, name)
            if event is not None:
                await self._in_thread(self._cursor.save, register)
        register.conclude(session, seen.now)

    async def _in_thread(self, function: Callable[..., Result], *arguments: t.Any) -> Result:
        """Return what a function returns that blocks. When this is cancelled, the function is waited for: it uses the client."""
        work = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self._closing.set()
            await asyncio.gather(work, return_exceptions=True)
            raise

    @staticmethod
    def _log(level: int, *messages: str | None) -> None:
        for message in messages:
            if message is not None:
                _LOG.log(level, "%s", message)


def _find_collection() -> None:
    """Let this Python find the collection, as Ansible itself does it. Raises ImportError, which says what to do."""
    if _COLLECTION in sys.modules:
        return
    try:
        from ansible.plugins.loader import init_plugin_loader
    except ImportError as exc:
        raise ImportError(
            f"The event source backupops.veeam_em.em_sessions needs ansible-core, which {sys.executable} does not have: {exc}."
            f" Install it for that interpreter, for example with '{sys.executable} -m pip install ansible-core'."
        ) from exc
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # another source may have called it before, of which it warns
        init_plugin_loader()


async def main(queue: Queue, args: Mapping[str, t.Any]) -> None:
    """Deliver events for as long as the rulebook runs. args: the options. Raises an error that says what to do."""
    _find_collection()
    from ansible_collections.backupops.veeam_em.plugins.plugin_utils import (
        _events_cursor,
        _events_due,
        _events_look,
        _events_options,
        _events_patience,
    )

    wishes = _events_options.wishes_of(args, os.environ)
    if wishes.connection.scheme == "http":
        _LOG.warning("The option scheme is http: the password and the token cross the network unencrypted.")
    with _events_cursor.Cursor(wishes.cursor_file, wishes.identity) as cursor:
        source = EmSessions(
            queue,
            args.get(_events_options.FEEDBACK_QUEUE),
            cursor,
            lambda sleep: _events_look.Looks(wishes, sleep),
            _events_due.Due(wishes),
            _events_patience.Patience(wishes.connection.hostname, wishes.interval),
        )
        await source.run(wishes.interval)


if __name__ == "__main__":
    # by itself, with the connection in the environment, it shows the events of backup sessions until Ctrl-C

    class MockQueue:
        """Shows the events instead of passing them on."""

        async def put(self, event: dict[str, t.Any]) -> None:
            """Show one event."""
            print(event, flush=True)

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(MockQueue(), {"interval": 5}))
