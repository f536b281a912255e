#!/bin/sh
# Installs the agent of Drydock on this host from the controller @api@, and enrols it. As root:
#
#   sh install.sh --token-file FILE [--name NAME] [--signer FILE]
#
# --token-file FILE  what `drydock token create` printed; - reads it from standard input (not when this script comes from there)
# --name NAME        what the host is called, unless by its own name
# --signer FILE      a public key (NAME.pub of `drydock key create`): the checksums of the packages must be signed with its key
#
# The packages must have the checksums that this script holds, and the script holds the controller's CA, whose fingerprint is
# @fingerprint@
set -eu

api=@api@
agents=@agents@
fingerprint=@fingerprint@

say() { echo "drydock: $*"; }

fail() {
  echo "drydock: $*" >&2
  exit 1
}

ca() {
  cat <<'CA'
@ca@
CA
}

sums() {
  cat <<'SUMS'
@sums@
SUMS
}

# fetch NAME: into the working folder, from this controller and no other.
fetch() {
  if command -v curl >/dev/null; then
    curl --silent --show-error --fail --location --proto '=https' --cacert "$work/ca.crt" --output "$work/$1" "$api/packages/$1"
  elif command -v wget >/dev/null; then
    wget --quiet --https-only --ca-certificate="$work/ca.crt" --output-document="$work/$1" "$api/packages/$1"
  else
    fail "neither curl nor wget is here; install one"
  fi
}

# The one package of the agent for this host.
package_for() {
  case $family in
    apt) pattern="  drydock-agent_[^ ]*_$debian.deb\$" ;;
    *) pattern="  drydock-agent-[^ ]*\\.$processor.rpm\$" ;;
  esac
  sums | sed -n "s/^[0-9a-f]*$pattern/&/p" | sed 's/^[0-9a-f]*  //' | tail -n 1
}

install_package() {
  case $family in
    apt) DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends --allow-downgrades \
      -o Dpkg::Options::=--force-confold "$1" ;;
    dnf | yum) "$family" --assumeyes --quiet --nogpgcheck install "$1" ;;
    zypper) zypper --non-interactive --quiet --no-gpg-checks install --allow-unsigned-rpm "$1" ;;
  esac
}

main() {
  token= name= signer=
  while [ $# -gt 0 ]; do
    case $1 in
      --token-file | --name | --signer)
        [ $# -gt 1 ] || fail "$1 needs a value"
        case $1 in --token-file) token=$2 ;; --name) name=$2 ;; --signer) signer=$2 ;; esac
        shift 2
        ;;
      *) fail "'$1' is not known; expected --token-file FILE, --name NAME or --signer FILE" ;;
    esac
  done
  [ -n "$token" ] || fail "say which token enrols this host: --token-file FILE"
  [ "$token" = - ] || [ -r "$token" ] || fail "$token cannot be read"
  [ "$(id -u)" -eq 0 ] || fail "this installs a package and has to be run by root"
  [ -d /run/systemd/system ] || fail "this host does not run systemd; see docs/install.md for other ways"

  processor=$(uname -m)
  case $processor in
    x86_64) debian=amd64 ;;
    aarch64) debian=arm64 ;;
    *) debian=$processor ;;
  esac
  # By the system's own word first: a Debian may have dnf beside apt, and the other way round.
  like=$( (. /etc/os-release && echo " ${ID-} ${ID_LIKE-} ") 2>/dev/null) || like=
  case $like in
    *" debian "* | *" ubuntu "*) order=apt ;;
    *suse* | *" sles "*) order=zypper ;;
    *" fedora "* | *" rhel "* | *" centos "*) order="dnf yum" ;;
    *) order="apt dnf yum zypper" ;;
  esac
  family=
  for manager in $order; do
    command=$manager
    [ "$manager" != apt ] || command=apt-get
    if [ -z "$family" ] && command -v "$command" >/dev/null; then family=$manager; fi
  done
  [ -n "$family" ] || fail "none of the package managers of this system is here:$(printf ' %s' $order)"
  package=$(package_for)
  [ -n "$package" ] || fail "the controller has no package of the agent for $family on $processor"

  umask 077
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  ca >"$work/ca.crt"
  sums >"$work/SHA256SUMS"
  if [ -n "$signer" ]; then
    fetch SHA256SUMS.sig
    openssl pkeyutl -verify -pubin -inkey "$signer" -rawin -in "$work/SHA256SUMS" -sigfile "$work/SHA256SUMS.sig" >/dev/null ||
      fail "the checksums of the packages are not signed with the key in $signer"
  fi
  say "fetching $package"
  fetch "$package"
  (cd "$work" && grep -F "  $package" SHA256SUMS | sha256sum --check --quiet -) ||
    fail "$package is not what the controller said it is"
  chmod 755 "$work"
  chmod 644 "$work/$package"
  say "installing $package"
  install_package "$work/$package"

  if [ -e /var/lib/drydock-agent/identity/current ]; then
    say "this host is enrolled already; it stays who it is"
  else
    set -- enroll --controller "$agents" --token-file "$token"
    [ -z "$name" ] || set -- "$@" --name "$name"
    drydock-agent "$@"
  fi
  systemctl enable --quiet --now drydock-agent
  say "done; the agent runs: drydock-agent status"
}

# Nothing is done before the whole of this script is here.
main "$@"
