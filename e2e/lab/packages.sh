#!/bin/sh
# Builds the lab's own packages into a local apt repository: the cases that reality does not give on demand.
# packages/NAME/control describes a package; packages/NAME/VERSION holds its maintainer scripts and, under root/, its files.
#
# Usage: packages.sh TARGET_DIR
set -eu
umask 022

here=$(cd "$(dirname "$0")" && pwd)
target=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() {
  name=$1
  version=$2
  tree=$work/$name-$version
  mkdir -p "$tree/DEBIAN"
  sed "s/@VERSION@/$version/" "$here/packages/$name/control" >"$tree/DEBIAN/control"
  for script in preinst postinst prerm postrm; do
    if [ -e "$here/packages/$name/$version/$script" ]; then
      install -m 0755 "$here/packages/$name/$version/$script" "$tree/DEBIAN/$script"
    fi
  done
  if [ -e "$here/packages/$name/conffiles" ]; then
    install -m 0644 "$here/packages/$name/conffiles" "$tree/DEBIAN/conffiles"
  fi
  if [ -d "$here/packages/$name/$version/root" ]; then
    cp -R "$here/packages/$name/$version/root/." "$tree/"
  fi
  dpkg-deb --root-owner-group --build "$tree" "$target/${name}_${version}_all.deb" >/dev/null
}

mkdir -p "$target"
for control in "$here"/packages/*/control; do
  package=$(basename "$(dirname "$control")")
  for directory in "$here/packages/$package"/[0-9]*; do
    build "$package" "$(basename "$directory")"
  done
done

cd "$target"
apt-ftparchive packages . >Packages
apt-ftparchive -o APT::FTPArchive::Release::Origin=drydock-lab -o APT::FTPArchive::Release::Label=drydock-lab \
  -o APT::FTPArchive::Release::Suite=lab release . >"$work/Release"
mv "$work/Release" Release
