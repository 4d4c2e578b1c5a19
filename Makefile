# Two commands for a newcomer: `make run` and `make test`. They need Python 3.11, 3.12 or 3.13 and make, nothing else.
# `make run PORT=9000 DATA_DIR=/srv/kvalitet` serves elsewhere and keeps its data elsewhere.

.PHONY: help run test lint lock messages screenshots

VENV = .venv
PY = $(VENV)/bin/python
CANDIDATES = $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3 python)
SUPPORTED = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
APPS = awards nominees criteria reports
COMPILE = $(PY) -m uv pip compile pyproject.toml --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

help:
	@echo "make run          serve the product with its history and a demonstration on http://localhost:8000"
	@echo "make test         run every test, on SQLite and on PostgreSQL"
	@echo "make lint         check style, types, imports, templates and dependencies"
	@echo "make lock         write the lock files anew from pyproject.toml"
	@echo "make messages     collect the texts to translate"
	@echo "make screenshots  picture every page into screenshots/"

run: .venv-run
	@$(PY) manage.py run

test: .venv-test
	@$(PY) -m tests $(ARGS)

lint: .venv-test
	@failed=0; \
	$(PY) -m ruff check . || failed=1; \
	$(PY) -m ruff format --check . || failed=1; \
	$(VENV)/bin/djade --check --target-version 5.2 $$(git ls-files '*/templates/*.html') || failed=1; \
	$(VENV)/bin/lint-imports --no-logo || failed=1; \
	$(VENV)/bin/deptry . || failed=1; \
	$(PY) -m mypy || failed=1; \
	$(PY) manage.py makemigrations --check --dry-run || failed=1; \
	$(PY) manage.py check || failed=1; \
	exit $$failed

lock: .venv-test
	$(COMPILE) $(UPGRADE) --output-file requirements.txt
	$(COMPILE) $(UPGRADE) --extra postgres --extra s3 --constraint requirements.txt \
		--output-file requirements-server.txt
	$(COMPILE) $(UPGRADE) --extra postgres --extra s3 --group dev --constraint requirements-server.txt \
		--output-file requirements-dev.txt

messages: .venv-test
	@for app in $(APPS); do \
		(cd $$app && mkdir -p locale && ../$(PY) -m django makemessages --locale sv --no-location --no-wrap --no-obsolete) || exit 1; \
	done
	@$(PY) manage.py compile_translations

screenshots: .venv-test
	@$(PY) -m pytest -m browser
	@echo "The pictures are in screenshots/."

# The environment is made once. Afterwards a copy of the lock file inside it says whether it is still true.
.PHONY: .venv-python .venv-run .venv-test

.venv-run: .venv-python
	@cmp -s requirements.txt $(VENV)/requirements.txt || { \
		echo "Installing what the product needs ..." && \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt && \
		cp requirements.txt $(VENV)/requirements.txt; } || { \
		echo "The installation failed; the reason is above. Once it is mended, run make again." >&2; exit 1; }

.venv-test: .venv-python
	@cmp -s requirements-dev.txt $(VENV)/requirements-dev.txt || { \
		echo "Installing what the tests need ..." && \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt && \
		cp requirements.txt requirements-dev.txt $(VENV)/; } || { \
		echo "The installation failed; the reason is above. Once it is mended, run make again." >&2; exit 1; }

.venv-python:
	@$(PY) -c 'import pip; $(SUPPORTED)' 2>/dev/null || { \
		found=; \
		for python in $(CANDIDATES); do \
			"$$python" -c '$(SUPPORTED)' 2>/dev/null && break; \
			found="$$found$$("$$python" --version 2>/dev/null | sed 's/^/ /')"; python=; \
		done; \
		if [ -z "$$python" ]; then \
			echo "This needs Python 3.11, 3.12 or 3.13. Found here:$${found:- none}." >&2; \
			echo "Install one from python.org or your system's packages," \
				"or name it: make run PYTHON=/path/to/python3.13" >&2; \
			exit 1; \
		fi; \
		echo "Making $(VENV) with $$("$$python" --version) ..."; \
		rm -rf $(VENV); \
		"$$python" -m venv $(VENV) || { \
			rm -rf $(VENV); \
			echo "Python could not make an environment." \
				"On Debian and Ubuntu install python3-venv, then run make again." >&2; \
			exit 1; }; }
