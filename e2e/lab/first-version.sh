#!/bin/sh
# Builds the project as it was at a commit of its own history, and prints the folder with the two folders that it packed then:
# drydock and drydock-agent. Of that time are the jars, the launchers and the units. The Java runtimes are those of the distribution of
# today, and there are no caches of classes: both take minutes to make and change nothing but how fast a program starts.
# The jars are kept in ~/.cache/drydock/first-version/COMMIT, where nothing that cleans a checkout finds them.
#
# Any later commit is built in the same way (RollingUpgradeIT).
#
# Usage: first-version.sh COMMIT TODAY TARGET    TODAY: dist/target; TARGET: the folder to print
# Exit 3: this clone does not have the commit, since it is shallow or no clone at all; the reason is the last line on stderr.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
lab=$root/.lab
commit=$1
today=$2
target=$3
cache=${XDG_CACHE_HOME:-$HOME/.cache}/drydock/first-version
kept=$cache/$commit
mkdir -p "$lab" "$cache"

# The jars that a program's first jar names, and itself; those for other systems are named but not there.
jars_of() {
  rm -rf "$work/manifest"
  mkdir "$work/manifest"
  (cd "$work/manifest" && "$jdk/bin/jar" xf "$1" META-INF/MANIFEST.MF)
  basename "$1"
  tr -d '\r' <"$work/manifest/META-INF/MANIFEST.MF" | awk -f "$root/dist/src/main/build/class-path.awk"
}

# layout FOLDER PROGRAM...: launchers, units and the jars that they need, of that time.
layout() {
  folder=$work/kept/$1
  shift
  mkdir -p "$folder/bin" "$folder/lib" "$folder/systemd"
  for program in "$@"; do
    module=$program
    [ "$program" != drydock ] || module=drydock-cli
    first=$(echo "$jars/$module"-[0-9]*.jar)
    version=${first##*/"$module"-}
    for jar in $(jars_of "$first"); do
      [ ! -e "$jars/$jar" ] || ln -f "$jars/$jar" "$folder/lib/"
    done
    sed "s/@version@/${version%.jar}/" "$source/dist/src/main/bin/$program" >"$folder/bin/$program"
    chmod 755 "$folder/bin/$program"
    unit=$source/dist/src/main/systemd/$program.service
    [ ! -e "$unit" ] || cp "$unit" "$folder/systemd/"
  done
}

# Also where the checkout is another user's, as on build machines.
history() {
  git -c safe.directory='*' -C "$root" "$@"
}

build() {
  if ! history cat-file -e "$commit^{commit}" 2>/dev/null; then
    if [ "$(history rev-parse --is-shallow-repository 2>/dev/null || echo none)" = false ]; then
      echo "lab: $commit is not in the history of $root; see e2e/src/test/resources/first-version" >&2
      exit 1
    fi
    echo "lab: this clone does not have $commit; fetch the whole history: git fetch --unshallow" >&2
    exit 3
  fi
  echo "lab: building the distribution of $commit, a minute or two" >&2
  jdk=$("$root/build/jdk.sh")
  work=$kept.work
  source=$work/source
  jars=$source/dist/target/jars
  rm -rf "$work"
  mkdir -p "$source"
  history archive "$commit" | tar -x -C "$source"
  # It was checked when it was written; without that a build takes half as long.
  sed -i 's|<arg>-Xplugin:ErrorProne.*</arg>|<arg>-J-XX:TieredStopAtLevel=1</arg>|' "$source/pom.xml"
  if ! (cd "$source" && "$root/build/mvn.sh" -q -T 2 -pl dist -am -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -Dexec.skip=true package) >"$lab/first-version.log" 2>&1; then
    echo "lab: the build of $commit failed, its last words (all of it in $lab/first-version.log):" >&2
    grep ERROR "$lab/first-version.log" | head -n 5 >&2
    exit 1
  fi
  layout drydock-agent drydock-agent
  layout drydock drydock drydock-agent drydock-controller
  rm -rf "$kept"
  mv "$work/kept" "$kept"
  rm -rf "$work"
}

exec 9>"$cache/lock"
flock 9
[ -d "$kept" ] || build
rm -rf "$target"
mkdir -p "$target"
for folder in drydock drydock-agent; do
  cp -R "$kept/$folder" "$target/"
  cp -R "$today/$folder/runtime" "$target/$folder/"
done
echo "$target"
