#!/bin/sh
# Builds and measures. Arguments go to the benchmark: bench/run.sh fleet --agents 5000; none: all probes and their comparison.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
if [ "${1:-}" = agent ]; then
  # What is measured is what is shipped.
  build/mvn.sh -q -pl dist -am -Dmaven.test.skip=true package
fi
exec build/mvn.sh -q -pl bench -am -Pbench -DskipTests -Dbench.args="${*:-all}" verify
