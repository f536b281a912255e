# What is there: a line KEY=VALUE each. Changes nothing. Given: $controller_host, $controller_port.
export LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
say() { printf '%s=%s\n' "$1" "$(printf '%s' "$2" | tr '\n' ' ')"; }
have() { command -v "$1" >/dev/null 2>&1; }

say arch "$(uname -m)"
if [ -r /etc/os-release ]; then
  (
    ID= ID_LIKE= VERSION_ID= PRETTY_NAME=
    . /etc/os-release
    say os_id "$ID"
    say os_like "$ID_LIKE"
    say os_version "$VERSION_ID"
    say os_name "$PRETTY_NAME"
  )
fi
tools=
for tool in apt-get dpkg dnf yum zypper rpm tar gzip; do
  if have "$tool"; then tools="$tools $tool"; fi
done
say tools "$tools"
libc=$(getconf GNU_LIBC_VERSION 2>/dev/null || true)
if [ -z "$libc" ] && ldd --version 2>&1 | grep -qi musl; then libc=musl; fi
say libc "$libc"
if [ -d /run/systemd/system ] && have systemctl; then say systemd yes; else say systemd no; fi
free() { df -Pk "$1" 2>/dev/null | awk 'NR == 2 { print $4 }'; }
if [ -d /opt ]; then say free_opt "$(free /opt)"; else say free_opt "$(free /)"; fi
say free_usr "$(free /usr)"
say free_var "$(free /var)"
say clock "$(date +%s)"

unit=$(systemctl show --property=ExecStart --value drydock-agent.service 2>/dev/null | sed -n 's/^{ path=\([^ ;]*\) .*/\1/p' | head -n 1)
agent=
for place in "$unit" /opt/drydock-agent/bin/drydock-agent "$(command -v drydock-agent 2>/dev/null)"; do
  if [ -n "$place" ] && [ -x "$place" ]; then
    agent=$place
    break
  fi
done
say agent "$agent"
if [ -n "$agent" ]; then
  say agent_version "$("$agent" version 2>/dev/null | sed -n 's/^drydock-agent //p' | head -n 1)"
  say status "$("$agent" status --output json 2>/dev/null)"
fi
if [ -d /var/lib/drydock-agent/identity ]; then say identity yes; fi
if [ -n "$unit" ]; then say unit yes; else say unit no; fi
say enabled "$(systemctl is-enabled drydock-agent.service 2>/dev/null | head -n 1)"
say active "$(systemctl is-active drydock-agent.service 2>/dev/null | head -n 1)"
if [ -e /opt/drydock-agent.new ] || [ -e /opt/drydock-agent.old ]; then say leftovers yes; fi

# Whether agents of this host can reach the controller at all. Where there is no bash nobody knows.
if have bash && have timeout; then
  said=$(timeout 8 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$controller_host" "$controller_port" 2>&1)
  case $? in
    0) say reach yes ;;
    124) say reach "no answer within 8 s" ;;
    *)
      case $said in
        *refused*) say reach "connection refused" ;;
        *[Nn]ame*) say reach "the name is not known there" ;;
        *unreachable* | *route*) say reach "no route" ;;
        *) say reach unknown ;;
      esac
      ;;
  esac
fi
