#!/bin/sh
# train.sh TARGET: makes the AOT caches of the programs in TARGET/drydock and TARGET/drydock-agent.
# Java writes a cache of what a process loaded and linked. So the programs meet once, on loopback: a controller, an agent of either
# folder that enrols and connects, a person who asks for a report. Where they cannot meet they are trained by their help, which is worth less.
set -eu

target=$1
all=$target/drydock
work=$target/training
patience=120

rm -rf "$work"
mkdir -p "$work/root/etc"
chmod 700 "$work"
echo 'PRETTY_NAME="A root to train with"' >"$work/root/etc/os-release"
export HOME="$work" XDG_CONFIG_HOME="$work/config"
unset DRYDOCK_JAVA_OPTS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS

pids=
finish() {
  for pid in $pids; do
    kill -KILL "$pid" 2>/dev/null || true
  done
  rm -f "$all"/bin/.train-* "$target"/drydock-agent/bin/.train-*
}
trap finish EXIT
trap 'exit 1' INT TERM

# recording FOLDER PROGRAM: the launcher that writes the cache which the usual one reads.
recording() {
  sed 's/-XX:AOTCache=/-XX:AOTCacheOutput=/' "$1/bin/$2" >"$1/bin/.train-$2"
  chmod 755 "$1/bin/.train-$2"
  echo "$1/bin/.train-$2"
}

# until_true COMMAND...: tries it again and again; false when it never came true.
until_true() {
  for _ in $(seq $((patience * 5))); do
    if "$@" >/dev/null 2>&1; then
      return 0
    fi
    sleep 0.2
  done
  return 1
}

# stop PID...: asks all there are to end, and waits until their caches are written.
stop() {
  for pid in "$@"; do
    kill -TERM "$pid" 2>/dev/null || true
  done
  for pid in "$@"; do
    wait "$pid" || true
  done
  pids=
}

meet() {
  "$(recording "$all" drydock-controller)" run --data "$work/controller" --agent-listen 127.0.0.1:0 --api-listen 127.0.0.1:0 \
    >"$work/ready" 2>"$work/controller.log" </dev/null &
  controller=$!
  pids="$pids $controller"
  until_true grep -q '^ready ' "$work/ready" || return 1
  api=$(sed -n 's/^ready .*api=\([^ ]*\).*/\1/p' "$work/ready")
  plane=$(sed -n 's/^ready .*agents=\([^ ]*\).*/\1/p' "$work/ready")
  "$all/bin/drydock" login --address "$api" --ca "$work/controller/ca.crt" --token-file "$work/controller/admin.token" || return 1
  "$(recording "$all" drydock)" report compliance || return 1
  "$all/bin/drydock" token create --uses 2 --quiet >"$work/token" || return 1

  agents=
  for folder in drydock drydock-agent; do
    "$target/$folder/bin/drydock-agent" enroll --controller "$plane" --token-file "$work/token" --name "in-$folder" \
      --data "$work/$folder" --root "$work/root" || return 1
    "$(recording "$target/$folder" drydock-agent)" run --data "$work/$folder" --root "$work/root" \
      >"$work/$folder.log" 2>&1 </dev/null &
    agents="$agents $!"
    pids="$pids $!"
  done
  until_true grep -q 'connected to' "$work/drydock.log" && until_true grep -q 'connected to' "$work/drydock-agent.log" || return 1
  # shellcheck disable=SC2086 # a list of numbers
  stop $agents "$controller"
}

meet >"$work/log" 2>&1 </dev/null || echo "drydock: the programs could not meet to be trained: see $work" >&2

for program in "$all/bin/drydock" "$all/bin/drydock-controller" "$all/bin/drydock-agent" "$target/drydock-agent/bin/drydock-agent"; do
  folder=${program%/bin/*}
  name=${program##*/}
  if [ ! -s "$folder/lib/aot/$name.aot" ]; then
    echo "drydock: training $program by its help" >&2
    "$(recording "$folder" "$name")" --help >>"$work/log" 2>&1 </dev/null
    [ -s "$folder/lib/aot/$name.aot" ] || { echo "drydock: $program has no cache: see $work" >&2; exit 1; }
  fi
done
rm -rf "$work/controller" "$work/drydock" "$work/drydock-agent" "$work/config" "$work/token"
