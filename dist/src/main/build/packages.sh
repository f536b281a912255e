#!/bin/sh
# packages.sh CLASSPATH ARGUMENT...: makes the packages, on the JDK of the build (see dev.drydock.dist.packaging.Packages).
set -eu

jdk=$("$(dirname "$0")/../../../../build/jdk.sh")
classpath=$1
shift
exec "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$classpath" dev.drydock.dist.packaging.Packages "$@"
