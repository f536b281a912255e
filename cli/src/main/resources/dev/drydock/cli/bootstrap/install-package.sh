# Installs the package that was shipped. Given: $file, its name, and $manager: deb, dnf or zypper.
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
folder=/var/cache/drydock-bootstrap
package=$folder/$file
case $manager in
  deb) apt-get install -y -q --no-install-recommends --allow-downgrades -o Dpkg::Options::=--force-confold "$package" ;;
  dnf) if command -v dnf >/dev/null 2>&1; then dnf install -y "$package"; else yum install -y "$package"; fi ;;
  zypper) zypper --non-interactive install --allow-unsigned-rpm --oldpackage "$package" ;;
esac || {
  rm -rf "$folder"
  exit 1
}
rm -rf "$folder"
# A folder that was put there by hand before gives way to the package, and so does its unit.
for unit in /usr/lib/systemd/system/drydock-agent.service /lib/systemd/system/drydock-agent.service; do
  if [ -e "$unit" ] && [ -e /etc/systemd/system/drydock-agent.service ]; then
    rm -f /etc/systemd/system/drydock-agent.service
    if ! grep -q '^ExecStart=/opt/drydock-agent/' "$unit"; then rm -rf /opt/drydock-agent; fi
    break
  fi
done
systemctl daemon-reload
