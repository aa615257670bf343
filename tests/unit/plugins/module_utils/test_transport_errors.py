# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes wrong below HTTP: each error is told as what it is, with the cause at its bottom."""

from __future__ import annotations

import dataclasses
import pathlib
import typing as t
import warnings

import pytest
import requests
import urllib3

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._answer import Answer
from ansible_collections.backupops.veeam_em.plugins.module_utils._transport import Transport
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses, connection_to

POOL = urllib3.HTTPConnectionPool("em.example.com")


def transport_to(em: MockEm, **changes: t.Any) -> Transport:
    return Transport(dataclasses.replace(connection_to(em), **{"retries": 0, **changes}), Pauses())


def get(transport: Transport) -> Answer:
    return transport.send("GET", "", {"Accept": "application/xml"}, safe=True)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (requests.exceptions.ConnectTimeout("too late"), errors.ConnectTimedOut),
        (requests.exceptions.ReadTimeout("too late"), errors.TimedOut),
        (requests.exceptions.ConnectionError("Read Timed Out."), errors.TimedOut),
        (requests.exceptions.ConnectionError("too late"), errors.ConnectionFailed),
    ],
)
def test_a_timeout_is_known_by_its_kind_or_by_its_words(em: MockEm, error: Exception, expected: type[errors.EmError]) -> None:
    assert transport_to(em).explained(error, "/api/").__class__ is expected


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError("gone"), "gone"),
        (OSError(OSError(OSError("gone"))), "gone"),
        (urllib3.exceptions.MaxRetryError(POOL, "/api/", OSError("gone")), "gone"),
        (OSError("<HTTPConnection(host='em')>: gone"), "gone"),
        (OSError("(<Connection object at 0x7f0c>: it is: gone"), "gone"),
        (OSError("no address: gone"), "no address: gone"),
    ],
)
def test_the_cause_at_the_bottom_is_told(em: MockEm, error: Exception, words: str) -> None:
    told = transport_to(em).explained(requests.exceptions.ConnectionError(error), "/api/")
    assert str(told) == f"The connection to 127.0.0.1:{em.port} broke: {words}. Check scheme and port."


def test_a_head_that_drips_is_given_up(em: MockEm, tls_em: MockEm) -> None:
    """Each piece comes in time, all of them together do not."""
    for server in (em, tls_em):
        server.faults.add(kind="drip", when="head", seconds=0.1)
        with pytest.raises(errors.TimedOut, match=r"within 0.4 s \(option timeout\)"):
            get(transport_to(server, timeout=0.4))


def test_without_validation_the_library_gives_no_warnings(tls_em: MockEm) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", urllib3.exceptions.InsecureRequestWarning)
        assert get(transport_to(tls_em, ca_path=None, validate_certs=False)).status == 200


def test_a_file_with_certificates_that_disappears_is_a_matter_of_the_options(tls_em: MockEm, tmp_path: pathlib.Path) -> None:
    authority = tmp_path / "authority.pem"
    authority.write_bytes(pathlib.Path(str(tls_em.ca_path)).read_bytes())
    transport = transport_to(tls_em, ca_path=str(authority))
    authority.unlink()
    with pytest.raises(errors.BadRequest, match=r"A file with certificates cannot be used: .*authority\.pem"):
        get(transport)
