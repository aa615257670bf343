# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One request and its answer: the representation that is asked for, and the server's clock."""

from __future__ import annotations

import time

import pytest

from ansible_collections.backupops.veeam_em.plugins.module_utils import _errors as errors
from ansible_collections.backupops.veeam_em.plugins.module_utils._client import EmClient
from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm
from ansible_collections.backupops.veeam_em.tests.unit.support import client_of, sent

READ = "backupSessions?format=Entity"
XML, JSON = "application/xml", "application/json"


def read(client: EmClient) -> int:
    with client.get(READ, "Cannot read") as answer:
        return answer.status


def media_of(client: EmClient) -> str | None:
    with client.get(READ, "Cannot read") as answer:
        return answer.media


def accepted(em: MockEm) -> list[str]:
    return [entry.accept for entry in em.requests]


# -- representations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media_type", "answer", "expected"),
    [
        ("auto", "asked", [XML, XML, XML]),
        ("xml", "asked", [XML, XML, XML]),
        ("json", "asked", [JSON, JSON, JSON]),
        ("auto", "json", [XML, JSON, JSON]),
        ("json", "json", [JSON, JSON, JSON]),
    ],
)
def test_exactly_one_representation_is_asked_for(em: MockEm, media_type: str, answer: str, expected: list[str]) -> None:
    em.settings.answer = answer
    with client_of(em, media_type=media_type) as client:
        assert media_of(client) == expected[1].rpartition("/")[2]
        assert client.reads_json is (expected[1] == JSON)
    assert accepted(em) == expected


@pytest.mark.parametrize("status", [406, 415])
def test_a_server_that_does_not_offer_xml_is_asked_for_json(em: MockEm, status: int) -> None:
    em.faults.add(kind="status", status=status, method="POST", times=1)
    with client_of(em) as client:
        assert media_of(client) == "json"
    assert accepted(em) == [XML, JSON, JSON, JSON]


@pytest.mark.parametrize("status", [406, 415])
def test_a_server_that_offers_neither_is_not_asked_for_ever(em: MockEm, status: int) -> None:
    em.faults.add(kind="status", status=status)
    with pytest.raises(errors.ProtocolViolation):
        client_of(em).__enter__()
    assert accepted(em) == [XML, JSON]


def test_a_change_to_json_in_mid_task(em: MockEm) -> None:
    with client_of(em) as client:
        em.settings.answer = "json"
        assert [media_of(client), media_of(client)] == ["json", "json"]
    assert accepted(em) == [XML, XML, JSON, JSON]


def test_an_error_in_json_does_not_change_the_representation(em: MockEm) -> None:
    with client_of(em) as client:
        em.faults.add(kind="body", status=400, body="{}", content_type="application/json", path="backupSessions", times=1)
        assert [read(client), read(client)] == [400, 200]
        assert client.reads_json is False


def test_json_where_only_xml_was_wanted_is_refused(em: MockEm) -> None:
    em.settings.answer = "json"
    with pytest.raises(errors.ProtocolViolation, match="media_type auto or json"):
        client_of(em, media_type="xml").__enter__()


def test_json_in_mid_task_where_only_xml_was_wanted_is_refused(em: MockEm) -> None:
    with client_of(em, media_type="xml") as client:
        em.settings.answer = "json"
        with pytest.raises(errors.ProtocolViolation, match="media_type auto or json") as caught:
            client.get(READ, "Cannot read")
        em.settings.answer = "asked"
    assert (caught.value.status, caught.value.path) == (200, "/api/backupSessions")
    assert em.logon_sessions == []


# -- the clock ---------------------------------------------------------------------------------------------------------


def test_the_clock_is_that_of_the_server(em: MockEm) -> None:
    em.clock.advance(-400 * 86400)
    with client_of(em) as client:
        assert abs(client.now() - em.clock.now().timestamp()) < 5
        before = len(em.requests)
        client.learn_clock()
        assert len(em.requests) == before


def test_the_clock_is_ours_before_the_server_was_heard(em: MockEm) -> None:
    client = client_of(em, session_token="x")
    assert abs(client.now() - time.time()) < 5


def test_the_clock_is_learnt_by_one_request_without_the_token(em: MockEm) -> None:
    em.clock.advance(86400)
    client = client_of(em, session_token="x")
    client.learn_clock()
    client.learn_clock()
    assert sent(em, "GET") == [""]
    assert "x-restsvcsessionid" not in em.requests[0].headers
    assert abs(client.now() - em.clock.now().timestamp()) < 5
