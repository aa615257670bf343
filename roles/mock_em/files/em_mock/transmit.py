# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending an answer over a connection: whole, or broken in the way that a fault asks for."""

from __future__ import annotations

import socket
import struct
import time
from datetime import datetime
from email.utils import format_datetime
from typing import Callable

from .faults import Fault
from .messages import Answer, reason

RESET_LINGER = struct.pack("ii", 1, 0)
"""Linger on, for no time: closing the socket then sends RST instead of FIN."""
ARRIVAL_SECONDS = 0.05
"""Before a reset, give what was sent the time to be read."""
DRIP_PIECES = 10

Send = Callable[[bytes], object]


class BrokenOff(Exception):
    """The connection is to be closed after this request, with a reset or not."""

    def __init__(self, reset: bool) -> None:
        super().__init__("broken off")
        self.reset = reset


def is_reset(connection: socket.socket) -> bool:
    """Whether closing this connection will reset it."""
    return connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(RESET_LINGER)) == RESET_LINGER


def prepare_reset(connection: socket.socket) -> None:
    """Have the connection reset when it is closed."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_LINGER)


def head(answer: Answer, length: int, now: datetime) -> bytes:
    """Status line and headers, with the server's own Date; 204 has neither type nor length."""
    lines = [
        f"HTTP/1.1 {answer.status} {reason(answer.status)}",
        "Server: Microsoft-HTTPAPI/2.0",
        f"Date: {format_datetime(now, usegmt=True)}",
    ]
    if answer.status != 204:
        lines.append(f"Content-Length: {length}")
        if answer.body:
            lines.append(f"Content-Type: {answer.content_type}")
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def transmit(send: Send, answer: Answer, now: datetime, fault: Fault | None) -> None:
    """Send the answer; raises BrokenOff when a fault ends the connection."""
    body = answer.body
    if fault is None:
        send(head(answer, len(body), now) + body)
        return
    part = body[: len(body) // 2 if fault.size is None else fault.size]
    if fault.kind == "lose_answer":
        raise BrokenOff(reset=True)
    if fault.kind == "truncate":
        send(head(answer, len(part) if fault.clean_end else len(body), now) + part)
        raise BrokenOff(reset=False)
    send(head(answer, len(body), now))
    if fault.kind == "drip":
        _drip(send, body, fault)
        return
    if fault.when == "body":
        send(part)
    time.sleep(ARRIVAL_SECONDS)
    raise BrokenOff(reset=True)


def _drip(send: Send, body: bytes, fault: Fault) -> None:
    size = fault.size or max(1, len(body) // DRIP_PIECES)
    for start in range(0, len(body), size):
        time.sleep(fault.seconds)
        send(body[start : start + size])
