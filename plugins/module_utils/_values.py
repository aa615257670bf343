# Copyright (c) 2026 The backupops.veeam_em authors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

"""Times and ids: how EM and people write them, and how the collection does.

PRIVATE to the collection: everything here may change without notice.
A time is text, always YYYY-MM-DDTHH:MM:SS[.fraction]Z. EM sends 0 to 6 digits of fraction with trailing zeros dropped;
datetime would round some of them and, before Python 3.11, cannot read most of them.
"""

from __future__ import annotations

import datetime
import re
import typing as t

_GUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_ID = re.compile(rf"(?:urn:veeam:(?P<kind>\w+):)?(?P<guid>{_GUID})", re.IGNORECASE)
_TIME = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<clock>\d{2}:\d{2})(?::(?P<seconds>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s*(?P<zone>Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?",
    re.IGNORECASE | re.ASCII,
)
_CANONICAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", re.ASCII)
_AGE = re.compile(r"(?P<number>\d{1,9})\s*(?P<unit>[smhdw])", re.IGNORECASE | re.ASCII)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}

# Dates that stand for "not set": the smallest of .NET, of SQL Server, and of its smalldatetime.
_UNSET_YEARS = ("0001", "1753", "1900")

_RESULTS: t.Mapping[str, str | None] = {
    "": None,
    "none": None,
    "inprogress": None,
    "completedsuccessfully": "Success",
    "completedwarning": "Warning",
}


def guid_of(text: str) -> str:
    """Return the GUID at the end of a UID (urn:veeam:Kind:guid) or of an Href, in lower case."""
    if len(text) > 36 and text[-37] in ":/" and text[-28] == text[-23] == text[-13] == "-":
        return text[-36:].lower()  # the form of nearly every one that EM sends
    path = text.partition("?")[0].rstrip("/")
    return path[max(path.rfind(":"), path.rfind("/")) + 1 :].lower()


def parse_id(text: str) -> tuple[str | None, str] | None:
    """Split what a person gave as id into (kind of the URN or None, GUID in lower case); None when it is no id."""
    found = _ID.fullmatch(text.strip())
    return (found["kind"], found["guid"].lower()) if found else None


def utc_text(text: str) -> str | None:
    """Return a time of EM or of a person in the one form, None for dates that mean "not set".

    A time without zone is UTC: the events of system sessions come so. Text that is no time is returned as it is.
    """
    if len(text) > 19 and text[0] == "2" and text[10] == "T" and text[19] in "Z." and text[-1] == "Z":
        return text  # the form of nearly every time that EM sends
    if text[:4] in _UNSET_YEARS:
        return None
    found = _TIME.fullmatch(text.strip())
    if not found:
        return text
    whole = f"{found['date']}T{found['clock'] or '00:00'}:{found['seconds'] or '00'}"
    fraction = f".{found['fraction']}" if found["fraction"] else ""
    offset = _offset(found["zone"])
    if offset:
        epoch = epoch_of(f"{whole}Z")
        try:
            whole = text_of(epoch - offset)[:19] if epoch is not None else ""
        except ValueError:
            whole = ""
        if not whole:
            return text
    return f"{whole}{fraction}Z"


def _offset(zone: str | None) -> int:
    """Return the seconds that a zone such as +02:00 is ahead of UTC."""
    if zone is None or zone in "Zz":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[-2:]) if len(zone) > 3 else 0
    return (hours * 3600 + minutes * 60) * (-1 if zone[0] == "-" else 1)


def result_of(text: str) -> str | None:
    """Return a result of EM in one vocabulary, None while there is none. System sessions also tell it in the words of states."""
    return _RESULTS.get(text.lower(), text)


def epoch_of(text: str) -> float | None:
    """Return a time in the one form as seconds since 1970, None when the text is no such time."""
    if not _CANONICAL.fullmatch(text):
        return None
    try:
        whole = datetime.datetime.fromisoformat(f"{text[:19]}+00:00")
    except ValueError:
        return None
    return whole.timestamp() + float(f"0{text[19:-1]}")


def text_of(epoch: float) -> str:
    """Return seconds since 1970 as a time in the one form, without fraction. Raises ValueError out of the years 1 to 9999."""
    try:
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=int(epoch))
    except OverflowError as exc:
        raise ValueError("the time is out of range") from exc
    return f"{moment.isoformat()}Z"


def is_age(text: str) -> bool:
    """Tell whether text is an age such as 90m, 24h or 7d."""
    return _AGE.fullmatch(text.strip()) is not None


def parse_moment(text: str, now: float) -> str:
    """Return the time that a person means by an ISO 8601 time or by an age counted back from now (seconds since 1970).

    Raises ValueError with the reason.
    """
    age = _AGE.fullmatch(text.strip())
    if age:
        return text_of(now - int(age["number"]) * _UNITS[age["unit"].lower()])
    moment = utc_text(text)
    if moment is None:
        raise ValueError("the date is one that EM uses for 'not set'")
    if not _TIME.fullmatch(text.strip()) or epoch_of(moment) is None:
        raise ValueError("it is neither an ISO 8601 time such as 2026-01-31T22:00:00Z nor an age such as 90m, 24h or 7d")
    return moment


def instant(text: str | None) -> str:
    """Return a time as text that compares as the times do: 00:00Z comes before 00:00.5Z, a missing one before all."""
    return (text or "").rstrip("Z")
