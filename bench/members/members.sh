#!/bin/sh
# Three packed controllers on a real PostgreSQL, of which one is killed in each round, the leader and a follower in turn, while agents
# with their real engine roll out. Prints a section of a report as JSON, all else on standard error. It is the test ClusterFaultsIT that
# plays, so that what is measured is judged too.
#
# Usage: members.sh [ROUNDS]     (10)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
figures=$(mktemp)
trap 'rm -f "$figures"' EXIT
build/mvn.sh -q verify -pl e2e -am -Dtest=none -Dit.test=ClusterFaultsIT -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfailsafe.failIfNoSpecifiedTests=false -Dchaos.clusterRounds="${1:-10}" \
  -Dchaos.clusterFaults=KILL_LEADER,KILL_FOLLOWER -Dchaos.clusterFigures="$figures" >&2
cat "$figures"
