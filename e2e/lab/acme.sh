#!/bin/sh
# Ensures the packages of certbot, of lego and of pebble, an ACME server for tests, with all that the lab's plain host lacks for
# them, and prints the directory in which they are. From Debian's archive, with this machine's apt.
#
# Usage: acme.sh BASE_IMAGE      as image.sh prints it
set -eu

here=$(cd "$(dirname "$0")" && pwd)
lab=$here/../../.lab
mkdir -p "$lab"
exec 9>"$lab/acme.lock"
flock 9

wanted='certbot lego pebble'
debs=$lab/acme-${1##*:}-$(echo "$wanted" | tr ' ' -)
if ! [ -d "$debs" ]; then
  work=$lab/acme.work
  rm -rf "$work" "$lab"/acme-*
  mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
  container=$(docker create "$1")
  docker cp "$container:/var/lib/dpkg/status" "$work/status" >/dev/null
  docker rm "$container" >/dev/null
  main=$("$here/mirrors.sh" | head -n 1)
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $main bookworm main" >"$work/sources.list"
  on_host() {
    apt-get -qq -o APT::Sandbox::User=root -o "Dir::State=$work/state" -o "Dir::State::status=$work/status" \
      -o "Dir::Cache=$work/cache" -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- "$@"
  }
  # shellcheck disable=SC2086 # a list of words
  if ! { on_host update &&
    on_host install --download-only --no-install-recommends --yes $wanted; } >"$lab/acme.log" 2>&1; then
    echo "lab: the packages $wanted could not be had: $(tail -n 1 "$lab/acme.log") (all of it in $lab/acme.log)" >&2
    exit 1
  fi
  rm -r "$work/cache/archives/partial" "$work/cache/archives/lock"
  mv "$work/cache/archives" "$debs"
  rm -rf "$work"
fi
echo "$debs"
