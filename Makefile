# make demo and make test are the whole set-up; everything else is for those who work on Regulars.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
UV_VERSION := 0.13.9
CUSTOMERS ?= 4000
# Where Python is told to keep no compiled files, each of the many programs started here compiles all libraries anew.
unexport PYTHONDONTWRITEBYTECODE
# Tests of the pages that write into Django's tables, run on both databases.
ON_POSTGRES := src/regulars_web/accounts src/regulars_web/jobs src/regulars_web/imports/tests/test_history.py \
	src/regulars_web/imports/tests/test_wizard.py src/regulars_web/customers/tests/test_saved_views.py \
	src/regulars_web/voice/tests/sending/test_sending.py src/regulars_web/voice/tests/sending/test_asking.py \
	src/regulars_web/voice/tests/typing_in src/regulars_web/voice/tests/public/test_answering.py \
	src/regulars_web/definition/tests/test_at_once.py tests/web/test_roles.py

.PHONY: demo test test-slow coverage check bench lock docs screenshots messages audit clean

demo: $(READY) .venv/.pango
	rm -rf demo
	$(BIN)/regulars demo demo --customers $(CUSTOMERS)
	$(BIN)/regulars -w demo report -o demo/report.html
ifneq ($(CI),true)
	$(BIN)/regulars -w demo serve
endif

test: $(READY) .venv/.java .venv/.browser .venv/.postgres .venv/.gettext .venv/.pango check
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not slow" --durations=25
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not slow" --state=postgres $(ON_POSTGRES)

# Which lines the tests reach; apart from them, as following every line takes a good part of their time.
coverage: $(READY) .venv/.java .venv/.browser .venv/.postgres .venv/.gettext .venv/.pango
	$(BIN)/python -m coverage erase
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not slow" --cov --cov-report=term:skip-covered $(ARGS)

test-slow: $(READY) .venv/.java .venv/.browser .venv/.postgres .venv/.pango
	$(BIN)/python -m pytest -n 2 --dist loadscope -m slow --durations=10

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv-bench/.ready
	.venv-bench/bin/python -m bench $(ARGS)

docs: $(READY)
	$(BIN)/python -m docs.reference

# Every page in every language, by day and by night, on a desk and on a telephone: build/screenshots.
screenshots: $(READY) .venv/.browser
	$(BIN)/python -m docs.screenshots $(ARGS)

# Sentences for translation: `make messages` collects them, and compiles what is translated.
messages: $(READY) .venv/.gettext
	$(BIN)/python -m tools.messages collect
	$(BIN)/python -m tools.messages compile
	$(BIN)/python -m tools.messages missing

# Known holes in what is installed; asks the package index's own list, so it needs a network.
audit: $(READY)
	$(BIN)/pip-audit -r requirements/run.txt --require-hashes --disable-pip
	$(BIN)/bandit -q -r src -ll -c pyproject.toml

# Pinned with hashes, without addresses: whoever installs chooses where from.
lock: .venv/.uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-annotate --no-header \
		pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-annotate --no-header \
		pyproject.toml --extra spark --extra real --group test -c requirements/run.txt -o requirements/test.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-annotate --no-header \
		pyproject.toml --group bench -o requirements/bench.txt

.venv/.uv:
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else f"Regulars needs Python 3.11 to 3.13, not {v[0]}.{v[1]}: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q uv==$(UV_VERSION)
	touch $@

$(READY): .venv/.uv requirements/test.txt pyproject.toml
	$(BIN)/uv pip install -q --require-hashes -r requirements/test.txt
	$(BIN)/uv pip install -q --no-deps -e .
	touch $@

# Spark needs a Java runtime; the newest one Debian has will do.
.venv/.java: $(READY)
	command -v java >/dev/null || { ./tools/apt-install default-jre-headless; }
	touch $@

# The poster is set by WeasyPrint, which draws letters with Pango.
.venv/.pango: $(READY)
	ls /usr/lib/*/libpangoft2-1.0.so.0 /usr/lib/*/libharfbuzz-subset.so.0 >/dev/null 2>&1 || \
		{ ./tools/apt-install libpangoft2-1.0-0 libharfbuzz-subset0; }
	touch $@

.venv/.browser: $(READY)
	command -v chromium >/dev/null || { ./tools/apt-install chromium; }
	touch $@

.venv/.postgres: $(READY)
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { ./tools/apt-install postgresql; }
	touch $@

.venv/.gettext: $(READY)
	command -v xgettext >/dev/null || { ./tools/apt-install gettext; }
	touch $@

.venv-bench/.ready: .venv/.uv requirements/bench.txt
	$(PYTHON) -m venv .venv-bench
	$(BIN)/uv pip install -q --python .venv-bench/bin/python --require-hashes -r requirements/bench.txt
	$(BIN)/uv pip install -q --python .venv-bench/bin/python --no-deps -e .
	touch $@

clean:
	rm -rf .venv .venv-bench build demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
