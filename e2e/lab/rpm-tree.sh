#!/bin/sh
# Makes a tree that lives by rpm, as an archive: Debian's userland with Debian's builds of dnf, zypper and rpm, a database of rpm of
# its own and a repository of the lab's own packages. Needs root and mmdebstrap.
#
# Usage: rpm-tree.sh WORK_DIR TARGET.tar
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$1
target=$2

"$here/mirrors.sh" >"$work/mirrors"
main=$(sed -n 1p "$work/mirrors")
log=$work/mmdebstrap-rpm.log
# Debian's default keeps rpm's database in a home directory, where zypper does not look: said before the first package comes.
mmdebstrap --quiet --variant=minbase --include=dnf,zypper,rpm,createrepo-c --dpkgopt=force-unsafe-io \
  --setup-hook='mkdir -p "$1/etc/rpm" && echo "%_dbpath /var/lib/rpm" >"$1/etc/rpm/macros"' \
  --customize-hook="'$here/rpm/customize.sh' \"\$1\"" \
  bookworm "$target" \
  "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $main bookworm main" >"$log" 2>&1 || {
  echo "lab: mmdebstrap failed, its last words (all of it in $log):" >&2
  tail -n 5 "$log" >&2
  exit 1
}
