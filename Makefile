PYTHON ?= python3
export ARGS BASE DB HOST ONLY PORT SCALE

.PHONY: help run test test-stock press lint fix bench pictures clean
help run test test-stock press lint fix bench pictures clean:
	@$(PYTHON) dev/make.py $@
