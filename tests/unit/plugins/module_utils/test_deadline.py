# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The head of an answer has a deadline, its body has none."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import typing as t

import pytest
import requests

from ansible_collections.backupops.veeam_em.plugins.module_utils._deadline import prompt_adapter

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n"
Serve = t.Callable[[socket.socket], None]


@contextlib.contextmanager
def server(serve: Serve) -> t.Iterator[str]:
    """Answer one request as told; the URL is what comes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            with contextlib.suppress(OSError):
                connected = listener.accept()[0]
                with connected:
                    connected.recv(65536)
                    serve(connected)

        threading.Thread(target=answer, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def drip(data: bytes, pause: float) -> Serve:
    def serve(connected: socket.socket) -> None:
        for start in range(0, len(data), 4):
            connected.sendall(data[start : start + 4])
            time.sleep(pause)

    return serve


def get(url: str, timeout: float, **settings: t.Any) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, prompt_adapter())
        return session.get(url, timeout=timeout, **settings)


def test_a_head_that_drips_is_given_up() -> None:
    """Each piece comes in time, all of them together do not."""
    with server(drip(HEAD, 0.2)) as where, pytest.raises(requests.exceptions.ReadTimeout):
        get(f"http://{where}/", 0.5)


def test_the_head_of_a_proxy_as_well() -> None:
    with server(drip(HEAD, 0.2)) as where, pytest.raises(requests.exceptions.RequestException, match="timed out"):
        get("https://em.invalid/", 0.5, proxies={"https": f"http://{where}"})


def test_a_body_may_take_longer() -> None:
    def serve(connected: socket.socket) -> None:
        connected.sendall(HEAD)
        drip(b"abcdef", 0.4)(connected)

    with server(serve) as where:
        assert get(f"http://{where}/", 0.6).content == b"abcdef"


def test_the_end_of_a_body_may_be_the_end_of_the_connection() -> None:
    """The socket is closed by then, and takes no timeout any more."""
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    with server(lambda connected: connected.sendall(head + b"abcdef")) as where:
        response = get(f"http://{where}/", 5, stream=True)
        original: t.Any = response.raw._original_response
        assert (original.read1(100), original.read1(100)) == (b"abcdef", b"")


def test_a_silent_body_is_given_up() -> None:
    def serve(connected: socket.socket) -> None:
        connected.sendall(HEAD)
        time.sleep(2)

    with server(serve) as where, pytest.raises(requests.exceptions.ConnectionError, match="timed out"):
        get(f"http://{where}/", 0.3)


def test_without_a_timeout_there_is_no_deadline() -> None:
    with server(drip(HEAD + b"abcdef", 0.01)) as where:
        assert get(f"http://{where}/", t.cast(float, None)).status_code == 200
