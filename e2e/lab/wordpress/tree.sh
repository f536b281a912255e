#!/bin/sh
# Lays out what a WordPress host of the lab has more than a web host: releases of WordPress's core and wp-cli, which are inside of
# two npm packages, the lab's own plugins, and mirrors of updates with their index.
# The packages come from where npm on this machine is configured to get them, and stay below WORK_DIR/npm, by version.
#
# Usage: tree.sh WORK_DIR TARGET_DIR
set -eu
umask 022

here=$(cd "$(dirname "$0")" && pwd)
work=$1
target=$2
studio=1.22.0
builds=0.9.19

# $1: package, $2: version, $3: how npm names its archive
fetch() {
  mkdir -p "$work/npm"
  [ -e "$work/npm/$3-$2.tgz" ] || (cd "$work/npm" && npm pack --silent "$1@$2" >/dev/null)
}
fetch wp-studio "$studio" wp-studio
fetch @wp-playground/wordpress-builds "$builds" wp-playground-wordpress-builds

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tar -xzf "$work/npm/wp-studio-$studio.tgz" -C "$scratch" \
  package/dist/cli/wp-files/wp-cli/wp-cli.phar package/dist/cli/wp-files/latest/wordpress
tar -xzf "$work/npm/wp-playground-wordpress-builds-$builds.tgz" -C "$scratch" \
  package/src/wordpress/wp-6.4.zip package/src/wordpress/wp-6.5.zip

mkdir -p "$target/usr/local/share/wp-cli" "$target/srv/wordpress/mirror" "$target/srv/wordpress/broken"
cp -R "$here/root/." "$target/"
mv "$scratch/package/dist/cli/wp-files/wp-cli/wp-cli.phar" "$target/usr/local/share/wp-cli/"
cp -R "$here/plugins" "$target/srv/wordpress/plugins"
mirror=$target/srv/wordpress/mirror
broken=$target/srv/wordpress/broken

version_of() { sed -n "s/^ *\$wp_version = '\([^']*\)'.*/\1/p" "$1/wp-includes/version.php"; }

# $1: mirror, $2: kind, $3: slug, $4: version, $5: file, $6: more
entry() {
  sum=$(sha256sum "$1/$5" | cut -d ' ' -f 1)
  printf '{"kind": "%s", "slug": "%s", "version": "%s", "file": "%s", "sha256": "%s"%s}\n' "$2" "$3" "$4" "$5" "$sum" "${6:-}" \
    >>"$scratch/$(basename "$1").entries"
}

# A core as WordPress publishes it: in one directory, without a configuration. $1: its tree, $2: mirror
core() {
  rm -f "$1/wp-config.php" "$1/.default_theme"
  version=$(version_of "$1")
  rm -rf "$scratch/zip" && mkdir "$scratch/zip"
  cp -R "$1" "$scratch/zip/wordpress"
  (cd "$scratch/zip/wordpress" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$2/wordpress-$version.md5"
  (cd "$scratch/zip" && zip -qrX - wordpress) >"$2/wordpress-$version.zip"
  entry "$2" core wordpress "$version" "wordpress-$version.zip" ", \"requiresPhp\": \"7.0\", \"checksums\": \"wordpress-$version.md5\""
}

for branch in 6.4 6.5; do
  mkdir "$scratch/$branch"
  unzip -q "$scratch/package/src/wordpress/wp-$branch.zip" -d "$scratch/$branch"
  core "$scratch/$branch" "$mirror"
done
core "$scratch/package/dist/cli/wp-files/latest/wordpress" "$mirror"

# A core whose database is upgraded and whose pages do not come.
cp -R "$scratch/6.5" "$scratch/late"
sed -i "s/\$wp_version = '[^']*'/\$wp_version = '6.5.98'/" "$scratch/late/wp-includes/version.php"
sed -i '1a lab_core_calls_what_is_not_there();' "$scratch/late/wp-includes/template-loader.php"
core "$scratch/late" "$broken"

# A core that is as published and does not run.
sed -i "s/\$wp_version = '[^']*'/\$wp_version = '6.5.99'/" "$scratch/6.5/wp-includes/version.php"
echo 'lab_core_calls_what_is_not_there();' >>"$scratch/6.5/wp-includes/functions.php"
core "$scratch/6.5" "$broken"

for plugin in lab-good lab-fatal lab-late; do
  rm -rf "$scratch/zip" && mkdir "$scratch/zip"
  cp -R "$here/plugins/$plugin/2.0" "$scratch/zip/$plugin"
  (cd "$scratch/zip" && zip -qrX - "$plugin") >"$mirror/$plugin-2.0.zip"
  entry "$mirror" plugin "$plugin" 2.0 "$plugin-2.0.zip"
done
for one in "$mirror" "$broken"; do
  { echo '{"releases": ['; sed '$!s/$/,/' "$scratch/$(basename "$one").entries"; echo ']}'; } >"$one/index.json"
done
