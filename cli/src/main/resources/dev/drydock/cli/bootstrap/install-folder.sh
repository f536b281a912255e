# Tries what was shipped, puts it in the place of what is there, and its unit. Cut off anywhere, it can be run again after shipping anew.
export LC_ALL=C
umask 022
new=/opt/drydock-agent.new
here=/opt/drydock-agent
old=/opt/drydock-agent.old
if ! "$new/bin/drydock-agent" version; then
  rm -rf "$new"
  exit 41
fi
cp "$new/systemd/drydock-agent.service" /etc/systemd/system/.drydock-agent.service.new &&
  mv /etc/systemd/system/.drydock-agent.service.new /etc/systemd/system/drydock-agent.service || exit 1
rm -rf "$old"
if [ -e "$here" ]; then mv "$here" "$old" || exit 1; fi
if ! mv "$new" "$here"; then
  if [ -e "$old" ]; then mv "$old" "$here"; fi
  exit 1
fi
# Where SELinux is, files have what their place says.
if command -v restorecon >/dev/null 2>&1; then restorecon -R "$here" /etc/systemd/system/drydock-agent.service >/dev/null 2>&1; fi
systemctl daemon-reload
