# The only set-up there is: every target that needs something sees to it first.
# Requirements: Python 3.11 or newer, make and (for system packages) apt.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DEFAULT_GOAL := help

export PYTHON ?= python3
# What leads another Python to its packages would lead this one astray.
unexport PYTHONHOME PYTHONPATH
# Material announces its successor at every build; the choice of theme is its owner's.
export NO_MKDOCS_2_WARNING = 1
# One more than two cores: who waits for a browser or a build leaves its core to another.
JOBS ?= 3
QUICK := tests/content tests/document tests/handbook tests/language tests/test_cache.py tests/test_jobs.py
PY := .venv/bin/python

.PHONY: help site fleet fleet-demo serve test quick audit engines bench logos check schema region lock clean

help:  ## vis denne oversikten
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

site: .venv/.site  ## bygg nettstedet i site/
	@$(PY) -m mkdocs build --strict

serve: .venv/.site  ## vis nettstedet lokalt og bygg på nytt ved endringer
	@$(PY) -m mkdocs serve

# By the environment, so that the shell never reads the name as a command. A folder that is not
# there is made: `nvr new` asks, and names the regions there are when nobody can answer.
region: export NAME := $(NAME)
region: .venv/.site  ## lag, kontroller og bygg én region: make region NAME=sogn
	@[[ -n "$$NAME" ]] || { echo "Skriv make region NAME=…, for eksempel NAME=eksempel." >&2; exit 1; }
	@if [[ "$$NAME" == */* || -e "regions/$$NAME" ]]; then $(PY) -m macros.cli check -- "$$NAME"; \
	  else $(PY) -m macros.cli new --built -- "$$NAME"; fi
	@REGION="$$NAME" $(PY) -m mkdocs build --strict
	@printf 'Nettstedet ligger i mappen site. Se på det:\n  REGION=%q make serve\n' "$$NAME"

fleet: .venv/.site  ## bygg utgavene som er endret, i sites/: make fleet ARGS="--host https://handbok.example.no/"
	@$(PY) -m macros.cli fleet build $(ARGS)

# The scheduler and two workers, on this machine alone, until Ctrl-C.
fleet-demo: .venv/.fleet  ## start en Dask-klynge på 127.0.0.1 for nvr fleet build --scheduler
	@$(PY) -m tools.fleet_demo

logos: export LOGOS := $(LOGOS)
logos: .venv/.test  ## prøv en mappe med logoer: make logos LOGOS=mappe
	@$(PY) -m tools.logos

check: .venv/.site  ## kontroller alt innhold og meld alle feil samlet
	@$(PY) -m macros.cli check

schema: .venv/.site  ## skriv JSON Schema for YAML-filene
	@$(PY) -m macros.cli schema

define JUDGE
@$(PY) -m ruff format --check .
@$(PY) -m ruff check .
@$(PY) -m mypy
@$(PY) -c 'from importlinter.cli import lint_imports_command as run; run()'
endef

test: .venv/.test  ## formatering, lint, typer, importregler og alle tester (ARGS="…" går til pytest)
	$(JUDGE)
	@$(PY) -m pytest -n $(JOBS) $(ARGS)

# No site, no browser and no judge of files: what one wants to know while one works.
quick: .venv/.test  ## det samme uten nettsted, nettleser og filer: om lag ett minutt
	$(JUDGE)
	@$(PY) -m pytest -n $(JOBS) $(QUICK) $(ARGS)

audit: .venv/.test  ## hver side i hver visning og høyt, bygg som blir drept, serve over tid
	@bash tools/system-packages.sh audit
	@$(PY) -m pytest -n $(JOBS) -m audit

engines: .venv/.test  ## bygg med hver motor og vis hva som er likt
	@$(PY) -m tools.engines

bench: export BASE := $(BASE)
bench: .venv/.test  ## mål byggetid, alle PDF-er mot en annen versjon av koden, og bygging av mange regioner: make bench BASE=v1.0 FLEET="10 30 60 --real"
	@$(PY) -m tools.bench_fleet $(FLEET)
	@$(PY) -m tools.bench

# `make lock` keeps the versions already locked; `make lock UPGRADE=--upgrade` takes the newest.
# Only wheels are locked, so no install runs a build that would fetch something unpinned.
COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
  --only-binary :all: --generate-hashes --no-emit-index-url --no-header --no-annotate $(UPGRADE)

lock:  ## lås avhengighetene på nytt (krever uv)
	@command -v uv >/dev/null || { echo "make lock trenger programmet uv: pip install uv" >&2; exit 1; }
	@$(COMPILE) --group build -o requirements.lock
	@$(COMPILE) --group build --extra fleet --extra store -c requirements.lock -o requirements-fleet.lock
	@$(COMPILE) --group build --group dev --group engines --extra fleet --extra store -c requirements-fleet.lock -o requirements-dev.lock
	@! grep -n '://' requirements.lock requirements-fleet.lock requirements-dev.lock

clean:  ## fjern alt som er bygget, også .venv
	@rm -rf .venv .cache site .site-* sites sites.rapport build .pytest_cache .mypy_cache .ruff_cache .hypothesis \
	  .import_linter_cache *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# By bash, since not every way to unpack a ZIP keeps that a file may be run.
# A missing or broken interpreter makes the environment anew; a stamp says that an install is
# complete, and is as old as what it was made from.
.venv/bin/python:
	@bash tools/setup.sh python

.venv/.site: requirements.lock
.venv/.fleet: requirements-fleet.lock
.venv/.test: requirements-dev.lock $(wildcard tests/*/package-lock.json tests/*/*/package-lock.json)
.venv/.site .venv/.fleet .venv/.test: .venv/.%: .venv/bin/python pyproject.toml tools/setup.sh tools/system-packages.sh
	@bash tools/setup.sh $*
	@touch $@
