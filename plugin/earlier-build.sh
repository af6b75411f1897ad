#!/usr/bin/env bash
# Builds the plugin as it was at a commit and prints the path of its zip: what RollingUpgradeIT upgrades from.
#
#   plugin/earlier-build.sh             the last build whose nodes say nothing of the format that they read
#   plugin/earlier-build.sh COMMIT      another one
#
# Nothing of the working copy changes; a zip that is there is not built again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
commit=${1:-a73f8ab}
git cat-file -e "$commit^{commit}" 2>/dev/null || { echo "earlier-build: this clone has no commit $commit: fetch its history" >&2; exit 1; }
zip=$PWD/plugin/target/earlier/neural-rescore-$(git rev-parse --short=7 "$commit").zip
if [ ! -f "$zip" ]; then
  tree=$(mktemp -d)
  trap 'rm -rf "$tree"' EXIT
  git archive "$commit" | tar -x -C "$tree"
  (cd "$tree" && ./mvnw -q -B -ntp -pl plugin -am package -Dmaven.test.skip=true -Dspotless.check.skip) >&2
  mkdir -p "$(dirname "$zip")"
  cp "$tree"/plugin/target/neural-rescore-*.zip "$zip.part"
  mv "$zip.part" "$zip"
fi
echo "$zip"
