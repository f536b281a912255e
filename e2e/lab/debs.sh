#!/bin/sh
# Ensures packages with all that a host of the lab lacks for them, and prints the directory in which they are. From Debian's
# archive, with this machine's apt.
#
# Usage: debs.sh NAME BASE_IMAGE PACKAGE...      the name of their directory; the image as image.sh prints it
set -eu

here=$(cd "$(dirname "$0")" && pwd)
lab=$here/../../.lab
name=$1
base=$2
shift 2
mkdir -p "$lab"
exec 9>"$lab/$name.lock"
flock 9

debs=$lab/$name-${base##*:}-$(echo "$*" | tr ' ' -)
if ! [ -d "$debs" ]; then
  work=$lab/$name.work
  rm -rf "$work" "$lab/$name"-*
  mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
  container=$(docker create "$base")
  docker cp "$container:/var/lib/dpkg/status" "$work/status" >/dev/null
  docker rm "$container" >/dev/null
  main=$("$here/mirrors.sh" | head -n 1)
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $main bookworm main" >"$work/sources.list"
  on_host() {
    apt-get -qq -o APT::Sandbox::User=root -o "Dir::State=$work/state" -o "Dir::State::status=$work/status" \
      -o "Dir::Cache=$work/cache" -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- "$@"
  }
  if ! { on_host update &&
    on_host install --download-only --no-install-recommends --yes "$@"; } >"$lab/$name.log" 2>&1; then
    echo "lab: the packages $* could not be had: $(tail -n 1 "$lab/$name.log") (all of it in $lab/$name.log)" >&2
    exit 1
  fi
  rm -r "$work/cache/archives/partial" "$work/cache/archives/lock"
  mv "$work/cache/archives" "$debs"
  rm -rf "$work"
fi
echo "$debs"
