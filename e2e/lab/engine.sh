#!/bin/sh
# Ensures a container engine. One that answers is used. Root on Debian: what is absent is installed and dockerd started in
# the background. Otherwise one line says what to install. Changes nothing when all is there, so it can run before every test.
#
# Usage: engine.sh [LOG_DIR]      exit 0: ready; 1: cannot be had, the reason is the last line on stderr
# DRYDOCK_LAB_ENGINE=none         behaves as where no engine can be had
set -eu

here=$(cd "$(dirname "$0")" && pwd)
log_dir=${1:-$here/../../.lab}

say() { echo "lab: $*" >&2; }

give_up() {
  say "$*"
  exit 1
}

# A client alone is no engine: the daemon has to answer.
engine_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

wait_for_engine() {
  tries=0
  until engine_answers; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || return 1
    sleep 0.5
  done
}

start_engine() {
  if [ -d /run/systemd/system ]; then
    systemctl start docker || true
    wait_for_engine && return 0
    give_up "docker.service did not start; see: journalctl -u docker"
  fi
  mkdir -p "$log_dir"
  log=$log_dir/dockerd.log
  say "starting dockerd, its log is $log"
  # Not our child for long: it outlives this script and the tests.
  setsid nohup dockerd >"$log" 2>&1 </dev/null &
  wait_for_engine || give_up "dockerd did not start: $(tail -n 1 "$log") (all of it in $log)"
}

[ "${DRYDOCK_LAB_ENGINE:-}" != none ] || give_up "DRYDOCK_LAB_ENGINE=none: no container engine wanted"
engine_answers && exit 0
"$here/tools.sh" "$log_dir" dockerd=docker.io iptables=iptables || exit 1
if [ "$(id -u)" -ne 0 ]; then
  give_up "no container engine answers; start it (sudo systemctl start docker) and be a member of the group docker"
fi
engine_answers || start_engine
say "engine ready: docker $(docker version --format '{{.Server.Version}}')"
