#!/bin/sh
# Ensures Debian packages: what is there is used, root on Debian installs what is absent, otherwise one line says what to install.
#
# Usage: tools.sh LOG_DIR COMMAND=PACKAGE ...      exit 0: every COMMAND is there; 1: the reason is the last line on stderr
set -eu

log_dir=$1
shift

missing=
for pair in "$@"; do
  command -v "${pair%%=*}" >/dev/null 2>&1 || missing="$missing ${pair#*=}"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! [ -e /etc/debian_version ]; then
  echo "lab: missing:$missing; on Debian install with: sudo apt-get install$missing" >&2
  exit 1
fi
echo "lab: installing$missing" >&2
mkdir -p "$log_dir"
log=$log_dir/apt.log
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of words
if ! { apt-get update && apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
  echo "lab: apt-get could not install$missing: $(tail -n 1 "$log") (all of it in $log)" >&2
  exit 1
fi
