#!/bin/sh
# Run in the tree, which has the tools: packs what was unpacked from Debian's packages into a repository.
# BUILD_DIR/RELEASE/root is what specs/NAME.spec takes its files from, for release 1 and for release 2.
#
# Usage: repository.sh BUILD_DIR TARGET_DIR SUSE_DIR      two repositories, as Red Hat and as SUSE lay packages out
set -eu
umask 022

build=$1
target=$2
suse=$3

# $1: a file of specs, $2: its version, $3: its release, $4: the repository
pack() {
  rpmbuild -bb --quiet --define "v $2" --define "lab_release $3" --define "root $build/$3/root" --define "lab_files $build/files" \
    --define "_topdir $build/work" --define "_rpmdir $4" --define '_unitdir /usr/lib/systemd/system' \
    --define '__os_install_post %{nil}' --define 'debug_package %{nil}' --define '_binary_payload w1.gzdio' \
    --define "_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm" "$1"
}

mkdir -p "$target" "$suse"
pack "$build/lab-system.spec" 1.0 1 "$target"
for release in 1 2; do
  root=$build/$release/root
  pack "$build/specs/nginx.spec" "$("$root/usr/sbin/nginx" -v 2>&1 | sed 's|.*/||')" "$release" "$target"
  redis=$("$root/usr/bin/redis-check-rdb" --version | sed -E 's/.*(v=| )([0-9.]+).*/\2/')
  pack "$build/specs/redis.spec" "$redis" "$release" "$target"
  pack "$build/specs/redis-suse.spec" "$redis" "$release" "$suse"
  pack "$build/specs/mariadb.spec" "$("$root/usr/sbin/mariadbd" --no-defaults --version | sed -E 's/.*Ver ([0-9.]+)-.*/\1/')" "$release" "$target"
done
ln "$target"/lab-system-* "$target"/nginx-* "$suse/"
createrepo_c --quiet "$target"
createrepo_c --quiet "$suse"
