#!/bin/sh
# Compares two results of the benchmark by ratio: bench/compare.sh BEFORE.json AFTER.json
# (bench/run.sh PROBE --output json > FILE). Figures of different machines say little; those are named first.
set -eu
[ $# -eq 2 ] || { echo "usage: bench/compare.sh BEFORE.json AFTER.json" >&2; exit 2; }
exec python3 - "$1" "$2" <<'EOF'
import json, sys

def read(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    # What Maven says before it does not count.
    return json.loads(text[text.index("{"):])

def figures(report):
    return {(section["key"], figure["key"]): figure for section in report["sections"] for figure in section["figures"]}

before, after = (read(path) for path in sys.argv[1:])
for name, report in (("before", before), ("after", after)):
    print(f"{name}: {report.get('at', '')}  {json.dumps(report.get('machine', {}), ensure_ascii=False)}")
old, new = figures(before), figures(after)
print(f"\n{'figure':<56}{'before':>14}{'after':>14}  {'unit':<8}{'ratio':>8}")
for key in [*old, *(key for key in new if key not in old)]:
    if key not in old or key not in new:
        print(f"{'.'.join(key):<56}  only {'before' if key in old else 'after'}")
        continue
    one, other = old[key]["value"], new[key]["value"]
    ratio = f"{other / one:8.2f}" if one else "       -"
    print(f"{'.'.join(key):<56}{one:>14,.2f}{other:>14,.2f}  {new[key].get('unit', ''):<8}{ratio}")
EOF
