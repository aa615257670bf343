# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's options, and its life from the ready file to SIGTERM."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from .mock import MockEm
from .settings import ANSWERS, DATASETS, EM_VERSIONS, Settings, User


def options() -> argparse.ArgumentParser:
    """The command line."""
    defaults = Settings()
    parser = argparse.ArgumentParser(prog="em_mock", description="A simulated Veeam Backup Enterprise Manager.")
    parser.add_argument("--host", default=defaults.host, help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=defaults.port, help="port to listen on, 0: any free one (%(default)s)")
    parser.add_argument("--tls", action="store_true", help="HTTPS with a certificate made on the fly")
    parser.add_argument("--certificate-directory", metavar="DIR", help="where ca.pem and the certificate are written")
    parser.add_argument("--certificate", metavar="FILE", help="key and certificate (PEM) to show as they are")
    parser.add_argument("--dataset", choices=DATASETS, default=defaults.dataset, help="which sessions (%(default)s)")
    parser.add_argument("--sessions", type=int, default=0, metavar="N", help="how many backup sessions, when generated")
    parser.add_argument("--seed", type=int, default=defaults.seed, help="the same seed, the same data (%(default)s)")
    parser.add_argument("--em-version", type=int, choices=EM_VERSIONS, default=defaults.em_version, help="(%(default)s)")
    parser.add_argument("--answer", choices=ANSWERS, default=defaults.answer, help="json: whatever was asked for")
    parser.add_argument("--bom", action="store_true", help="begin bodies with a byte order mark")
    parser.add_argument("--idle-timeout", type=float, default=defaults.idle_timeout, metavar="SECONDS", help="of logons")
    parser.add_argument("--task-seconds", type=float, default=defaults.task_seconds, metavar="SECONDS", help="(%(default)s)")
    parser.add_argument("--stop-seconds", type=float, default=defaults.stop_seconds, metavar="SECONDS", help="(%(default)s)")
    parser.add_argument("--user", action="append", default=[], metavar="NAME:PASSWORD:ROLE", help="may be repeated")
    parser.add_argument("--users-file", metavar="FILE", help="JSON: [{name, password, role}], so that ps shows no password")
    parser.add_argument("--replay", action="append", default=[], metavar="PATH=FILE", help="may be repeated")
    parser.add_argument("--ready-file", metavar="FILE", help="JSON {url, port, ca_path, pid}, written when it listens")
    parser.add_argument("--lifetime", type=float, metavar="SECONDS", help="end by itself after this time")
    return parser


def read_user(text: str) -> User:
    """``NAME:PASSWORD:ROLE``; the password may contain colons."""
    name, first, rest = text.partition(":")
    password, second, role = rest.rpartition(":")
    if not first or not second:
        raise ValueError(f"--user must be NAME:PASSWORD:ROLE, not {text!r}")
    return User(name, password, role)


def read_settings(given: argparse.Namespace) -> Settings:
    """Settings from the command line; ValueError or OSError for what cannot be."""
    users: list[User] = [read_user(text) for text in given.user]
    if given.users_file:
        users += [User(**user) for user in json.loads(Path(given.users_file).read_text(encoding="utf-8"))]
    settings = Settings(
        host=given.host,
        port=given.port,
        tls=given.tls,
        certificate_directory=given.certificate_directory,
        certificate=given.certificate,
        dataset=given.dataset,
        sessions=given.sessions,
        seed=given.seed,
        em_version=given.em_version,
        answer=given.answer,
        bom=given.bom,
        idle_timeout=given.idle_timeout,
        task_seconds=given.task_seconds,
        stop_seconds=given.stop_seconds,
    )
    if users:
        settings.users = users
    return settings


def add_replays(mock: MockEm, replays: Sequence[str]) -> None:
    """Recorded answers, each ``PATH=FILE``; a query in the path may contain equals signs, the file name may not."""
    for text in replays:
        path, equals, file = text.rpartition("=")
        if not equals:
            raise ValueError(f"--replay must be PATH=FILE, not {text!r}")
        mock.replay.add(path, file=file)


def write_ready_file(path: Path, mock: MockEm) -> None:
    """Say how to reach it, in one go: who sees the file sees all of it."""
    facts = {"url": mock.url, "port": mock.port, "ca_path": mock.ca_path, "pid": os.getpid()}
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(facts) + "\n", encoding="utf-8")
    draft.replace(path)


def hint(mock: MockEm) -> str:
    """One line: where it listens and how to point the collection at it."""
    trust = f" VEEAM_EM_CA_PATH={mock.ca_path}" if mock.ca_path else " VEEAM_EM_SCHEME=http"
    user = mock.settings.users[0].name
    return (
        f"Simulated Enterprise Manager at {mock.url}/api/ - use it with "
        f"VEEAM_EM_HOSTNAME=localhost VEEAM_EM_PORT={mock.port}{trust} VEEAM_EM_USERNAME={user}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until SIGTERM, SIGINT or the end of its lifetime; returns the exit code: 2 when it cannot start."""
    given = options().parse_args(arguments)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *dummy: ended.set())
    try:
        mock = MockEm(read_settings(given))
        add_replays(mock, given.replay)
    except (ValueError, TypeError, OSError, RuntimeError) as error:
        print(f"em_mock: {error}", file=sys.stderr)
        return 2
    ready_file = Path(given.ready_file) if given.ready_file else None
    with mock:
        print(hint(mock), flush=True)
        if ready_file is not None:
            write_ready_file(ready_file, mock)
        ended.wait(given.lifetime)
    if ready_file is not None:
        ready_file.unlink(missing_ok=True)
    return 0
