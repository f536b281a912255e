#!/bin/sh
# Builds the images of the lab's hosts where they are not built yet, and prints the name of the one asked for.
# The name ends in a hash of everything that the image is made from, so what did not change is not built again.
#
# Usage: image.sh base            Debian 12 with systemd, nginx and pending security updates
#        image.sh host AGENT_DIR  the same with the agent's distribution, not enrolled yet
set -eu

here=$(cd "$(dirname "$0")" && pwd)
lab=$here/../../.lab
mkdir -p "$lab"
include=systemd,systemd-sysv,dbus,libpam-systemd,nginx,openssl,curl,ca-certificates,procps,iproute2

# Of names and contents, not of dates.
hash_of() { find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-16; }

have() { docker image inspect "$1" >/dev/null 2>&1; }

build_base() {
  name=$1
  echo "lab: building $name, a minute or two" >&2
  "$here/mirrors.sh" >"$lab/mirrors"
  main=$(sed -n 1p "$lab/mirrors")
  security=$(sed -n 2p "$lab/mirrors")
  rm -rf "$lab/repository"
  "$here/packages.sh" "$lab/repository"
  log=$lab/base-image.log
  # Unpacking without fsync: the image is a throw-away, and so are its hosts.
  mmdebstrap --quiet --variant=minbase --include="$include" --dpkgopt=force-unsafe-io \
    --skip=cleanup/apt/lists \
    --customize-hook="'$here/customize.sh' \"\$1\" '$security' '$lab/repository'" \
    bookworm "$lab/base.tar" \
    "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $main bookworm main" >"$log" 2>&1 || {
    echo "lab: mmdebstrap failed, its last words (all of it in $log):" >&2
    tail -n 5 "$log" >&2
    return 1
  }
  docker import --change 'CMD ["/usr/local/sbin/lab-init"]' --change 'ENV container=docker' "$lab/base.tar" "$name" >/dev/null
  rm "$lab/base.tar"
  docker tag "$name" drydock-lab/debian12:current
}

base_name() {
  echo "drydock-lab/debian12:$(hash_of "$here/base" "$here/packages" "$here/customize.sh" "$here/image.sh" "$here/packages.sh")"
}

ensure_base() {
  base=$(base_name)
  have "$base" || build_base "$base"
}

ensure_host() {
  agent=$1
  host=drydock-lab/host:$(printf '%s %s %s' "$base" "$(hash_of "$here/host")" "$(cd "$agent" && hash_of .)" | sha256sum | cut -c 1-16)
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
    ensure_host "$2"
    echo "$host"
    ;;
  *)
    echo "usage: image.sh base | host AGENT_DIR" >&2
    exit 2
    ;;
esac
