#!/usr/bin/env bash
# Retrains a model from cron: reads the newest interactions, trains from the deployed generation, publishes the new
# one if it is not worse. All flags go to `neural-rescore retrain`; `neural-rescore retrain --help` explains them.
#
#   retrain.sh --name films --data /srv/films --out /srv/models --url http://localhost:9200 --gate unless-worse
#
# A crontab line, at 03:17 every night (%-signs are cron's own, so write \% in one):
#
#   17 3 * * *  ELASTICSEARCH_API_KEY_FILE=/etc/neural-rescore/key NEURAL_RESCORE_LOG=/var/log/neural-rescore/films.log /opt/neural-rescore/trainer/bin/retrain.sh --name films --data /srv/films --out /srv/models
#
# Environment:
#   NEURAL_RESCORE_LOG          append all output to this file instead of printing it. It is opened once a run and only
#                               appended to, so logrotate may rename it between runs (no copytruncate, no signal).
#   ELASTICSEARCH_API_KEY, ELASTICSEARCH_USER, ELASTICSEARCH_PASSWORD   the login, never on the command line
#   ELASTICSEARCH_API_KEY_FILE  a file that holds the API key, for a crontab that others may read
#   NEURAL_RESCORE_JAVA_OPTS    such as -Xmx6g
#
# Exit codes, so that cron's mail or a monitor can tell them apart:
#   1 a defect of the program, told by a stack trace
#   0 published, or nothing new to learn    5 the cluster refused or is not there      8 the gate refused: the new model
#   2 wrong options                         6 things that must agree do not              is worse, the deployed one stays
#   3 bad input                             7 no JDK, no build, no place to write      9 another run is at work
# With NEURAL_RESCORE_LOG set, a run that ends with 0 prints nothing, so cron sends no mail; any other prints the line of
# its own error, whoever else writes into the log. A run that is killed leaves a checkpoint; the next run goes on from there.
set -euo pipefail

bin=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)

if [ -n "${ELASTICSEARCH_API_KEY_FILE:-}" ]; then
  if [ ! -r "$ELASTICSEARCH_API_KEY_FILE" ]; then
    echo "retrain.sh: cannot read ELASTICSEARCH_API_KEY_FILE [$ELASTICSEARCH_API_KEY_FILE]" >&2
    exit 3
  fi
  ELASTICSEARCH_API_KEY=$(<"$ELASTICSEARCH_API_KEY_FILE")
  export ELASTICSEARCH_API_KEY
fi

if [ -z "${NEURAL_RESCORE_LOG:-}" ]; then
  exec "$bin/neural-rescore" retrain "$@"
fi

if ! mkdir -p "$(dirname "$NEURAL_RESCORE_LOG")" || ! : >>"$NEURAL_RESCORE_LOG"; then
  echo "retrain.sh: cannot write NEURAL_RESCORE_LOG [$NEURAL_RESCORE_LOG]" >&2
  exit 7
fi

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

# The first line shows whether there is room in the log; later ones are not worth the run.
if ! echo "$(now) begin: retrain $*" >>"$NEURAL_RESCORE_LOG"; then
  echo "retrain.sh: cannot write NEURAL_RESCORE_LOG [$NEURAL_RESCORE_LOG]: is its disk full?" >&2
  exit 7
fi
if ! errors=$(mktemp); then
  echo "retrain.sh: cannot make a temporary file for the run's errors; set TMPDIR" >&2
  exit 7
fi
trap 'rm -f "$errors"' EXIT
set +e
exec 3>>"$NEURAL_RESCORE_LOG"
exec 4> >(exec tee "$errors" >&3); tee=$!
"$bin/neural-rescore" retrain "$@" </dev/null >&3 2>&4 3>&- 4>&- & child=$!
exec 4>&-
# Who kills this script means the run.
trap 'kill -TERM "$child" 2>/dev/null' TERM INT HUP
wait "$child"; code=$?
# A signal ends the waiting, and not yet the run.
while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
wait "$tee"
set -e
if [ "$code" -ne 0 ]; then
  # The command's error is one line. Behind it a defect has a stack trace, and before it there may be notes.
  line=$(grep '^neural-rescore: ' "$errors" | grep -v '^neural-rescore: note: ' | tail -n 1 || true)
  [ -n "$line" ] || line=$(tail -n 1 "$errors")
  echo "${line:-retrain.sh: ended with $code and no word}" >&2
fi
echo "$(now) end: exit code $code" >&3 || true
exit "$code"
