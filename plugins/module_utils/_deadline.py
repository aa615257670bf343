# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""The head of an answer, status and headers, has to come as a whole within the timeout.

PRIVATE to the collection: everything here may change without notice.
The timeout of the library is for each single read of the socket: by it, a head that drips a byte a minute is waited for all day.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _libraries


class Hurried(io.RawIOBase):
    """What a socket brings, up to a deadline that can be lifted. Raises TimeoutError after it."""

    def __init__(self, raw: t.Any, sock: socket.socket) -> None:
        super().__init__()
        self._raw = raw
        self._sock = sock
        self._patience = sock.gettimeout()
        self._until: float | None = None
        self.hurry()

    def hurry(self) -> None:
        """From now on all reads together have the time of one."""
        if self._patience is not None:
            self._until = time.monotonic() + self._patience

    def lift(self) -> None:
        """From now on each read has the whole time again."""
        if self._until is not None and not self.closed:
            self._sock.settimeout(self._patience)
        self._until = None

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: t.Any) -> int | None:
        """Read what is there, as io.RawIOBase does."""
        if self._until is not None:
            left = self._until - time.monotonic()
            if left <= 0:
                raise socket.timeout("timed out")
            self._sock.settimeout(left)
        count: int | None = self._raw.readinto(buffer)
        return count

    def fileno(self) -> int:
        """Return the number of the socket."""
        number: int = self._raw.fileno()
        return number

    def close(self) -> None:
        """Give the socket up."""
        self._raw.close()
        super().close()


class PromptResponse(http.client.HTTPResponse):
    """An answer whose head has a deadline: the timeout that the socket has when it begins."""

    def __init__(self, sock: socket.socket, *args: t.Any, **kwargs: t.Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._head = Hurried(self.fp.detach(), sock)
        self.fp = io.BufferedReader(self._head)

    def begin(self) -> None:
        """Read the head."""
        super().begin()
        self._head.lift()

    def read1(self, n: int = -1) -> bytes:
        """Read what is there of the body. The sizes of chunks and what may follow the last one are to come as promptly."""
        self._head.hurry()
        try:
            return super().read1(n)
        finally:
            self._head.lift()


def prompt_adapter() -> t.Any:
    """Return the adapter of requests whose answers are such ones, through a proxy as well."""
    adapters, urllib3 = _libraries.library("requests.adapters", "requests"), _libraries.library("urllib3", "urllib3")

    def prompt(pool: t.Any) -> t.Any:
        connection = type("PromptConnection", (pool.ConnectionCls,), {"response_class": PromptResponse})
        return type("PromptPool", (pool,), {"ConnectionCls": connection})

    pools = {"http": prompt(urllib3.HTTPConnectionPool), "https": prompt(urllib3.HTTPSConnectionPool)}

    adapter = adapters.HTTPAdapter()
    proxy_manager_for = adapter.proxy_manager_for

    def prompt_proxy_manager_for(*args: t.Any, **kwargs: t.Any) -> t.Any:
        manager = proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = pools
        return manager

    adapter.poolmanager.pool_classes_by_scheme = pools
    adapter.proxy_manager_for = prompt_proxy_manager_for
    return adapter
