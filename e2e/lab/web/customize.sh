#!/bin/sh
# Run by mmdebstrap after ../customize.sh: makes the host one that serves PHP from MariaDB and PostgreSQL, and boots with all of it.
#
# Usage: customize.sh TREE
set -eu

tree=$1

# The package's own cluster takes the locale of the build, which knows no UTF-8.
version=$(ls "$tree/etc/postgresql")
chroot "$tree" pg_dropcluster "$version" main
chroot "$tree" pg_createcluster --locale C.UTF-8 "$version" main >&2
