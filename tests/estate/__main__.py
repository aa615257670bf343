# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`python -m ansible_collections.backupops.veeam_em.tests.estate FILE`: an empty server named em.example.com.

Its process id and the environment that leads to it are written into FILE, as JSON, when it listens. It ends by itself after a
quarter of an hour.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import signal
import threading

from .estate import Estate

LIFETIME = 900  # seconds


def main() -> int:
    """Serve until SIGTERM or for the lifetime."""
    parser = argparse.ArgumentParser(prog="estate", description="A simulated Enterprise Manager named em.example.com.")
    parser.add_argument("file", type=pathlib.Path, help="where pid and environment are written")
    file: pathlib.Path = parser.parse_args().file
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *dummy: ended.set())
    with Estate({"em.example.com": {"dataset": "empty"}}) as estate:
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps({"pid": os.getpid(), "environment": estate.environment}), encoding="utf-8")
        draft.replace(file)
        ended.wait(LIFETIME)
    file.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
