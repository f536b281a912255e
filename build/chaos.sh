#!/bin/sh
# chaos.sh: strikes simulated runs, real hosts and several controllers with faults and says how all of them ended. See
# docs/testing-faults.md.
#
# SEED         of the first round; each round after it has the next number (default: 20261124)
# ROUNDS       in process, besides the enumerated ones (default: 500); 0: none of them in process
# HOST_ROUNDS  on real hosts (default: a tenth of ROUNDS); 0: none
# CLUSTER_ROUNDS  on three controllers and their database (default: a twentieth of ROUNDS, rounded down); 0: none
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
seed=${SEED:-20261124}
rounds=${ROUNDS:-500}
host_rounds=${HOST_ROUNDS:-$(((rounds + 9) / 10))}
cluster_rounds=${CLUSTER_ROUNDS:-$((rounds / 20))}

whole() {
  case $2 in
    '' | *[!0-9]*)
      echo "chaos: $1 is '$2', expected a whole number" >&2
      exit 2
      ;;
  esac
}
whole SEED "$seed"
whole ROUNDS "$rounds"
whole HOST_ROUNDS "$host_rounds"
whole CLUSTER_ROUNDS "$cluster_rounds"

echo "chaos: seed $seed, $rounds rounds in process, $host_rounds rounds on real hosts, $cluster_rounds on several controllers"
if [ "$rounds" -gt 0 ]; then
  "$here/mvn.sh" -q test -pl agent -am -Dtest=FaultRoundsTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dchaos.seed="$seed" -Dchaos.rounds="$rounds"
fi
if [ "$host_rounds" -gt 0 ]; then
  "$here/mvn.sh" -q verify -pl e2e -am -Dtest=none -Dit.test=ChaosIT -Dsurefire.failIfNoSpecifiedTests=false \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dchaos.seed="$seed" -Dchaos.hostRounds="$host_rounds"
fi
if [ "$cluster_rounds" -gt 0 ]; then
  "$here/mvn.sh" -q verify -pl e2e -am -Dtest=none -Dit.test=ClusterFaultsIT -Dsurefire.failIfNoSpecifiedTests=false \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dchaos.seed="$seed" -Dchaos.clusterRounds="$cluster_rounds"
fi
