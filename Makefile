# What people type. Everything is done by Maven and by the scripts that it calls.
.PHONY: help test fmt clean
.DEFAULT_GOAL := help
MVN := build/mvn.sh

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 12

test: ## unit and property tests, then the tests on real hosts
	$(MVN) verify

fmt: ## format the sources
	$(MVN) -q spotless:apply

clean: ## delete what was built
	$(MVN) -q clean
