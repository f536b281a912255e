#!/bin/sh
# Prints the home of a JDK 25 or newer, or says in one line that there is none. Maven itself may be started by an older one.
set -eu

wanted=25

# The major version that a JDK names in its release file; 0 where there is none.
major() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null | grep . || echo 0
}

for home in "${JAVA_HOME:-}" $(sed -n 's#.*<jdkHome>\(.*\)</jdkHome>.*#\1#p' "$HOME/.m2/toolchains.xml" 2>/dev/null) /usr/lib/jvm/*; do
  if [ -x "$home/bin/javac" ] && [ "$(major "$home")" -ge "$wanted" ]; then
    echo "$home"
    exit 0
  fi
done
echo "drydock: no JDK $wanted or newer found in JAVA_HOME, ~/.m2/toolchains.xml or /usr/lib/jvm; install one (Temurin $wanted, for example) and try again" >&2
exit 1
