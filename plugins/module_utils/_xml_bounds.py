# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""What XML is not read any further, because EM never sends the like and because it would fill memory.

PRIVATE to the collection: everything here may change without notice.
"""

from __future__ import annotations

import random
import re

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors

# EM sends no more than a declaration there.
MOST_BEFORE_ROOT = 64 * 1024
# A session takes 1 to 2 KB, its list some hundred MB for a hundred thousand of them. What is not yet a whole record is held in
# memory, at up to sixty times its size.
MOST_PER_RECORD = 3 * 512 * 1024
MOST_BYTES = 512 * 1024 * 1024
# An element's name, an attribute's, or a namespace. All of those of EM together take some 7 KB.
_NAME = re.compile(rb"""<[^\s/>!?]+|\s(?:xmlns[^=\s]*\s*=\s*["'][^"'>]*|[^\s=<>"'/]+(?=\s*=\s*["']))""")
_MOST_BYTES_OF_NAMES = 16 * 1024
_CHUNKS_PER_LOOK = 8
_BYTES_PER_LOOK = 2 * 1024

# Encodings in which a body's bytes do not tell what it says: EM uses none of them. The bytes are <?xm in EBCDIC.
_OBSCURE = re.compile(
    rb"""\x4c\x6f\xa7\x94|<\?xml[^>]*encoding\s*=\s*["'](?!utf-?(8|16|32)|iso-8859|windows-125|us-ascii)[^"']*["']""",
    re.IGNORECASE,
)

_DOCTYPE = re.compile(rb"<!\s*DOCTYPE", re.IGNORECASE)


class Names:
    """The different names in a body. The parser keeps each of them for good, so that ever new ones would fill memory.

    To look at one chunk of several is enough to find out, and costs little; nobody can know which.
    """

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    def look_at(self, chunk: bytes) -> None:
        """Raise ProtocolViolation when the body has far more of them than EM."""
        if random.randrange(_CHUNKS_PER_LOOK):
            return
        start = random.randrange(max(1, len(chunk) - _BYTES_PER_LOOK))
        # UTF-16 has them between the others
        piece = chunk[start : start + _BYTES_PER_LOOK].replace(b"\0", b"")
        # half a name would count as one more
        self._seen.update(_NAME.findall(piece, 0, piece.rfind(b">") if b">" in piece else len(piece)))
        if sum(map(len, self._seen)) > _MOST_BYTES_OF_NAMES:
            raise _errors.ProtocolViolation(
                "The server's XML has ever new names of elements, attributes or namespaces, which EM never sends."
            )


def check_size(total: int, pending: int) -> None:
    """Refuse a body that grows beyond what EM sends, in all or without a record: memory must not grow with it."""
    if pending > MOST_PER_RECORD:
        raise _errors.ProtocolViolation(f"The server's XML has no whole resource in {MOST_PER_RECORD} bytes, which EM never sends.")
    if total > MOST_BYTES:
        raise _errors.ProtocolViolation(
            f"The server's XML is larger than {MOST_BYTES} bytes. Select fewer sessions, by created_after for example."
        )


def check_prolog(head: bytes) -> None:
    """Raise ProtocolViolation for what EM never sends before the root element."""
    if _DOCTYPE.search(head):
        raise doctype()
    if _OBSCURE.match(head):
        raise _errors.ProtocolViolation("The server's XML is broken: it is in an encoding that EM does not use.")


def doctype() -> _errors.ProtocolViolation:
    return _errors.ProtocolViolation(
        "The server's XML has a document type declaration, which EM never sends and which can be an attack."
    )
