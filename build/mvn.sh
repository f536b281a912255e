#!/bin/sh
# Maven on a JDK that can build Drydock. Installs Debian's Maven where there is none and we may.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

JAVA_HOME=$("$here/jdk.sh")
export JAVA_HOME
if ! command -v mvn >/dev/null 2>&1; then
  if [ "$(id -u)" -eq 0 ] && [ -e /etc/debian_version ]; then
    echo "drydock: installing Debian's Maven" >&2
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends maven; } >&2
  else
    echo "drydock: no Maven found; install it (on Debian: sudo apt-get install maven) and try again" >&2
    exit 1
  fi
fi
# Maven lives for seconds at a stretch of work: the optimizing compiler's time is not had back.
export MAVEN_OPTS="${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"
exec mvn --batch-mode --no-transfer-progress "$@"
