#!/bin/sh
# Run by mmdebstrap on the finished tree: makes it a host of the RHEL or of the SUSE family, whichever /etc/os-release is put in
# its place from /srv/os-release, with the lab's own packages in version 1.0 installed.
#
# Usage: customize.sh TREE
set -eu

tree=$1
here=$(cd "$(dirname "$0")" && pwd)

mkdir -p "$tree/srv/lab-build"
cp -R "$here/specs" "$here/repository.sh" "$here/updateinfo.xml" "$tree/srv/lab-build/"
chroot "$tree" /srv/lab-build/repository.sh /srv/lab-build/specs /srv/lab-build/updateinfo.xml /srv/lab-rpm
rm -r "$tree/srv/lab-build"
cp -R "$here/base/." "$tree/"
mkdir -p "$tree/etc/zypp/repos.d"
cp "$tree/etc/yum.repos.d/lab.repo" "$tree/etc/zypp/repos.d/lab.repo"

# Not lab-dependency, which others bring.
installed=$(cd "$here/specs" && for spec in *.spec; do
  [ "$spec" = lab-dependency.spec ] || echo "${spec%.spec}-1.0"
done)
# shellcheck disable=SC2086 # a list of words
chroot "$tree" dnf -q -y install $installed
rm "$tree/etc/os-release"
cp "$tree/srv/os-release/dnf" "$tree/etc/os-release"
chroot "$tree" zypper --non-interactive --quiet refresh
chroot "$tree" rpm -qa | wc -l | sed 's/^/lab: packages in the database of rpm: /' >&2
