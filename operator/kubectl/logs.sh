# shellcheck shell=bash
# What a step's pod said.

logs() {
  local step words='' key uid store name attempt phase waiting selector newest
  SEEN=$(facts)
  newest=$(printf '%s\n' "$SEEN" | awk -v wanted="$STEP" -f "$HERE/facts.awk" -f "$HERE/choice.awk")
  { read -r step && read -r words && read -r key && read -r uid && read -r store; } <<<"$newest" || true
  if [ "$step" = none ]; then
    [ -z "$STEP" ] || die $NO_INPUT "$NAME has no step $STEP; its steps: ${words:-none is planned yet ($SELF status $NAME$WHERE)}"
    die $NO_INPUT "no step of $NAME has started, so nothing was said yet: $SELF status $NAME$WHERE"
  fi
  # By key, because another experiment may run the step for this one. A label has 63 characters, a key 64.
  selector=supcon.dev/key=${key:0:63}${ATTEMPT:+,supcon.dev/attempt=$ATTEMPT}
  while :; do
    newest=$(newest_pod "$selector")
    { read -r name && read -r attempt && read -r phase && read -r waiting; } <<<"$newest" || true
    [ -n "$name" ] || gone
    [ "$phase" = Pending ] || break
    [ -n "$FOLLOW" ] || die 1 "$step, attempt $attempt, has not started: ${waiting:-$words}. With -f its start is waited for."
    printf 'supcon: %s, attempt %s, has not started: %s\n' "$step" "$attempt" "${waiting:-$words}" >&2
    sleep 3
  done
  printf 'supcon: %s, attempt %s, pod %s (%s)\n' "$step" "$attempt" "$name" "$phase" >&2
  if [ -n "$JSON" ]; then
    ask logs "$name" -c step ${FOLLOW:+-f} ${TAIL:+"$TAIL"}
  else
    ask logs "$name" -c step ${FOLLOW:+-f} ${TAIL:+"$TAIL"} | readable
  fi
}

newest_pod() {
  ask get pods -l "$1" -o go-template='{{range .items}}
{{- printf "%s\t%s\t%s\t" (index .metadata.labels "supcon.dev/attempt") .metadata.name .status.phase}}
{{- range .status.containerStatuses}}{{with .state.waiting}}{{.reason}}{{end}}{{end}}{{"\n"}}{{end}}' |
    sort -n | tail -n 1 | awk -F'\t' '{ print $2 "\n" $1 "\n" $3 "\n" $4 }'
}

gone() {
  local kept=${store:-the store of the namespace}/log
  [ -z "$ATTEMPT" ] || die $NO_INPUT "there is no pod of attempt $ATTEMPT of $step any more. If it failed, its last 200 lines are $kept/<its UID>.txt."
  case $words in
    Cached:*) die $NO_INPUT "$step ran for nobody lately: its result was there before. MLflow has its curves: $SELF status $NAME$WHERE" ;;
    Waiting:*) [ -n "$uid" ] || die $NO_INPUT "$step has not started: $words" ;;
  esac
  [ -n "$uid" ] || die $NO_INPUT "there is no pod of $step any more ($words). The last 200 lines of one that failed are $kept/<its UID>.txt."
  die $NO_INPUT "there is no pod of $step any more ($words). If it failed, its last 200 lines are in the store:
  aws s3 cp $kept/$uid.txt - --endpoint-url YOUR_S3_SERVER"
}

# A waiting reader would hold back lines: mawk reads its input in blocks unless it is told not to.
readable() {
  local interactive=''
  case $(awk -W version 2>&1 </dev/null) in mawk*) interactive=yes ;; esac
  awk ${interactive:+-W interactive} -f "$HERE/readable.awk"
}
