# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Searches files for secrets in every form in which they could be told: search.py PLACE, a file or a folder.

Reads the secrets as JSON: `accounts`, each a name with `username`, `password` and `session_token`; `logon_sessions`, ids; `others`.
Prints JSON: the files that were searched, and what was found: which secret, its form, the file and the line, but never the
secret itself.
"""

from __future__ import annotations

import base64
import fnmatch
import json
import pathlib
import re
import sys
import typing as t

# so many characters of a secret are too many
_TOO_MUCH = 14


def forms_of(secret: str) -> dict[str, str]:
    """Return what a secret looks like, by form, in lower case.

    No notation of a text (JSON, XML, that of URLs) changes its letters and digits; a message that is cut may have a part of it.
    """
    looks = {
        "core": max(re.findall("[A-Za-z0-9]+", secret), key=len),
        "beginning": secret[:_TOO_MUCH],
        "end": secret[-_TOO_MUCH:],
        "base64": base64.b64encode(secret.encode("utf-8")).decode("ascii"),
        "hexadecimal": secret.encode("utf-8").hex(),
    }
    return {form: look.lower() for form, look in looks.items()}


def secrets_in(known: t.Mapping[str, t.Any]) -> dict[str, str]:
    """Return the secrets by name: those of accounts also as HTTP sends them; a token is the id of its logon session in base64."""
    named = {}
    for name, account in known["accounts"].items():
        credentials = f"{account['username']}:{account['password']}".encode()
        named[f"password {name}"] = account["password"]
        named[f"credentials {name}"] = base64.b64encode(credentials).decode("ascii")
        named[f"token {name}"] = account["session_token"]
        named[f"id {name}"] = base64.b64decode(account["session_token"]).decode("ascii")
    for number, identity in enumerate(known["logon_sessions"]):
        named[f"token {number}"] = base64.b64encode(identity.encode("ascii")).decode("ascii")
        named[f"id {number}"] = identity
    named.update({f"other {number}": secret for number, secret in enumerate(known["others"])})
    return named


def files_in(place: pathlib.Path) -> list[pathlib.Path]:
    """Return the files at a place, but for those in which Ansible itself sends the options of a module to where it runs."""
    files = [place] if place.is_file() else sorted(place.rglob("*"))
    return [file for file in files if file.is_file() and not fnmatch.fnmatch(file.name, "AnsiballZ_*.py")]


def findings_in(file: pathlib.Path, secrets: t.Mapping[str, t.Mapping[str, str]]) -> t.Iterator[dict[str, t.Any]]:
    """Yield what a file gives away, its name included, as line 1."""
    text = f"{file}\n{file.read_text(encoding='utf-8', errors='replace')}".lower()
    for name, forms in secrets.items():
        for form, look in forms.items():
            place = text.find(look)
            if place >= 0:
                yield {"secret": name, "form": form, "file": str(file), "line": text.count("\n", 0, place)}


def main() -> None:
    """Search, and print what was found."""
    known = secrets_in(json.load(sys.stdin))
    secrets = {name: forms_of(secret) for name, secret in known.items()}
    files = files_in(pathlib.Path(sys.argv[1]))
    found = [finding for file in files for finding in findings_in(file, secrets)]
    print(json.dumps({"files": [str(file) for file in files], "found": found}))


if __name__ == "__main__":
    main()
