#!/usr/bin/env bash
# Runs the step of action.yml: starts the target if there is a start command, waits until it answers, runs the suite, and
# stops the target.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
wait_seconds="${HANGUP_WAIT_SECONDS:-60}"
if ! [[ "$wait_seconds" =~ ^[0-9]+$ ]]; then
  echo "hangup: wait-seconds is \"$wait_seconds\"; it must be a whole number of seconds" >&2
  exit 2
fi
if [ -n "${HANGUP_START:-}" ] && [ -z "${HANGUP_URL:-}" ]; then
  echo "hangup: start needs url, to know when the target is up. Add url, or put both into the profile's start" >&2
  exit 2
fi

node "$home/setup/setup.js"

args=(run --tier "${HANGUP_TIER:-full}" --out "${HANGUP_OUT:-hangup-report}")
if [ -n "${HANGUP_URL:-}" ]; then args+=(--url "$HANGUP_URL"); fi
if [ -n "${HANGUP_PROFILE:-}" ]; then args+=(--profile "$HANGUP_PROFILE"); fi
if [ -n "${HANGUP_BASELINE:-}" ]; then args+=(--baseline "$HANGUP_BASELINE"); fi
# Splits at spaces and line ends. Quotes have no meaning.
read -r -d '' -a more <<<"${HANGUP_ARGS:-}" || true

if [ -n "${HANGUP_START:-}" ]; then
  # Beside the report, because a chatty target would bury the summary of the step.
  log="${HANGUP_OUT:-hangup-report}/target.log"
  mkdir -p "$(dirname "$log")"
  # Says why there is no target to test.
  give_up() {
    echo "hangup: $1. The last lines of the start command's output, in $log:" >&2
    tail -n 20 "$log" >&2
    exit 3
  }
  # The target gets its own process group, so that its children end with it.
  set -m
  bash -c "$HANGUP_START" >"$log" 2>&1 &
  target=$!
  set +m
  trap 'kill -- -"$target" 2>/dev/null || true' EXIT
  # Any answer counts. The suite judges its content.
  SECONDS=0
  until curl -sk --max-time 5 -o /dev/null "${HANGUP_URL/#ws/http}"; do
    if ! kill -0 "$target" 2>/dev/null; then
      give_up "the start command ended before $HANGUP_URL answered"
    fi
    if [ "$SECONDS" -ge "$wait_seconds" ]; then
      give_up "$HANGUP_URL does not answer after $wait_seconds seconds. Check that the start command serves this address, or raise wait-seconds"
    fi
    sleep 1
  done
fi

node "$home/cli/bin.js" "${args[@]}" ${more[@]+"${more[@]}"}
