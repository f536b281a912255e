# The world of the documents: what their readers have when they come to a page. Sourced by the shell in which they are typed.
# Functions make sure of something, and are quiet about what is there already.

address=ctl.example.com:8443
authority=/var/lib/drydock/ca.crt

# Once, before the first page.
world() {
  cp $authority ca.crt
  cp /var/lib/drydock/admin.token admin.token
  mkdir -p lab policies windows calendars playbooks kept /backup /etc/prometheus /etc/bash_completion.d /root/ghosts
  cp ca.crt admin.token lab/
  cp ops.key ops.pub kept/
  echo 'https://hooks.slack.example.com/services/T0/B0/x' >slack.url
  echo "whsec_$(head -c 32 /dev/urandom | base64)" >hook.key
  echo 'a passphrase' >passphrase.txt
  apt-get install -y ./drydock-agent_*_amd64.deb >/dev/null
  echo 'DRYDOCK_CONTROLLER_OPTS="--advertise ctl.example.com --feed-listen 0.0.0.0:8444"' >>/etc/default/drydock-controller
  systemctl restart drydock-controller
  ready
  chown drydock: /backup
  drydock host label web-01 client=shop
  drydock playbook new web-monthly --template web-security-updates
  signed web-monthly
  sed -i 's|^  description: .*|  description: Security updates, changed|' web-monthly.yaml
  signed web-monthly
  drydock policy push web.yaml
  sed 's/olderThan: 7d/olderThan: 8d/' web.yaml >policies/web.yaml
  drydock policy push policies/web.yaml
  cp web.yaml policies/web.yaml
  drydock feed import Debian.zip --source osv-debian
  drydock feed import known_exploited_vulnerabilities.json --source kev
  books
  person olga operator
  person anna approver
  window sunday-night
  team dba
  team shop
  for name in web-05 web-07 web-09 db-02; do ghost $name; done
}

# The controller answers, and who types is its administrator. Agents wait longer after each time that it was away; here nobody has as much time.
ready() {
  curl -sS --retry 60 --retry-delay 1 --retry-all-errors --cacert $authority https://$address/readyz >/dev/null 2>&1
  cp /var/lib/drydock/admin.token admin.token
  cp admin.token lab/
  admin
  for name in web-01 app-01 db-01; do ssh -n "admin@$name.example.com" sudo systemctl restart drydock-agent; done
  for i in $(seq 60); do
    drydock host list --output json | jq -e '[.hosts[] | select(.facts.name | IN("web-01", "app-01", "db-01")) | .online] | all' >/dev/null && break
    sleep 0.3
  done
}

admin() { drydock login --address $address --ca $authority --token-file /var/lib/drydock/admin.token; }

# USER TOKEN-FILE: has a context of that name, which is not the one that is used by itself.
at_a_desk() {
  [ -s "$2" ] || return 0
  cp "$2" "kept/$1.token"
  drydock login --context "$1" --address $address --ca $authority --token-file "kept/$1.token"
  admin
}

# USER ROLE
person() {
  drydock user list --quiet | grep -qx "$1" && [ -e "kept/$1.token" ] && drydock whoami --context "$1" >/dev/null 2>&1 && return
  drydock user remove "$1" --yes
  drydock user create "$1" --role "$2" --quiet >"kept/new"
  at_a_desk "$1" kept/new
}

no_person() { drydock user remove "$1" --yes; rm -f "kept/$1.token"; }

# A password of the administrator's, in the file fresh.
password() {
  drydock user passwd --reset admin --quiet >once
  echo "a password of $(date +%s%N)" >fresh
  drydock user passwd --old-file once --new-file fresh
}

