#!/bin/sh
# Ensures a container engine and the tools that build the lab's images.
# What is there is used. Root on Debian: what is absent is installed and dockerd started in the background.
# Otherwise one line says what to install. Changes nothing when all is there, so it can run before every test.
#
# Usage: engine.sh [LOG_DIR]      exit 0: ready; 1: cannot be had, the reason is the last line on stderr
set -eu

here=$(cd "$(dirname "$0")" && pwd)
log_dir=${1:-$here/../../.lab}
packages="docker.io iptables mmdebstrap apt-utils dpkg-dev"

say() { echo "lab: $*" >&2; }

give_up() {
  say "$*"
  exit 1
}

# A client alone is no engine: the daemon has to answer.
engine_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

missing_tools() {
  for tool in mmdebstrap apt-ftparchive dpkg-deb; do
    command -v "$tool" >/dev/null 2>&1 || return 0
  done
  return 1
}

install_packages() {
  say "installing $packages"
  mkdir -p "$log_dir"
  log=$log_dir/apt.log
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # a list of words
  { apt-get update && apt-get install -y --no-install-recommends $packages; } >"$log" 2>&1 ||
    give_up "apt-get could not install $packages: $(tail -n 1 "$log") (all of it in $log)"
}

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

if engine_answers && ! missing_tools; then
  exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! [ -e /etc/debian_version ]; then
  give_up "no container engine answers or a tool is missing; on Debian install and start them with:" \
    "sudo apt-get install $packages"
fi
if missing_tools || ! command -v dockerd >/dev/null 2>&1; then
  install_packages
fi
engine_answers || start_engine
say "engine ready: docker $(docker version --format '{{.Server.Version}}')"
