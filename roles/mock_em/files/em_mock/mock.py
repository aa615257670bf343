# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MockEm: the simulated Enterprise Manager in a thread of this process, for tests in Python."""

from __future__ import annotations

import ssl
import threading
from types import TracebackType
from typing import Any

from .auth import LogonSession
from .certificates import given_context, server_context
from .clock import Clock
from .faults import Faults
from .manager import EnterpriseManager, LogEntry
from .replay import Replay
from .server import EmServer
from .settings import Settings


class MockEm:
    """A context manager: listens from ``__enter__`` to ``__exit__``.

    >>> with MockEm(Settings(dataset="empty")) as em:
    ...     identity = em.add_session(job_name="SQL Backup", state="Working")
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.em = EnterpriseManager(self.settings)
        self.ca_path: str | None = None
        self._context = self._tls_context() if self.settings.tls else None
        self._server, self._thread = self._open(self.settings.port)

    def __enter__(self) -> MockEm:
        self.start()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to answer; the port is open since the object was made. After a stop it is the same port again."""
        if self._thread.ident is not None:
            self._server, self._thread = self._open(self.port)
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and close all connections. As in EM, logon sessions end with it, sessions do not."""
        self._server.stop()
        self._thread.join()
        with self.em.lock:
            self.em.logon_sessions.close_all()

    def _tls_context(self) -> ssl.SSLContext:
        if self.settings.certificate:
            return given_context(self.settings.certificate)
        context, ca_path = server_context(self.settings.certificate_directory)
        self.ca_path = str(ca_path)
        return context

    def _open(self, port: int) -> tuple[EmServer, threading.Thread]:
        """A server that listens, and the thread in which it will answer."""
        server = EmServer(self.em, self._context, port)
        return server, threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._server.port

    @property
    def url(self) -> str:
        """Scheme, host and port; the API is under ``/api/``, the control URL under ``/_mock/``."""
        return self._server.url

    @property
    def requests(self) -> list[LogEntry]:
        """The requests so far, live; ``clear()`` it to begin anew."""
        return self.em.requests

    @property
    def logon_sessions(self) -> list[LogonSession]:
        """The logon sessions that are open now."""
        with self.em.lock:
            return self.em.logon_sessions.all(self.em.clock.now())

    @property
    def clock(self) -> Clock:
        """The server's clock, to be advanced."""
        return self.em.clock

    @property
    def faults(self) -> Faults:
        """What is to go wrong."""
        return self.em.faults

    @property
    def replay(self) -> Replay:
        """Recorded answers."""
        return self.em.replay

    def add_session(self, kind: str = "backup", **values: Any) -> str:
        """Add a session, as :meth:`EnterpriseManager.add_session`; returns its id."""
        return self.em.add_session(kind, **values)

    def change_session(self, identity: str, kind: str = "backup", **values: Any) -> None:
        """Change a session, as :meth:`EnterpriseManager.change_session`."""
        self.em.change_session(identity, kind, **values)

    def remove_session(self, identity: str, kind: str = "backup") -> None:
        """Take a session away, as :meth:`EnterpriseManager.remove_session`."""
        self.em.remove_session(identity, kind)

    def add_job(self, **values: Any) -> str:
        """Add or change a job, as :meth:`EnterpriseManager.add_job`; returns its id."""
        return self.em.add_job(**values)

    def remove_job(self, identity: str) -> None:
        """Take a job away, as :meth:`EnterpriseManager.remove_job`."""
        self.em.remove_job(identity)

    def generate(self, count: int, seed: int = 1) -> None:
        """Add generated sessions, as :meth:`EnterpriseManager.generate`."""
        self.em.generate(count, seed)

    def reset(self) -> None:
        """Back to the start, as :meth:`EnterpriseManager.reset`."""
        self.em.reset()
