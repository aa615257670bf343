# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Given bodies for given paths, answered as they are before anything else."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Optional

from .faults import api_path
from .messages import Answer, Request

Key = tuple[str, str, Optional[str]]


class Replay:
    """Recorded answers by method and path, with the query or for any. The last one added wins. Safe under threads."""

    def __init__(self) -> None:
        self._answers: dict[Key, Answer] = {}
        self._lock = threading.Lock()

    def add(
        self,
        path: str,
        body: bytes | str | None = None,
        file: str | Path | None = None,
        method: str = "GET",
        status: int = 200,
        content_type: str | None = None,
    ) -> None:
        """Answer ``method path`` with this body, or with what the file holds now.

        A path with a query (``/api/query?type=Job``) is answered only with exactly that raw query, one without for all.
        The content type is told from the body where it is not given. OSError when the file cannot be read.
        """
        content = Path(file).read_bytes() if file is not None else body or b""
        content = content.encode("utf-8") if isinstance(content, str) else content
        bare_path, question, raw_query = path.partition("?")
        key = (method.upper(), _normal(bare_path), raw_query if question else None)
        answer = Answer(status, content, content_type or _guess(content))
        with self._lock:
            self._answers[key] = answer

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._answers.clear()

    def find(self, request: Request) -> Answer | None:
        """The recorded answer for this request, one with its very query first, or None."""
        path = _normal(request.path)
        with self._lock:
            return self._answers.get((request.method, path, request.raw_query)) or self._answers.get((request.method, path, None))


def _normal(path: str) -> str:
    return api_path(path).rstrip("/")


def _guess(content: bytes) -> str:
    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    return "application/json" if start in (b"{", b"[") else "application/xml"
