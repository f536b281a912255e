#!/bin/sh
# Makes the tree of a host that lives by rpm and boots with systemd, as an archive: Debian's userland and its builds of dnf, zypper
# and rpm, and Debian's own servers in packages of rpm, laid out as Red Hat's are: the version of the main archive is
# installed, that of the security archive is on offer. Needs root and mmdebstrap.
#
# Usage: rpm-host.sh WORK_DIR TARGET.tar
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$1
target=$2

"$here/mirrors.sh" >"$work/mirrors"
main=$(sed -n 1p "$work/mirrors")
security=$(sed -n 2p "$work/mirrors")
log=$work/mmdebstrap-rpm-host.log
# Debian's default keeps rpm's database in a home directory, where zypper does not look: said before the first package comes.
mmdebstrap --quiet --variant=minbase --dpkgopt=force-unsafe-io --skip=cleanup/apt/lists \
  --include=systemd,systemd-sysv,dbus,libpam-systemd,openssl,curl,ca-certificates,procps,iproute2,dnf,zypper,rpm,createrepo-c \
  --setup-hook='mkdir -p "$1/etc/rpm" && echo "%_dbpath /var/lib/rpm" >"$1/etc/rpm/macros"' \
  --customize-hook="'$here/rpm-host/customize.sh' \"\$1\" '$security'" \
  bookworm "$target" \
  "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $main bookworm main" >"$log" 2>&1 || {
  echo "lab: mmdebstrap failed, its last words (all of it in $log):" >&2
  tail -n 5 "$log" >&2
  exit 1
}
