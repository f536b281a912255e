#!/bin/sh
# Builds the images of the lab's hosts where they are not built yet, and prints the name of the one asked for.
# The name ends in a hash of everything that the image is made from, so what did not change is not built again.
#
# Usage: image.sh base            Debian 12 with systemd, nginx and pending security updates
#        image.sh host AGENT_DIR  the same with the agent's distribution, not enrolled yet
#        image.sh web AGENT_DIR   as host, and PHP-FPM, MariaDB and PostgreSQL
#        image.sh wordpress AGENT_DIR   as web, and what is needed to make a WordPress site on it
#        image.sh rpm-host AGENT_DIR   a host that lives by rpm, with the agent's distribution and servers in packages of rpm
#        image.sh rpm-base        a host that lives by rpm, without an agent
#        image.sh root            the first as an archive of a root directory; needs no engine
#        image.sh rpm             an archive of a root directory that lives by rpm; needs no engine
set -eu

here=$(cd "$(dirname "$0")" && pwd)
lab=$here/../../.lab
mkdir -p "$lab"

# Of names and contents, not of dates, nor of where this checkout is: all checkouts of a machine share what they have alike.
hash_of() { find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sed "s|  $here/|  |" | sha256sum | cut -c 1-16; }

have() { docker image inspect "$1" >/dev/null 2>&1; }

# Debian's tree with pending updates, as an archive. $1: where it goes, $2: the flavour, or nothing
# With Debian's tools on this machine; where they cannot be had, in a container of a stock image from a registry.
build_tree() {
  if why=$("$here/tools.sh" "$lab" mmdebstrap=mmdebstrap apt-ftparchive=apt-utils dpkg-deb=dpkg-dev 2>&1); then
    [ -z "$why" ] || echo "$why" >&2
    "$here/tree.sh" "$lab" "$@"
  elif docker pull --quiet debian:bookworm >"$lab/base-image.log" 2>&1; then
    build_tree_in_container "$@"
  else
    echo "$why" >&2
    echo "lab: nor can the stock image debian:bookworm be pulled: $(tail -n 1 "$lab/base-image.log")" >&2
    return 1
  fi
}

