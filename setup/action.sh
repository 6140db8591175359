#!/usr/bin/env bash
# The step of action.yml: starts the target where it is told how, waits until it answers, runs the suite, ends the target.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
wait_seconds="${HANGUP_WAIT_SECONDS:-60}"
if ! [[ "$wait_seconds" =~ ^[0-9]+$ ]]; then
  echo "hangup: wait-seconds is \"$wait_seconds\"; it takes a whole number of seconds" >&2
  exit 2
fi
if [ -n "${HANGUP_START:-}" ] && [ -z "${HANGUP_URL:-}" ]; then
  echo "hangup: start needs url, to know when the target is up; or let the profile's start say both" >&2
  exit 2
fi

node "$home/setup/setup.js"

args=(run --tier "${HANGUP_TIER:-full}" --out "${HANGUP_OUT:-hangup-report}")
if [ -n "${HANGUP_URL:-}" ]; then args+=(--url "$HANGUP_URL"); fi
if [ -n "${HANGUP_PROFILE:-}" ]; then args+=(--profile "$HANGUP_PROFILE"); fi
if [ -n "${HANGUP_BASELINE:-}" ]; then args+=(--baseline "$HANGUP_BASELINE"); fi
# Words, on one line or several; quotes mean nothing.
read -r -d '' -a more <<<"${HANGUP_ARGS:-}" || true

if [ -n "${HANGUP_START:-}" ]; then
  # A process group of its own, so that whatever it starts ends with it.
  set -m
  bash -c "$HANGUP_START" &
  target=$!
  set +m
  trap 'kill -- -"$target" 2>/dev/null || true' EXIT
  # Any answer will do: what it says is the suite's to judge.
  SECONDS=0
  until curl -sk --max-time 5 -o /dev/null "${HANGUP_URL/#ws/http}"; do
    if ! kill -0 "$target" 2>/dev/null; then
      echo "hangup: the start command ended before $HANGUP_URL answered" >&2
      exit 3
    fi
    if [ "$SECONDS" -ge "$wait_seconds" ]; then
      echo "hangup: $HANGUP_URL does not answer after $wait_seconds seconds; is it what the start command serves?" >&2
      exit 3
    fi
    sleep 1
  done
fi

node "$home/cli/bin.js" "${args[@]}" ${more[@]+"${more[@]}"}
