# shellcheck shell=bash
# The list of experiments, or the page of one.

page() {
  local color=0
  if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then color=1; fi
  printf '%s\n' "$SEEN" |
    awk -v self="$SELF" -v where="$WHERE" -v color=$color -v now="$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
      -f "$HERE/facts.awk" -f "$HERE/page.awk"
}

status() {
  if [ -z "$NAME" ]; then
    ask get $KIND ${ALL:+-A} ${WATCH:+-w} ${JSON:+-o json}
  elif [ -n "$JSON" ]; then
    ask get $KIND "$NAME" ${WATCH:+-w} -o json
  elif [ -n "$WATCH" ]; then
    watch
  else
    SEEN=$(facts)
    page
  fi
}

CHANGE='{{if eq .type "DELETED"}}{{"deleted\n"}}{{else}}{{template "facts" .object}}{{end}}'

# The server ends a watch after a while; then another one begins.
watch() {
  local line
  mkfifo "$WORK/changes"
  while :; do
    "${KUBECTL[@]}" get $KIND "$NAME" -w --output-watch-events -o go-template="$FACTS$CHANGE" \
      >"$WORK/changes" 2>"$WORK/error" &
    CHILD=$!
    SEEN=''
    while IFS= read -r line; do
      case $line in
        deleted) die $NO_INPUT "$NAME was deleted" ;;
        end) changed && SEEN='' ;;
        *) SEEN=$SEEN$line$'\n' ;;
      esac
    done <"$WORK/changes"
    wait $CHILD || explain "$(cat "$WORK/error")"
  done
}

changed() {
  if [ -t 1 ]; then printf '\033[H\033[2J'; fi
  page
  case $(fact 'observed < generation ? "" : result') in # a result of the spec before it is no end
    '') [ -t 1 ] || echo ;;
    Succeeded) exit 0 ;;
    *) exit 1 ;;
  esac
}

