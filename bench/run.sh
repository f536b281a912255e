#!/bin/sh
# Builds and measures. Arguments go to the benchmark: bench/run.sh fleet --agents 5000; none: all probes and their comparison.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
exec build/mvn.sh -q -pl bench -am -Pbench -DskipTests -Dbench.args="${*:-all}" verify
