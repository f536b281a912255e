# What people type. Everything is done by Maven and by the scripts that it calls.
.PHONY: help demo test chaos bench package fmt clean
.DEFAULT_GOAL := help
MVN := build/mvn.sh

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 12

demo: ## patch three real hosts, one of which has to go back: one minute, the first time up to five
	@e2e/demo/demo.sh

test: ## unit and property tests, then the tests on real hosts
	$(MVN) verify

chaos: ## strike runs with faults, in process, on real hosts and on several controllers: SEED=… ROUNDS=… HOST_ROUNDS=… CLUSTER_ROUNDS=…
	@build/chaos.sh

bench: ## measure all that has a target, beside the bare limits and a peer, and print one table: an hour and a half
	@bench/run.sh

package: ## the distribution, in dist/target/drydock and dist/target/drydock-agent, and packages in dist/target/packages
	$(MVN) -q -pl dist -am -Dmaven.test.skip=true package

fmt: ## format the sources
	$(MVN) -q spotless:apply

clean: ## delete what was built
	$(MVN) -q clean
