# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that cannot keep a secret: it repeats the credentials and the token that a request brought."""

from __future__ import annotations

import base64
import binascii
import json
from xml.sax.saxutils import escape

from .auth import read_credentials
from .exchange import Exchange
from .faults import Fault
from .messages import Answer, Refusal, Request

TOLD = "{told}"
"""In the body and in the headers of the fault this stands for what is repeated."""
QUOTES = {'"': "&quot;", "'": "&apos;"}


def told(request: Request) -> str:
    """The secrets of a request: credentials and token, each as it came and as it can be read."""
    credentials = request.headers.get("authorization", "")
    token = request.token or ""
    words = (credentials, ":".join(read_credentials(credentials) or ()), token, _readable(token))
    return " ".join(word for word in words if word)


def mirror(exchange: Exchange, fault: Fault) -> Answer:
    """The fault's answer with the secrets in it; without a body of its own an Error that says them, with status 500."""
    secrets = told(exchange.request)
    status = fault.status or 500
    headers = {name: value.replace(TOLD, secrets) for name, value in fault.headers.items()}
    if fault.content is None:
        return exchange.refuse(Refusal(status, secrets, headers))
    content_type = (fault.content_type or exchange.renderer.content_type).replace(TOLD, secrets)
    escaped = json.dumps(secrets)[1:-1] if "json" in content_type else escape(secrets, QUOTES)
    body = fault.content.replace(TOLD.encode("ascii"), escaped.encode("utf-8"))
    return Answer(status, body, content_type, headers)


def _readable(token: str) -> str:
    try:
        return base64.b64decode(token, validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return ""
