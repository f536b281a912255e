# The names on the Class-Path of a jar's manifest, one a line. A line of a manifest that begins with a blank goes on the one before (JAR File Specification).
/^Class-Path: / { path = substr($0, 13); in_path = 1; next }
in_path && /^ / { path = path substr($0, 2); next }
{ in_path = 0 }
END { n = split(path, names, " "); for (i = 1; i <= n; i++) print names[i] }