build_tree_in_container() {
  echo "lab: no Debian tools on this machine, building in a container of debian:bookworm" >&2
  builder=$(docker create --cap-add SYS_ADMIN --security-opt apparmor=unconfined --env "FLAVOUR=${2:-}" debian:bookworm sh -euc '
    /lab/tools.sh /tmp mmdebstrap=mmdebstrap apt-ftparchive=apt-utils dpkg-deb=dpkg-dev
    /lab/tree.sh /tmp /tree.tar "$FLAVOUR"')
  docker cp "$here" "$builder:/lab"
  if docker start --attach "$builder" >"$lab/base-image.log" 2>&1; then
    docker cp "$builder:/tree.tar" "$1"
    docker rm "$builder" >/dev/null
  else
    docker rm "$builder" >/dev/null
    echo "lab: the build in a container failed, its last words (all of it in $lab/base-image.log):" >&2
    tail -n 5 "$lab/base-image.log" >&2
    return 1
  fi
}

# $1: the image, $2: the flavour
build_tree_image() {
  echo "lab: building $1, a minute or two" >&2
  build_tree "$lab/base.tar" "$2"
  import_tree "$lab/base.tar" "$1"
  rm "$lab/base.tar"
}

# $1: the archive; $2: the image
import_tree() {
  docker import --change 'CMD ["/usr/local/sbin/lab-init"]' --change 'ENV container=docker' "$1" "$2" >/dev/null
}

base_hash() { hash_of "$here/base" "$here/packages" "$here/customize.sh" "$here/tree.sh" "$here/packages.sh" "$@"; }

# The image is the root directory: one tree for both.
ensure_base() {
  base=drydock-lab/debian12:$(base_hash)
  have "$base" && return
  ensure_root
  import_tree "$root" "$base"
  docker tag "$base" drydock-lab/debian12:current
}

ensure_web_base() {
  base=drydock-lab/debian12-web:$(base_hash "$here/web")
  have "$base" || build_tree_image "$base" web
}

ensure_wordpress_base() {
  ensure_web_base
  site=drydock-lab/debian12-wordpress:$(printf '%s %s' "$base" "$(hash_of "$here/wordpress")" | sha256sum | cut -c 1-16)
  if ! have "$site"; then
    echo "lab: building $site" >&2
    "$here/tools.sh" "$lab" npm=npm zip=zip unzip=unzip
    context=$(mktemp -d)
    "$here/wordpress/tree.sh" "$lab" "$context/root"
    sed "s|@BASE@|$base|" "$here/wordpress/Dockerfile" >"$context/Dockerfile"
    DOCKER_BUILDKIT=0 docker build --quiet --pull=false --tag "$site" "$context" >"$lab/wordpress-image.log" 2>&1 || {
      rm -rf "$context"
      echo "lab: docker build failed, its last words (all of it in $lab/wordpress-image.log):" >&2
      tail -n 5 "$lab/wordpress-image.log" >&2
      return 1
    }
    rm -rf "$context"
  fi
  base=$site
}

ensure_root() {
  root=$lab/root-$(base_hash).tar
  [ -e "$root" ] && return
  echo "lab: building a root directory, a minute or two" >&2
  rm -f "$lab"/root-*.tar
  build_tree "$root.new.tar"
  mv "$root.new.tar" "$root"
}

rpm_hash() { hash_of "$here/rpm" "$here/rpm-tree.sh"; }

ensure_rpm() {
  rpm=$lab/rpm-$(rpm_hash).tar
  [ -e "$rpm" ] && return
  echo "lab: building a root directory for rpm, a minute" >&2
  rm -f "$lab"/rpm-*.tar
  "$here/tools.sh" "$lab" mmdebstrap=mmdebstrap
  "$here/rpm-tree.sh" "$lab" "$rpm.new.tar"
  mv "$rpm.new.tar" "$rpm"
}

ensure_rpm_base() {
  base=drydock-lab/rpm:$(hash_of "$here/rpm-host" "$here/rpm-host.sh" "$here/rpm/base" "$here/base/usr/local/sbin")
  have "$base" && return
  echo "lab: building $base, a minute or two" >&2
  "$here/tools.sh" "$lab" mmdebstrap=mmdebstrap
  "$here/rpm-host.sh" "$lab" "$lab/rpm-host.tar"
  import_tree "$lab/rpm-host.tar" "$base"
  rm "$lab/rpm-host.tar"
}

# Puts the agent's distribution on $base. $1: the name of the image, $2: the distribution
ensure_host() {
  agent=$2
  host=drydock-lab/$1:$(printf '%s %s %s' "$base" "$(hash_of "$here/host")" "$(cd "$agent" && hash_of .)" | sha256sum | cut -c 1-16)
  have "$host" && return
  echo "lab: building $host" >&2
  context=$(mktemp -d)
  cp -R "$here/host/." "$context/"
  cp -R "$agent" "$context/agent"
  sed -i "s|@BASE@|$base|" "$context/Dockerfile"
  # The builder that every engine has; nothing is pulled.
  DOCKER_BUILDKIT=0 docker build --quiet --pull=false --tag "$host" "$context" >"$lab/host-image.log" 2>&1 || {
    rm -rf "$context"
    echo "lab: docker build failed, its last words (all of it in $lab/host-image.log):" >&2
    tail -n 5 "$lab/host-image.log" >&2
    return 1
  }
  rm -rf "$context"
}

exec 9>"$lab/image.lock"
flock 9
case ${1:-} in
  base)
    ensure_base
    echo "$base"
    ;;
  host)
    ensure_base
    ensure_host host "$2"
    echo "$host"
    ;;
  web)
    ensure_web_base
    ensure_host web "$2"
    echo "$host"
    ;;
  wordpress)
    ensure_wordpress_base
    ensure_host wordpress "$2"
    echo "$host"
    ;;
  rpm-base)
    ensure_rpm_base
    echo "$base"
    ;;
  rpm-host)
    ensure_rpm_base
    ensure_host rpm-host "$2"
    echo "$host"
    ;;
  root)
    ensure_root
    echo "$root"
    ;;
  rpm)
    ensure_rpm
    echo "$rpm"
    ;;
  *)
    echo "usage: image.sh base | host AGENT_DIR | web AGENT_DIR | wordpress AGENT_DIR | rpm-base | rpm-host AGENT_DIR | root | rpm" >&2
    exit 2
    ;;
esac
