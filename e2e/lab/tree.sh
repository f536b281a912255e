#!/bin/sh
# Makes Debian's tree with pending security updates, as an archive. Needs root, mmdebstrap, apt-utils and dpkg-dev.
#
# Usage: tree.sh WORK_DIR TARGET.tar           the lab's plain host
#        tree.sh WORK_DIR TARGET.tar web       with what FLAVOUR/packages names, finished by FLAVOUR/customize.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$1
target=$2
flavour=${3:-}
include=systemd,systemd-sysv,dbus,libpam-systemd,nginx,openssl,curl,ca-certificates,procps,iproute2
finish=true
if [ -n "$flavour" ]; then
  include=$include,$(paste -s -d , "$here/$flavour/packages")
  finish="'$here/$flavour/customize.sh' \"\$1\""
fi

"$here/mirrors.sh" >"$work/mirrors"
main=$(sed -n 1p "$work/mirrors")
security=$(sed -n 2p "$work/mirrors")
rm -rf "$work/repository"
"$here/packages.sh" "$work/repository"
log=$work/mmdebstrap.log
# Unpacking without fsync: the tree is a throw-away, and so are its hosts.
mmdebstrap --quiet --variant=minbase --include="$include" --dpkgopt=force-unsafe-io \
  --skip=cleanup/apt/lists \
  --customize-hook="'$here/customize.sh' \"\$1\" '$security' '$work/repository'" \
  --customize-hook="$finish" \
  bookworm "$target" \
  "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $main bookworm main" >"$log" 2>&1 || {
  echo "lab: mmdebstrap failed, its last words (all of it in $log):" >&2
  tail -n 5 "$log" >&2
  exit 1
}
