# Everything from a bare checkout: only python3 (3.11 or newer), make and git may be presumed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PORTAL_PORT ?= 8000
export DESK_PORT   ?= 8001

.PHONY: help demo demo-reset test check install install-dev clean

help:
	@echo "make demo        the demo practice: portal on 127.0.0.1:$(PORTAL_PORT), desk on 127.0.0.1:$(DESK_PORT)"
	@echo "make demo-reset  the same, with the demo world made anew"
	@echo "make test        the whole test suite, browser journeys included"
	@echo "make check       style, types, contracts, templates, migrations, translations, docs"

install:
	@$(PYTHON) scripts/bootstrap.py runtime

install-dev:
	@$(PYTHON) scripts/bootstrap.py dev

demo: install
	@exec $(BIN)/zorgbalie demo

demo-reset: install
	@exec $(BIN)/zorgbalie demo --reset

test: install-dev
	@$(BIN)/python scripts/ensure_chromium.py
	@$(BIN)/python -m pytest -n 2 --dist loadfile -p no:randomly

check: install-dev
	@$(BIN)/python scripts/check.py

clean:
	rm -rf .demo var build staticfiles
