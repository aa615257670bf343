# Copyright (c) 2026 The backupops.veeam_em authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Needs Python 3.11+, pip and a package index. All logic is in tests/tools/dev.py; all that it makes is in .venv/.

PYTHON ?= python3
DEV = @$(PYTHON) tests/tools/dev.py

.PHONY: help demo test test-matrix sanity units integration coverage mutation fuzz awx rulebook pictures bench lint format docs docs-check docs-site build release clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo:  ## play the demonstration against a simulated Enterprise Manager
	$(DEV) $@

test:  ## run every check (EM_TEST_PYTHONS="3.9 3.12" restricts the Pythons)
	$(DEV) $@

test-matrix:  ## run ansible-test with every ansible-core (CORES="2.17 2.19" CHECKS="sanity units" restrict it)
	$(DEV) $@

sanity:  ## run ansible-test sanity
	$(DEV) $@

units:  ## run the unit tests on every Python found
	$(DEV) $@

integration:  ## run the integration tests against the simulated Enterprise Manager
	$(DEV) $@

coverage:  ## show which lines and branches of the plugins the unit and integration tests run, together
	$(DEV) $@

mutation:  ## put small faults into the code and see whether the tests notice (FILES="_xml _stop" restricts it)
	$(DEV) $@

fuzz:  ## feed the readers and the loops with what nobody would think of (SECONDS=600 SEED=1; a minute and another seed without them)
	$(DEV) $@

awx:  ## set up a simulated AWX by awx.awx, and run the playbooks by ansible-runner
	$(DEV) $@

rulebook:  ## let ansible-rulebook read events (needs Java 17)
	$(DEV) $@

pictures:  ## read the report in a browser and take its pictures (needs chromium)
	$(DEV) $@

bench:  ## measure time and memory, and write the page of the documentation on it (ONLY="a c" restricts it, QUICK=1 only tries it)
	$(DEV) $@

lint:  ## run all that reads the sources: ruff, mypy, yamllint, ansible-lint, documentation, licences, galaxy-importer
	$(DEV) $@

format:  ## format the Python sources
	$(DEV) $@

docs:  ## write the generated parts of the documentation
	$(DEV) $@

docs-check:  ## check that the generated parts of the documentation are up to date
	$(DEV) $@

docs-site:  ## build the documentation as a site
	$(DEV) $@

build:  ## build the collection's tarball into build/
	$(DEV) $@

release:  ## make a release: changelog, tarball, and its proof (VERSION=1.2.3)
	$(DEV) $@

clean:  ## remove all that the tools have made
	$(DEV) $@
