PYTHON ?= python3
export ONLY ARGS PORT HOST DB

.PHONY: help run test test-stock lint bench clean
help run test test-stock lint bench clean:
	@$(PYTHON) dev/make.py $@
