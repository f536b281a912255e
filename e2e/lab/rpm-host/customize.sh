#!/bin/sh
# Run by mmdebstrap on the finished tree: packs Debian's servers for rpm in both versions, and installs the older.
#
# Usage: customize.sh TREE SECURITY_URI      with MMDEBSTRAP_APT_CONFIG from mmdebstrap
set -eu

# What is packed anew. Of what they need, Debian's packages are installed, of which rpm knows nothing.
packed="nginx nginx-common redis-server redis-tools mariadb-server mariadb-server-core mariadb-client mariadb-client-core"

tree=$1
security_uri=$2
here=$(cd "$(dirname "$0")" && pwd)
export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG"
build=$tree/srv/lab-build

echo "deb [check-valid-until=no signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $security_uri bookworm-security main" \
  >"$tree/etc/apt/sources.list.d/security.list"
apt-get update -qq
# shellcheck disable=SC2086 # a list of words
apt-get --simulate --no-install-recommends install $packed | sed -nE 's/^Inst ([^ ]+) .*/\1/p' |
  grep -vxE "$(echo "$packed" | tr ' ' '|')|galera-4" >"$tree/srv/needed"
# shellcheck disable=SC2046 # a list of words
chroot "$tree" env -u APT_CONFIG DEBIAN_FRONTEND=noninteractive \
  apt-get install -qq --yes --no-install-recommends $(cat "$tree/srv/needed") >&2
rm -r "$tree/srv/needed" "$tree/etc/mysql"

release=0
for suite in bookworm bookworm-security; do
  release=$((release + 1))
  mkdir -p "$build/$release/debs" "$build/$release/root"
  # shellcheck disable=SC2046,SC2086 # lists of words
  (cd "$build/$release/debs" && apt-get download -qq -o APT::Sandbox::User=root $(printf "%s/$suite " $packed))
  for deb in "$build/$release/debs"/*.deb; do
    dpkg-deb -x "$deb" "$build/$release/root"
  done
  rm -r "$build/$release/debs"
done

cp -R "$here/specs" "$here/files" "$here/repository.sh" "$here/../rpm/specs/lab-system.spec" "$build/"
cp -R "$here/../rpm/base/." "$here/base/." "$tree/"
cp "$here/lab-middleware.repo" "$tree/etc/yum.repos.d/lab.repo"
mkdir -p "$tree/etc/zypp/repos.d" "$tree/usr/local/sbin"
cp "$here/lab-middleware.repo" "$tree/etc/zypp/repos.d/lab.repo"
sed 's|/srv/lab-middleware|/srv/lab-suse|' "$here/lab-middleware.repo" >"$tree/etc/zypp/repos.d/lab.repo.suse"
cp "$here/../base/usr/local/sbin/lab-init" "$tree/usr/local/sbin/lab-init"
for user in nginx redis mysql; do
  chroot "$tree" useradd --system --user-group --no-create-home --home-dir "/var/lib/$user" --shell /usr/sbin/nologin "$user"
done
chroot "$tree" /srv/lab-build/repository.sh /srv/lab-build /srv/lab-middleware /srv/lab-suse >&2
rm -r "$build"
rm "$tree/etc/os-release"
cp "$tree/srv/os-release/dnf" "$tree/etc/os-release"
chroot "$tree" dnf -q -y install lab-system 'nginx-*-1' 'redis-*-1' 'mariadb-*-1' 'mariadb-common-*-1' 'mariadb-server-*-1' >&2
chroot "$tree" systemctl enable --quiet nginx redis mariadb
chroot "$tree" zypper --non-interactive --quiet refresh >&2
# What a container has no use for.
chroot "$tree" systemctl mask --quiet apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer dnf-makecache.timer
rm -rf "$tree/var/lib/apt/lists" "$tree/var/cache/apt"
mkdir -p "$tree/var/lib/apt/lists/partial" "$tree/var/cache/apt/archives/partial"
