#!/bin/sh
# Run in the tree, which has the tools: builds the lab's own packages into a repository with an advisory.
# specs/NAME.spec describes a package; it is built as 1.0 and as 2.0 (lab-system as 1.0 alone).
#
# Usage: repository.sh SPECS_DIR UPDATEINFO.xml TARGET_DIR
set -eu
umask 022

specs=$1
advisories=$2
target=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$target"
for spec in "$specs"/*.spec; do
  versions="1.0 2.0"
  [ "$(basename "$spec" .spec)" != lab-system ] || versions=1.0
  for version in $versions; do
    rpmbuild -bb --quiet --define "v $version" --define "_topdir $work" --define "_rpmdir $target" \
      --define "_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm" "$spec"
  done
done
createrepo_c --quiet "$target"
modifyrepo_c --mdtype=updateinfo "$advisories" "$target/repodata" >/dev/null
