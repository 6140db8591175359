#!/usr/bin/env bash
# The step of action.yml: starts the target where it is told how, waits until it answers, runs the suite, ends the target.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
node "$home/setup/setup.js"

args=(run --tier "${HANGUP_TIER:-full}" --out "${HANGUP_OUT:-hangup-report}")
if [ -n "${HANGUP_URL:-}" ]; then args+=(--url "$HANGUP_URL"); fi
if [ -n "${HANGUP_PROFILE:-}" ]; then args+=(--profile "$HANGUP_PROFILE"); fi
if [ -n "${HANGUP_BASELINE:-}" ]; then args+=(--baseline "$HANGUP_BASELINE"); fi
# Words, as on a command line.
read -r -a more <<<"${HANGUP_ARGS:-}"

if [ -n "${HANGUP_START:-}" ]; then
  # A process group of its own, so that whatever it starts ends with it.
  set -m
  bash -c "$HANGUP_START" &
  target=$!
  set +m
  trap 'kill -- -"$target" 2>/dev/null || true' EXIT
  if [ -n "${HANGUP_URL:-}" ]; then
    # Any answer will do: what it says is the suite's to judge.
    for ((second = 0; ; second += 1)); do
      curl -s -o /dev/null "$HANGUP_URL" && break
      if ! kill -0 "$target" 2>/dev/null; then
        echo "hangup: the start command ended before $HANGUP_URL answered" >&2
        exit 3
      fi
      if [ "$second" -ge "${HANGUP_WAIT_SECONDS:-60}" ]; then
        echo "hangup: $HANGUP_URL does not answer after ${HANGUP_WAIT_SECONDS:-60} seconds; is it what the start command serves?" >&2
        exit 3
      fi
      sleep 1
    done
  fi
fi

node "$home/cli/bin.js" "${args[@]}" ${more[@]+"${more[@]}"}
