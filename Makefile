# 一条命令就能用：make run。需要 Python 3.10（见 .python-version）；uv 没有装时自动装进 build/uv。
HOST ?= 127.0.0.1
PORT ?= 5005
export HOST PORT
export RASA_TELEMETRY_ENABLED = false

PYTHON := .venv/bin/python
BOOT_UV := build/uv/bin/uv
UV := $(shell command -v uv 2>/dev/null || echo $(BOOT_UV))
READ := $(shell find data bot policy_kb -name '*.yml' -o -name '*.yaml' -o -path 'bot/components/*.py' -o -path 'bot/understanding/*.py')

.PHONY: run chat test evaluate bench soak lint setup kb generate clean

run: models/assistant.tar.gz
	@exec $(PYTHON) -m bot.run

chat: models/assistant.tar.gz
	@exec $(PYTHON) -m bot.chat

test: models/assistant.tar.gz
	$(PYTHON) -m pytest

evaluate: models/assistant.tar.gz
	$(PYTHON) -m tests.evaluation

bench: models/assistant.tar.gz
	$(PYTHON) -m pytest tests/bench --benchmark-only --no-header -q
	@$(PYTHON) -m tests.bench

soak: models/assistant.tar.gz
	$(PYTHON) -W ignore -m tests.soak

lint: build/installed
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m policy_kb check

setup: build/installed
kb: build/installed
	$(PYTHON) -m policy_kb build
generate: build/installed
	$(PYTHON) -m bot.generate

models/assistant.tar.gz: build/installed $(READ)
	$(PYTHON) -m bot.train

build/installed: pyproject.toml uv.lock .python-version | $(if $(findstring build,$(UV)),$(BOOT_UV))
	$(UV) sync --frozen
	@mkdir -p build && touch $@

$(BOOT_UV):
	python3 -m venv build/uv && build/uv/bin/pip install --quiet uv

clean:
	rm -rf .venv build models .rasa
