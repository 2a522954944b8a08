PYTHON ?= python3
export ARGS BASE DB HOST ONLY PORT SCALE

.PHONY: help run test test-stock press lint fix bench clean
help run test test-stock press lint fix bench clean:
	@$(PYTHON) dev/make.py $@
