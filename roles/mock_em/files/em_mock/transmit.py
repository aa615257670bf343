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
ENDLESS_BYTES = 64 * 1024

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


def head(answer: Answer, length: int | None, now: datetime) -> bytes:
    """Status line and headers, with the server's own Date; 204 has neither type nor length. Length None: until the end."""
    lines = [
        f"HTTP/1.1 {answer.status} {reason(answer.status)}",
        "Server: Microsoft-HTTPAPI/2.0",
        f"Date: {format_datetime(now, usegmt=True)}",
    ]
    if answer.status != 204:
        lines.append("Connection: close" if length is None else f"Content-Length: {length}")
        if answer.body:
            lines.append(f"Content-Type: {answer.content_type}")
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def transmit(send: Send, answer: Answer, now: datetime, fault: Fault | None) -> None:
    """Send the answer; raises BrokenOff when a fault ends the connection."""
    body = answer.body
    start = head(answer, len(body), now)
    if fault is None:
        send(start + body)
    elif fault.kind == "lose_answer":
        raise BrokenOff(reset=True)
    elif fault.kind == "truncate":
        part = _part(body, fault)
        send(head(answer, len(part) if fault.clean_end else len(body), now) + part)
        raise BrokenOff(reset=False)
    elif fault.kind == "endless":
        _repeat(send, head(answer, None, now) + body, body[-fault.size :] if fault.size else body)
    elif fault.kind == "drip":
        _drip(send, start, body, fault)
    else:
        _interrupt(send, start, body, fault)


def _part(body: bytes, fault: Fault) -> bytes:
    return body[: len(body) // 2 if fault.size is None else fault.size]


def _interrupt(send: Send, start: bytes, body: bytes, fault: Fault) -> None:
    """Send up to the moment of the fault; then reset the connection, or wait and send the rest."""
    lengths = {"head": len(start) // 2, "headers": len(start), "body": len(start) + len(_part(body, fault))}
    whole = start + body
    length = lengths[fault.when]
    send(whole[:length])
    if fault.kind == "delay":
        time.sleep(fault.seconds)
        send(whole[length:])
    else:
        time.sleep(ARRIVAL_SECONDS)
        raise BrokenOff(reset=True)


def _drip(send: Send, start: bytes, body: bytes, fault: Fault) -> None:
    """Send the body in small pieces, or with the moment ``head`` the head."""
    before, slow, after = (b"", start, body) if fault.when == "head" else (start, body, b"")
    size = fault.size or max(1, len(slow) // DRIP_PIECES)
    send(before)
    for place in range(0, len(slow), size):
        time.sleep(fault.seconds)
        send(slow[place : place + size])
    send(after)


def _repeat(send: Send, beginning: bytes, piece: bytes) -> None:
    """Send a piece again and again, until the client goes away."""
    send(beginning)
    many = piece * (ENDLESS_BYTES // max(1, len(piece)) + 1)
    while many:
        send(many)
