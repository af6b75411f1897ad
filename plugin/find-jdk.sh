#!/usr/bin/env bash
# Prints the home of a JDK of at least the version given: JAVA_HOME's, one of a JAVA_HOME_<anything>, or one of the system's.
set -euo pipefail
least=$1
IFS=$'\n'
for home in "${JAVA_HOME:-}" $(env | sed -n 's/^JAVA_HOME_[^=]*=//p') /usr/lib/jvm/*; do
  [ -x "$home/bin/javac" ] || continue
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null || true)
  if [ "${version:-0}" -ge "$least" ]; then
    echo "$home"
    exit 0
  fi
done
exit 1
