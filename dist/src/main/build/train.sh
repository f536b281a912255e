#!/bin/sh
# train.sh TARGET: makes the AOT caches of the programs in TARGET/drydock and TARGET/drydock-agent.
# Java writes a cache of what a process loaded and linked. So the programs rehearse once, on loopback: a controller, an agent that
# enrols and takes two runs, of which one goes back, and a person who does all that a rollout takes. All that a cache holds is
# loaded at each start and stays in memory. So the cache of the agent alone, which waits on every host, is made as hosts make it, by
# one that connects and waits (make-cache); what a run needs is read when the first run comes.
# Where they cannot meet they are trained by their help, which is worth less.
set -eu

target=$1
all=$target/drydock
work=$target/training
here=$(cd "$(dirname "$0")/.." && pwd)
patience=120

rm -rf "$work"
mkdir -p "$work"
chmod 700 "$work"
echo 'PRETTY_NAME="A root to rehearse with"' >"$work/os-release"
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

# recording FOLDER PROGRAM [CLASS]: the launcher that writes the cache which the usual one reads.
recording() {
  sed "s/-XX:AOTCache=/-XX:AOTCacheOutput=/; s/\.Main \"/.${3:-Main} \"/" "$1/bin/$2" >"$1/bin/.train-$2"
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

# What a person does, in one process. The second rollout goes back, since a file has none below it: partly failed, 4.
rehearse() {
  for name in forward back; do
    then=
    [ $name = forward ] || then='- file.put: {path: /etc/back/below, content: "never"}'
    cat >"$work/$name.yaml" <<YAML
apiVersion: drydock/v1
kind: Playbook
metadata: {name: $name, description: A rehearsal of the programs, maintenance: preventive}
spec:
  hosts: host.labels.role == "rehearsal" && host.name.startsWith("in-")
  preflight:
    - disk.free: {path: /, atLeast: 1MiB}
  steps:
    - name: Put a file
      file.put: {path: /etc/$name, content: "rehearsed"}
    $then
  onFailure: rollback
YAML
  done
  outcome=0
  "$(recording "$all" drydock Rehearsal)" host list \
    --then key create spare --out "$work" --then key pin "$work/spare.pub" \
    --then playbook lint "$work/forward.yaml" --then playbook sign "$work/forward.yaml" --key "$work/rehearsal.key" \
    --then playbook push "$work/forward.yaml" \
    --then playbook sign "$work/back.yaml" --key "$work/rehearsal.key" --then playbook push "$work/back.yaml" \
    --then token create --uses 1 \
    --then window create now --now --duration 1h --cutoff 10m \
    --then rollout create forward --playbook forward --hosts 'host.labels.role == "rehearsal"' --window now --wave 1 --watch \
    --then report rollout forward --then report compliance --then report compliance --output json \
    --then rollout create back --playbook back --hosts 'host.labels.role == "rehearsal"' --window now --failure-threshold 2 --watch || outcome=$?
  [ "$outcome" -eq 4 ]
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
  # Hosts learn of the signers when they enrol.
  "$all/bin/drydock" key create rehearsal --out "$work" && "$all/bin/drydock" key pin "$work/rehearsal.pub" || return 1
  "$all/bin/drydock" token create --uses 1 --label role=rehearsal --quiet >"$work/token" || return 1

  mkdir -p "$work/roots/drydock/etc"
  cp "$work/os-release" "$work/roots/drydock/etc/"
  "$(recording "$all" drydock-agent Rehearsal)" enroll --controller "$plane" --token-file "$work/token" \
    --name in-drydock --data "$work/drydock" --root "$work/roots/drydock" \
    --then run --data "$work/drydock" --root "$work/roots/drydock" >"$work/drydock.log" 2>&1 </dev/null &
  agent=$!
  pids="$pids $agent"
  until_true grep -q 'connected to' "$work/drydock.log" || return 1
  rehearse || return 1

  stop "$agent" "$controller"
}

meet >"$work/log" 2>&1 </dev/null || echo "drydock: the programs could not meet to be trained: see $work" >&2

alone=$target/drydock-agent/bin/.train-make-cache
cp "$here/packages/make-cache" "$alone"
chmod 755 "$alone"
"$alone" drydock-agent

for program in "$all/bin/drydock" "$all/bin/drydock-controller" "$all/bin/drydock-agent" "$target/drydock-agent/bin/drydock-agent"; do
  folder=${program%/bin/*}
  name=${program##*/}
  if [ ! -s "$folder/lib/aot/$name.aot" ]; then
    echo "drydock: training $program by its help" >&2
    "$(recording "$folder" "$name")" --help >>"$work/log" 2>&1 </dev/null
    [ -s "$folder/lib/aot/$name.aot" ] || { echo "drydock: $program has no cache: see $work" >&2; exit 1; }
  fi
done
rm -rf "$work/controller" "$work/drydock" "$work/roots" "$work/config" "$work/token" "$work"/*.key "$work"/*.pub
