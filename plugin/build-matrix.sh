#!/usr/bin/env bash
# Builds the plugin for exact Elasticsearch releases, tries each build on a node of that release, and prints a table.
#
#   plugin/build-matrix.sh                      the releases below
#   plugin/build-matrix.sh 8.19.21 9.5.3        these
#
# What is tried: the unit tests, and where Maven Central has what a node is made of, RegistryIT and VectorMappingsIT on
# one. The 9 line needs a JDK of 21 or later (find-jdk.sh). Zips go to plugin/target/matrix/, logs beside them.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
central=${NEURAL_RESCORE_CENTRAL:-https://repo.maven.apache.org/maven2}
out=$PWD/plugin/target/matrix
releases=("$@")
[ $# -gt 0 ] || releases=(8.19.14 8.19.21 9.2.8 9.3.4 9.5.2 9.5.3)

there() { curl -sfI --max-time 30 -o /dev/null "$central/org/elasticsearch/$1"; }

mkdir -p "$out"
table="release|JDK|build|unit tests|node|zip"
failed=0
for release in "${releases[@]}"; do
  profile=(); least=17
  [[ $release == 8.* ]] || { profile=(-Pes9); least=21; }
  if ! jdk=$(plugin/find-jdk.sh $least); then
    table+=$'\n'"$release|no JDK of $least or later|-|-|-|-"; failed=1; continue
  fi
  if there "distribution/integ-test-zip/elasticsearch/$release/elasticsearch-$release.pom"; then
    node=distribution; made=(-Ddistribution.fetched=package -Ddistribution.assembled=none)
  elif there "plugin/transport-netty4/$release/transport-netty4-$release.pom" && there "elasticsearch-ssl-config/$release/elasticsearch-ssl-config-$release.pom"; then
    node=assembled; made=(-Ddistribution.fetched=none -Ddistribution.assembled=package)
  else
    # No whole transport of this release: the build takes that of another, which no test calls.
    node=none; made=(-Ddistribution.fetched=none -Ddistribution.assembled=none -Dtransport.version="$([ $least = 17 ] && echo 8.19.21 || echo 9.5.3)")
  fi
  tests=(-Dit.test=RegistryIT,VectorMappingsIT)
  [ $node != none ] || tests=(-DskipITs)
  log=$out/$release.log
  zip=neural-rescore-$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml | head -n 1)-es$release.zip
  # A zip of another day is not what this build made.
  rm -f "plugin/target/$zip" "$out/$zip"
  echo "$release: building with $jdk, log in $log" >&2
  JAVA_HOME=$jdk ./mvnw -B -ntp -pl plugin -am verify ${profile[@]+"${profile[@]}"} -Delasticsearch.version="$release" ${made[@]+"${made[@]}"} ${tests[@]+"${tests[@]}"} \
    -Dtest='org/neuralrescore/plugin/**/*Test' -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
    -Dspotless.check.skip >"$log" 2>&1
  code=$?
  [ $code = 0 ] || failed=1
  mapfile -t runs < <(grep -oE '^\[(INFO|ERROR|WARNING)\] Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+$' "$log" | grep -v 'run: 0,' | sed 's/.*Tests run/run/')
  if [ $code = 0 ] && [ -f "plugin/target/$zip" ]; then cp "plugin/target/$zip" "$out/"; fi
  case $node in
    none) tried="not tried: the transport of $release is not whole on Maven Central" ;;
    *) tried="$node, ${runs[1]:-failed}" ;;
  esac
  table+=$'\n'"$release|$(basename "$jdk")|$([ $code = 0 ] && echo good || echo "FAILED, see the log")|${runs[0]:-none}|$tried|$([ -f "$out/$zip" ] && echo "$zip" || echo -)"
done
column -t -s '|' <<<"$table"
exit $failed
