#!/bin/sh
# pack.sh TARGET VERSION: lays out TARGET/drydock and TARGET/drydock-agent from the jars in TARGET/jars.
# Does again only what its inputs have changed for: the runtimes by their list of modules, the whole by its files.
set -eu

target=$1
version=$2
here=$(cd "$(dirname "$0")/.." && pwd)
root=$here/../../..
jars=$target/jars
jdk=$("$root/build/jdk.sh")

# A cache may be held against the times of the jars: all get the same, which tar and cp -a keep.
jar_time=202611230000

say() {
  echo "drydock: $*"
}

# What third-party jars need where our use of them goes; jdeps finds what our own code needs.
agent_modules=java.base,java.logging,java.naming,jdk.unsupported
all_modules=$agent_modules,java.desktop,java.management,java.security.jgss,java.sql,java.xml,jdk.jfr,jdk.management

# needed MODULES JAR...: those and what the jars use directly, in order.
needed() {
  fixed=$1
  shift
  found=$("$jdk/bin/jdeps" --no-recursive --ignore-missing-deps --multi-release 25 -q --print-module-deps \
    --class-path "$jars/*" "$@")
  echo "$fixed,$found" | tr , '\n' | sort -u | paste -sd , -
}

# runtime NAME MODULES: a stripped runtime in TARGET/runtimes/NAME.
runtime() {
  image=$target/runtimes/$1
  made_of="$2 $(cat "$jdk/release")"
  if [ "$(cat "$image.key" 2>/dev/null)" != "$made_of" ]; then
    rm -rf "$image" "$image.key"
    mkdir -p "$target/runtimes"
    "$jdk/bin/jlink" --add-modules "$2" --strip-debug --no-header-files --no-man-pages --compress=zip-6 --output "$image"
    echo "$made_of" >"$image.key"
  fi
}

# The jars that a program's first jar names, and itself; those for other systems are named but not there.
jars_of() {
  rm -rf "$target/manifest"
  mkdir "$target/manifest"
  (cd "$target/manifest" && "$jdk/bin/jar" xf "$jars/$1" META-INF/MANIFEST.MF)
  echo "$1"
  tr -d '\r' <"$target/manifest/META-INF/MANIFEST.MF" | awk -f "$here/build/class-path.awk" |
    while read -r jar; do
      if [ -e "$jars/$jar" ]; then echo "$jar"; fi
    done
}

# layout FOLDER RUNTIME JAR... : everything but the caches. Reads the programs' names from $programs.
layout() {
  folder=$1
  image=$2
  shift 2
  rm -rf "$folder"
  mkdir -p "$folder/bin" "$folder/lib/aot" "$folder/systemd"
  cp -a "$target/runtimes/$image" "$folder/runtime"
  for jar in "$@"; do
    if [ -e "$target/cacheable/$jar" ]; then
      cp "$target/cacheable/$jar" "$folder/lib/"
    else
      cp "$jars/$jar" "$folder/lib/"
    fi
  done
  touch -t "$jar_time" "$folder"/lib/*.jar
  for program in $programs; do
    sed "s/@version@/$version/" "$here/bin/$program" >"$folder/bin/$program"
    chmod 755 "$folder/bin/$program"
    if [ -e "$here/systemd/$program.service" ]; then
      cp "$here/systemd/$program.service" "$folder/systemd/"
    fi
  done
  cp "$root/LICENSE" "$folder/"
  echo "$version" >"$folder/VERSION"
}

key=$( (cat "$jdk/release" "$root/LICENSE" && find "$jars" "$here" -type f -exec sha256sum {} + | sort) | sha256sum)
if [ "$(cat "$target/pack.key" 2>/dev/null)" = "$key" ]; then
  say "the distribution is up to date"
  exit 0
fi
rm -f "$target/pack.key"

agent=drydock-agent-$version.jar
controller=drydock-controller-$version.jar
cli=drydock-cli-$version.jar
own="$jars/drydock-proto-$version.jar $jars/drydock-playbooks-$version.jar"

# picocli's classes are too old for a cache as they are, Bouncy Castle's jars are signed.
mkdir -p "$target/cacheable"
for jar in "$jars"/picocli-*.jar "$jars"/bc*.jar; do
  copy=$target/cacheable/${jar##*/}
  if [ ! "$copy" -nt "$here/build/Cacheable.java" ]; then
    "$jdk/bin/java" -XX:TieredStopAtLevel=1 "$here/build/Cacheable.java" "$jar" "$copy.part"
    mv "$copy.part" "$copy"
  fi
done

# Of Kotlin's library, which Okio alone needs, only the functions that anything calls.
for jar in "$jars"/kotlin-stdlib-[0-9]*.jar; do
  "$jdk/bin/java" -XX:TieredStopAtLevel=1 "$here/build/Unused.java" "$jar" "$target/cacheable/${jar##*/}" "$jars"/*.jar
done

# shellcheck disable=SC2086 # lists of names without spaces
{
  # One beside the other: each takes one processor for ten seconds.
  runtime agent "$(needed "$agent_modules" $own "$jars/$agent")" &
  runtime all "$(needed "$all_modules" $own "$jars/$agent" "$jars/$controller" "$jars/$cli")"
  wait $!
  programs="drydock-agent"
  layout "$target/drydock-agent" agent $(jars_of "$agent" | sort -u)
  "$jdk/bin/java" -XX:TieredStopAtLevel=1 "$here/build/Lean.java" "$target/drydock-agent/lib" "$agent" "drydock-playbooks-$version.jar"
  touch -t "$jar_time" "$target/drydock-agent"/lib/*.jar
  programs="drydock drydock-agent drydock-controller"
  layout "$target/drydock" all $( (jars_of "$agent" && jars_of "$controller" && jars_of "$cli") | sort -u)
}

# Tests of the packages, which hold no caches, do without.
[ -n "${DRYDOCK_UNTRAINED-}" ] || "$here/build/train.sh" "$target"

echo "$key" >"$target/pack.key"
say "$target/drydock $(du -sh "$target/drydock" | cut -f1), $target/drydock-agent $(du -sh "$target/drydock-agent" | cut -f1)"
