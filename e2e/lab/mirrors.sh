#!/bin/sh
# Where this machine gets Debian from: the same place serves the lab's hosts, nothing is written down here.
# apt itself reads its configuration, one-line and deb822 files alike.
#
# Usage: mirrors.sh      prints two lines, the URI of the main archive and the URI of the security archive
set -eu

uri_of() {
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' |
    awk -v release="$1" '$2 == release && $3 == "main" { print $1; exit }'
}

first_uri() {
  for release in "$@"; do
    uri=$(uri_of "$release")
    if [ -n "$uri" ]; then
      echo "$uri"
      return
    fi
  done
  echo "lab: apt on this machine knows no archive for any of: $*; add one to /etc/apt/sources.list" >&2
  return 1
}

own=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
first_uri bookworm "$own"
first_uri bookworm-security "$own-security"
