# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Puts pip into the virtual environment that runs this, from what the Python itself brings: no download of get-pip.py.

Arguments are those of `pip install` (for instance `pip==25.2`); without any, pip stays as it came.
ansible-test runs this file in place of the get-pip.py that it would fetch from its own host.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec


def install_pip(arguments: list[str]) -> None:
    """Take pip from ensurepip or, where a distribution leaves that out, from the Python that the venv was made from."""
    # GET_PIP tells ansible-test's wrapper around pip to run this file: pip is what our children shall run.
    env = {name: value for name, value in os.environ.items() if name != "GET_PIP"}
    if find_spec("ensurepip"):
        bootstrap = [sys.executable, "-m", "ensurepip", "--default-pip"]
    else:
        base = getattr(sys, "_base_executable", sys.executable)
        bootstrap = [base, "-m", "pip", "--python", sys.executable, "install", "--quiet", "pip"]
    subprocess.run(bootstrap, env=env, check=True, stdout=subprocess.DEVNULL)
    if arguments:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *arguments], env=env, check=True)


if __name__ == "__main__":
    # Options of the real get-pip.py that pip does not know.
    install_pip([word for word in sys.argv[1:] if word not in ("--no-setuptools", "--no-wheel")])
