# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cursor file: what an event source knows, kept across restarts.

PRIVATE to the collection: everything here may change without notice.
The file is replaced as a whole, so that whoever is killed at any moment leaves either the old one or the new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pathlib
import re
import types
import typing as t

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors
from ansible_collections.backupops.veeam_em.plugins.plugin_utils import _events_register

_FORMAT = "backupops.veeam_em.em_sessions 1"
_LONGEST_NAME = 200
_WAY_OUT = "Name another file by the option cursor_file, or move this one away: the source then begins anew, from its next look on."


def default_path(identity: t.Mapping[str, t.Any], environment: t.Mapping[str, str]) -> str:
    """Return the path of the cursor file of a source that names none. identity: whose events it is about."""
    home = environment.get("XDG_STATE_HOME") or ""
    # as its specification has it, a relative path there counts for nothing
    state = pathlib.Path(home) if home.startswith("/") else pathlib.Path("~/.local/state").expanduser()
    words = f"{identity['em']}_{'_'.join(identity['kinds'])}"
    name = re.sub(r"[^\w.-]", "_", words)
    if len(name) > _LONGEST_NAME:
        name = f"{name[:_LONGEST_NAME]}_{hashlib.sha256(words.encode()).hexdigest()[:12]}"
    return str(state / "backupops.veeam_em" / f"em_sessions_{name}.json")


class Cursor:
    """The cursor file of one source, which nobody else may use meanwhile: a context manager.

    identity: whose events it is about. Raises BadRequest, which names the way out, where the file cannot be used.
    """

    def __init__(self, path: str, identity: t.Mapping[str, t.Any]) -> None:
        self._path = pathlib.Path(path)
        self._identity = dict(identity)
        self._lock: int | None = None

    def __enter__(self) -> Cursor:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = os.open(self._beside(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as exc:
            raise self._unusable("cannot be used", exc) from exc
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            self.__exit__()
            if not isinstance(exc, BlockingIOError):
                raise self._unusable("cannot be locked", exc) from exc
            raise _errors.BadRequest(
                f"The cursor file {self._path} is in use by another source. Each source needs its own: name one by cursor_file."
            ) from exc
        return self

    def __exit__(
        self,
        dummy: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: types.TracebackType | None = None,
    ) -> None:
        if self._lock is not None:
            os.close(self._lock)  # which unlocks it
            self._lock = None

    def load(self) -> _events_register.Register | None:
        """Return what was known, None where there is no file yet."""
        content = self._content()
        if content is None:
            return None
        found = {name: content.get(name) for name in self._identity}
        if found != self._identity:
            raise self._unusable(
                "belongs to another source",
                f"it is about {_errors.shortened(str(found), 200)}, this source is about {self._identity}",
            )
        try:
            return _events_register.register_of(content)
        except ValueError as exc:
            raise self._unusable("is damaged, or is none", exc) from exc

    def _content(self) -> dict[str, t.Any] | None:
        """Return what is in the file, None where there is none. Raises BadRequest unless it is a cursor file."""
        try:
            content = json.loads(self._path.read_bytes())
            if not isinstance(content, dict) or content.get("format") != _FORMAT:
                raise ValueError(f"it does not say that it has the format {_FORMAT!r}")
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise self._unusable("cannot be read", exc) from exc
        except (ValueError, RecursionError) as exc:
            raise self._unusable("is damaged, or is none", exc) from exc
        return content

    def save(self, register: _events_register.Register) -> None:
        """Keep what is known; when this returns, it is on the disk."""
        body = json.dumps({"format": _FORMAT, **self._identity, **register.content()}, separators=(",", ":")).encode()
        fresh = self._beside(".new")
        try:
            file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(file, "wb") as stream:
                stream.write(body)
                stream.flush()
                os.fsync(stream.fileno())
            fresh.replace(self._path)
            folder = os.open(self._path.parent, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as exc:
            raise _errors.BadRequest(
                f"The cursor file {self._path} cannot be written: {exc.strerror}. Make room for it, or name another file by the"
                " option cursor_file; without it, events would be delivered again."
            ) from exc

    def _beside(self, ending: str) -> pathlib.Path:
        return self._path.with_name(self._path.name + ending)

    def _unusable(self, how: str, why: Exception | str) -> _errors.BadRequest:
        reason = why.strerror if isinstance(why, OSError) else why
        return _errors.BadRequest(f"The cursor file {self._path} {how}: {reason}. {_WAY_OUT}")
