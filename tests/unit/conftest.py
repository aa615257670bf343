# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures: simulated EMs on this host, each as new for every test, and an environment without influence."""

from __future__ import annotations

import importlib.util
import os
import typing as t

import pytest

from ansible_collections.backupops.veeam_em.roles.mock_em.files.em_mock import MockEm, Settings
from ansible_collections.backupops.veeam_em.tests.unit.support import Pauses

_INFLUENCES = ("PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT", "NETRC", "VEEAM_EM_")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the environment of the test run could change."""
    for name in list(os.environ):
        if any(part in name.upper() for part in _INFLUENCES):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _managed_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let modules run as where Ansible sends them.

    Once something of the controller, such as a filter, has been imported, ansible-core 2.19 and newer takes the process for a
    controller, in which modules print their warnings instead of returning them.
    """
    if importlib.util.find_spec("ansible.module_utils._internal"):
        monkeypatch.setattr("ansible.module_utils._internal.is_controller", False, raising=False)  # 2.18 has the package only


def _running(**values: t.Any) -> t.Iterator[MockEm]:
    with MockEm(Settings(**values)) as em:
        yield em


def _as_new(em: MockEm) -> MockEm:
    """Return a server as it was at its start: settings are what a reset leaves alone."""
    for name in ("em_version", "answer", "bom", "idle_timeout", "task_seconds", "stop_seconds"):
        setattr(em.settings, name, getattr(Settings(), name))
    em.reset()
    return em


@pytest.fixture(scope="session")
def _small_server() -> t.Iterator[MockEm]:
    yield from _running(dataset="small")


@pytest.fixture(scope="session")
def _empty_server() -> t.Iterator[MockEm]:
    yield from _running(dataset="empty")


@pytest.fixture(scope="session")
def _tls_server(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[MockEm]:
    folder = tmp_path_factory.mktemp("certificates")
    yield from _running(dataset="empty", tls=True, certificate_directory=str(folder))


@pytest.fixture
def small_em(_small_server: MockEm) -> MockEm:
    """A simulated EM with some forty sessions of every sort."""
    return _as_new(_small_server)


@pytest.fixture
def em(_empty_server: MockEm) -> MockEm:
    """A simulated EM without any session."""
    return _as_new(_empty_server)


@pytest.fixture
def tls_em(_tls_server: MockEm) -> MockEm:
    """A simulated EM without any session that speaks TLS, its authority's certificate in ca_path."""
    return _as_new(_tls_server)


@pytest.fixture
def pauses(em: MockEm) -> Pauses:
    """The pauses of a client of the fixture em."""
    return Pauses(em)
