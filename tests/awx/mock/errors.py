# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWX answers to a request that it does not do."""

from __future__ import annotations

import typing as t


class Refused(Exception):
    """A request is refused: status is that of HTTP, body the JSON of the answer."""

    def __init__(self, status: int, body: t.Mapping[str, t.Any]) -> None:
        super().__init__(f"{status} {dict(body)}")
        self.status = status
        self.body = body


def invalid(field: str, message: str) -> Refused:
    """Return the refusal of a field's value."""
    return Refused(400, {field: [message]})


def not_found() -> Refused:
    """Return the refusal of a path that leads nowhere."""
    return Refused(404, {"detail": "Not found."})