# FILE STEPS: the code of the secret that `totp enrol` printed, so many steps ahead (RFC 6238).
code() {
  secret=$(sed -n 's/^secret *//p' "$1" | tr -d ' ')
  pad=$(( (8 - ${#secret} % 8) % 8 ))
  key=$(printf '%s%s' "$secret" "$(printf '======' | head -c $pad)" | base32 -d | od -An -v -tx1 | tr -d ' \n')
  step=$(printf '%016x' $(( $(date +%s) / 30 + $2 )))
  hash=$(printf "$(printf '%s' "$step" | sed 's/../\\x&/g')" | openssl dgst -sha1 -mac HMAC -macopt "hexkey:$key" | sed 's/.* //')
  at=$(( 0x${hash:39:1} * 2 ))
  printf '%06d\n' $(( (0x${hash:$at:8} & 0x7fffffff) % 1000000 ))
}

# NAME: a host on record whose machine is away. A name is given once: where it was revoked, the name that came after is in $GHOST.
ghost() {
  drydock token create --uses 1 --ttl 5m --quiet >ghost.token
  rm -rf "/root/ghosts/$1"
  drydock-agent enroll --controller ctl.example.com:7443 --token-file ghost.token --name "$1" --data "/root/ghosts/$1" --config /root/ghosts/none >ghost.said
  GHOST=$(drydock host list --quiet | grep -x "$1\(-[0-9]*\)\?" | sort -V | tail -n 1)
}

# NAME: the playbook NAME.yaml, signed and pushed.
signed() {
  drydock playbook sign "$1.yaml" --key kept/ops.key && drydock playbook push "$1.yaml"
}

# Playbooks of which the last fails on every host, and goes back; the second takes its time.
books() {
  cat >playbooks/monthly-quick.yaml <<'X'
apiVersion: drydock/v1
kind: Playbook
metadata: {name: quick}
spec:
  steps:
    - file.put: {path: /etc/quick, content: done}
  verify:
    - command.check: {argv: [test, -e, /etc/quick]}
X
  cat >playbooks/slow.yaml <<'X'
apiVersion: drydock/v1
kind: Playbook
metadata: {name: slow}
spec:
  steps:
    - command.run: {argv: [sleep, "20"], undo: ["true"]}
X
  cat >playbooks/failing.yaml <<'X'
apiVersion: drydock/v1
kind: Playbook
metadata: {name: failing}
spec:
  steps:
    - file.put: {path: /etc/failing, content: done}
  verify:
    - command.check: {argv: [test, "!", -e, /etc/failing], grace: 0s}
X
  mv playbooks/monthly-quick.yaml playbooks/quick.yaml
  for name in quick slow failing; do signed playbooks/$name; done
}

# The file old.yaml, with a machine that has sshd and no agent: this one.
old() { sed '/name: app-01/d; /name: db-01/d; s/{name: web-01, address: web-01/{name: old-01, address: ctl/' hosts.yaml >old.yaml; }

# So that names are new, in $R.
count=$(date +%s)
named() { count=$((count + 1)); R=$1-$count; }

# PLAYBOOK HOSTS OPTIONS…: a rollout in a window that is open, in $R.
going() {
  named going
  drydock window create now --now --duration 3h
  drydock rollout create "$R" --playbook "$1" --hosts "$2" --window now "${@:3}"
}

# A rollout that waits for Sunday, in $R.
waiting() {
  named waiting
  window sunday-night
  drydock rollout create "$R" --playbook quick --hosts 'host.labels.site == "hq"' --window sunday-night --wave 1 --wave 100% "$@"
}

# A rollout whose host failed, and the run, in $R and $RUN. The same one again, when it has ended.
failed() {
  if [ -e kept/failed ]; then
    R=$(cat kept/failed)
  else
    going failing 'host.name == "web-01"'
    echo "$R" >kept/failed
  fi
  drydock rollout watch "$R"
  RUN=$(drydock run list --rollout "$R" --quiet | head -n 1)
}

busy=app-01

# A run that is under way, in $RUN; on one host, and then on the other, which need not wait for it.
running() {
  [ "$busy" = db-01 ] && busy=app-01 || busy=db-01
  going slow "host.name == \"$busy\""
  for i in $(seq 100); do
    RUN=$(drydock run list --rollout "$R" --quiet | head -n 1)
    [ -n "$RUN" ] && drydock run show "$RUN" | grep -qi running && return
    sleep 0.2
  done
}

run() { RUN=$(drydock run list --rollout november --host web-01 --quiet | head -n 1); }

window() {
  drydock window show "$1" >/dev/null 2>&1 ||
    drydock window create "$1" --rrule 'FREQ=WEEKLY;BYDAY=SU' --start 2026-11-29T02:00 --zone Europe/Berlin --duration 3h --cutoff 45m
}

no_window() { drydock window delete "$1" --yes; }

calendar() {
  drydock calendar show "$1" >/dev/null 2>&1 || drydock calendar create "$1" --dates 2026-11-23/2026-11-30,2026-12-25 --timezone Europe/Berlin
}

# Neither it nor what names it.
no_calendar() {
  drydock calendar show "$1" >/dev/null 2>&1 || return 0
  for name in $(drydock window list --quiet); do
    drydock window show "$name" --output json | grep -q "\"$1\"" && drydock window delete "$name" --yes
  done
  for name in $(drydock contract list --quiet); do
    drydock contract show "$name" --output json | grep -q "\"$1\"" && drydock contract delete "$name" --yes
  done
  drydock calendar delete "$1" --yes
}

team() {
  drydock team show "$1" >/dev/null 2>&1 || drydock team create "$1" --hosts 'host.labels.client == "shop"' --mail "$1@example.com"
}

contract() {
  drydock contract show "$1" >/dev/null 2>&1 ||
    drydock contract create "$1" --client 'Shop Ltd' --hosts 'host.labels.client == "shop"' --zone Europe/Berlin --cover corrective:4h:3
}

# An incident of its own, in $I.
incident() { I=$(drydock incident open --host web-01 --title 'Slow since noon' --quiet); }

schedule() {
  drydock report schedule show "$1" >/dev/null 2>&1 || drydock report schedule create "$1" --rrule 'FREQ=WEEKLY;BYDAY=MO' \
    --start 2026-11-30T07:00 --zone Europe/Berlin --mail board@example.com
}

no_schedule() { drydock report schedule delete "$1" --yes; }

# One that olga asked for, in $W.
waiver() {
  count=$((count + 1))
  W=waiver-$count
  person olga operator
  drydock waiver create "$W" --cve CVE-2024-6387 --hosts 'host.labels.role == "legacy"' --reason 'not reachable from outside' --expires 60d --context olga
}

# Something that a team was told, in $N.
notification() {
  team dba
  drydock team test dba
  N=$(drydock notification list --quiet | head -n 1)
}

# FILE: an artifact of that name.
artifact() {
  echo "this is $1" >"$1"
  drydock artifact push "$1"
}

# NAME: a key of that name on the desk. Where one was pinned, the pinned one.
no_key() { rm -f "$1.key" "$1.pub"; }
keep_key() {
  if [ -e "kept/$1.key" ]; then cp "kept/$1.key" "kept/$1.pub" .; else cp "$1.key" "$1.pub" kept/; fi
}

# The controller, stopped; and with no data, as on a new machine.
stopped() { systemctl stop drydock-controller; }
lost() {
  stopped
  rm -rf /var/lib/drydock.lost
  mv /var/lib/drydock /var/lib/drydock.lost
}
