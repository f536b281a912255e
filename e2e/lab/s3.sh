#!/bin/sh
# Fetches S3Proxy, a server that speaks S3 over a directory and checks signatures, and prints the class path it runs with.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
lab=$here/../../.lab
mkdir -p "$lab"
path=$lab/s3.classpath
if ! [ "$path" -nt "$here/s3/pom.xml" ]; then
  "$here/../../build/mvn.sh" -q -f "$here/s3/pom.xml" dependency:build-classpath "-Dmdep.outputFile=$path.new" >&2
  mv "$path.new" "$path"
fi
cat "$path"
