# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compressed bodies, which nobody has asked for: none is ever unpacked."""

from __future__ import annotations

import gzip
import typing as t
import zlib

import pytest

from ansible_collections.backupops.veeam_em.tests.unit.attack import content as c
from ansible_collections.backupops.veeam_em.tests.unit.attack.hostile import HostileServer, Received, answer
from ansible_collections.backupops.veeam_em.tests.unit.attack.measured import MOST_MEMORY, Measurer

SIZE = 200 * 1024 * 1024


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """Two hundred megabytes of blanks before a session, in two hundred kilobytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(c.ROOT.encode())
    blanks = [packer.compress(b" " * (SIZE // 100)) for dummy in range(100)]
    return b"".join([head, *blanks, packer.compress(f"{c.ONE}{c.END}".encode()), packer.flush()])


def test_it_is_a_bomb(bomb: bytes) -> None:
    assert len(bomb) < SIZE / 500
    assert len(gzip.decompress(bomb)) > SIZE


@pytest.mark.parametrize(
    "encoding", ["gzip", "GZIP", "x-gzip", "deflate", "gzip, gzip", "br", "zstd", "compress", "nonsense", "x" * 9000]
)
def test_it_is_not_unpacked(measurer: Measurer, bomb: bytes, encoding: str) -> None:
    packed = bomb if "," not in encoding else gzip.compress(bomb)
    with HostileServer(c.always(packed, "xml", f"Content-Encoding: {encoding}")) as server:
        found = measurer.read(server)
    assert (found.kind, found.growth < MOST_MEMORY / 8, len(found.message) < 300) == ("protocol", True, True)
    found.names(f"in the encoding {encoding[:9]}")


@pytest.mark.parametrize(("status", "kind"), [(302, "protocol"), (401, "authentication"), (500, "server"), (503, "server")])
def test_nor_is_it_where_an_error_is_told(measurer: Measurer, bomb: bytes, status: int, kind: str) -> None:
    def attack(request: Received) -> t.Iterator[bytes]:
        return answer(
            [bomb], "xml", "Content-Encoding: gzip", "Location: /api/", f"Content-Length: {len(bomb)}", status=f"{status} x"
        )

    with HostileServer(attack) as server:
        found = measurer.read(server)
    assert (found.kind, found.growth < MOST_MEMORY / 8) == (kind, True)


@pytest.mark.parametrize("encoding", ["identity", "Identity", ""])
def test_what_is_not_packed_is_read(measurer: Measurer, encoding: str) -> None:
    with HostileServer(c.always(f"{c.ROOT}{c.ONE}{c.END}", "xml", f"Content-Encoding: {encoding}")) as server:
        assert measurer.read(server).count == 1


def test_a_packed_body_that_is_not_said_to_be_one(measurer: Measurer, bomb: bytes) -> None:
    with HostileServer(c.always(bomb)) as server:
        found = measurer.read(server)
    assert (found.kind, found.growth < MOST_MEMORY / 8) == ("protocol", True)
    found.names("XML is broken|no root element")
