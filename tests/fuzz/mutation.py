# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mutations of valid bodies: what a faulty server, a faulty line or somebody with intent makes of them."""

from __future__ import annotations

import random
import re
import typing as t

# Tags, attributes and texts of XML; strings, numbers, words and brackets of JSON.
_TOKEN = re.compile(rb"""<[^>]*>|[\w:.-]+="[^"]*"|"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[\w.:+-]+|\s+""")
_MOST_BYTES = 200_000

_WORDS = (
    *(
        b"null",
        b"true",
        b"false",
        b"[]",
        b"{}",
        b"[[]]",
        b'""',
        b'"\\ud800"',
        b"0",
        b"-1",
        b"1e999",
        b"NaN",
        b"9" * 5000,
        b"1" * 400,
    ),
    *(b"<a/>", b"<a>", b"</a>", b"<!--x-->", b"<?a b?>", b"<![CDATA[x]]>", b"<!DOCTYPE a>", b"&amp;", b"&#0;", b"&a;", b"&#x202e;"),
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\x1b[31m", b"\r", b"\xc2\x85"),
    *(
        b"9999-12-31T23:59:59Z",
        b"0001-01-01T00:00:00Z",
        b"2026-02-30T25:61:61Z",
        b"2026-01-01T00:00:00+14:00",
        b"1900-01-01",
        b"P1D",
    ),
    *(b'"Links":[]', b'"PagingInfo":{}', b'"Refs":[]', b'"UID":null', b'"State":{}', b'"Result":[]', b'"Entities":{"A":[],"B":[]}'),
    *(b"<Links/>", b"<PagingInfo/>", b"<Ref/>", b'<PagingInfo PageNum="2" PagesCount="999999999"/>', b"<State><a/></State>"),
    *(
        b"[" * 300,
        b'{"a":' * 300,
        b"<a>" * 300,
        b"\\u0000",
        b"\\ud83d",
        b"../../x",
        b"a?b#c",
        b"urn:veeam:Job:",
        b"InProgress",
        b"None",
    ),
)


def mutated(dice: random.Random, body: bytes, others: t.Sequence[bytes]) -> bytes:
    """Return a body after a few mutations. others: bodies of which parts can be taken."""
    for dummy in range(dice.choice((1, 1, 1, 2, 3, 5, 8))):
        body = dice.choice(_MUTATIONS)(dice, body, others)[:_MOST_BYTES]
    return body


def _span(dice: random.Random, body: bytes) -> tuple[int, int]:
    """Return the bounds of some part of a body, mostly a short one."""
    start = dice.randint(0, len(body))
    return start, min(len(body), start + int(dice.expovariate(1 / 40)) + 1)


def _bits(dice: random.Random, body: bytes, others: t.Sequence[bytes]) -> bytes:
    changed = bytearray(body)
    for dummy in range(dice.choice((1, 2, 8))):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _byte(dice: random.Random, body: bytes, others: t.Sequence[bytes]) -> bytes:
    at = dice.randint(0, len(body))
    return body[:at] + bytes([dice.randrange(256)]) + body[at + 1 :]


def _cut(dice: random.Random, body: bytes, others: t.Sequence[bytes]) -> bytes:
    return body[: dice.randint(0, len(body))]


def _hole(dice: random.Random, body: bytes, others: t.Sequence[bytes]) -> bytes:
    start, end = _span(dice, body)
    return body[:start] + body[end:]


def _double(dice: random.Random, body: bytes, others: t.Sequence[bytes]) -> bytes:
    start, end = _span(dice, body)
    return body[:end] + body[start:end] * dice.choice((1, 2, 50)) + body[end:]


def _word(dice: random.Random, body: bytes, others: t.Sequence[bytes]) -> bytes:
    start, end = _span(dice, body)
    return body[:start] + dice.choice(_WORDS) + body[dice.choice((start, end)) :]


def _splice(dice: random.Random, body: bytes, others: t.Sequence[bytes]) -> bytes:
    other = dice.choice(others)
    return body[: dice.randint(0, len(body))] + other[dice.randint(0, len(other)) :]


def _tokens(dice: random.Random, body: bytes, others: t.Sequence[bytes]) -> bytes:
    """Exchange, drop, double or replace whole tokens, which keeps most of the grammar."""
    parts = [(found.start(), found.end()) for found in _TOKEN.finditer(body)]
    if len(parts) < 2:
        return body
    first, second = sorted(dice.sample(parts, 2))
    one, between, two = body[slice(*first)], body[first[1] : second[0]], body[slice(*second)]
    foreign = _TOKEN.findall(dice.choice(others)) or [b""]
    middle = dice.choice(
        (
            two + between + one,
            between + two,
            one + one + between + two,
            dice.choice(_WORDS) + between + two,
            dice.choice(foreign) + between + two,
            one + between + one,
        )
    )
    return body[: first[0]] + middle + body[second[1] :]


_MUTATIONS = (_bits, _byte, _cut, _hole, _double, _word, _word, _splice, _tokens, _tokens, _tokens)
