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
  # The target gets its own process group, so that its children end with it.
  set -m
  bash -c "$HANGUP_START" &
  target=$!
  set +m
  trap 'kill -- -"$target" 2>/dev/null || true' EXIT
  # Any answer counts. The suite judges its content.
  SECONDS=0
  until curl -sk --max-time 5 -o /dev/null "${HANGUP_URL/#ws/http}"; do
    if ! kill -0 "$target" 2>/dev/null; then
      echo "hangup: the start command ended before $HANGUP_URL answered; its output stands above" >&2
      exit 3
    fi
    if [ "$SECONDS" -ge "$wait_seconds" ]; then
      echo "hangup: $HANGUP_URL does not answer after $wait_seconds seconds. Check that the start command serves this address, or raise wait-seconds" >&2
      exit 3
    fi
    sleep 1
  done
fi

node "$home/cli/bin.js" "${args[@]}" ${more[@]+"${more[@]}"}
