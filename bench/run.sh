#!/bin/sh
# Builds and measures. Arguments go to the benchmark: bench/run.sh fleet --agents 5000; none: all probes and the table of targets.
# bench/run.sh table prints that table from the results that are kept, and measures nothing.
# What is measured is kept in bench/results/latest; DRYDOCK_BENCH_KEEP=DIR: elsewhere.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
kept=${DRYDOCK_BENCH_KEEP:-bench/results/latest}
case ${1:-} in
  '' | --agents* | --rounds* | --dir* | --timeout* | -n*) probe=all ;;
  *)
    probe=$1
    shift
    ;;
esac
case $probe in
  agent | peer | members | all)
    # What is measured is what is shipped.
    build/mvn.sh -q -pl dist -am -Dmaven.test.skip=true package
    ;;
esac
case $probe in
  # A word that is a value of --output too cannot name a command.
  table) probe=targets && set -- "--keep=$kept" "$@" ;;
  -*) ;;
  *) set -- "--keep=$kept" "$@" ;;
esac
build/mvn.sh -q -pl bench -am -Pbench -DskipTests -Dbench.args="$probe $*" verify
if [ "$probe" = jmh ]; then
  # By itself too, to be compared with later ones: bench/compare.sh.
  name=bench/results/$(date -u +%Y-%m-%d)-$(git rev-parse --short HEAD 2>/dev/null || echo unversioned)-jmh.json
  cp "$kept/jmh.json" "$name"
  echo "Kept: $name" >&2
fi
