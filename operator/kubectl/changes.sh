# shellcheck shell=bash
# Changes of the spec: rerun, suspend, resume.

patch() {
  ask patch $KIND "$NAME" --type=merge --field-manager=kubectl-supcon -o name -p "$1" >/dev/null
}

# Where Git rules, a change beside it is undone by the next sync: these lines are to be written there.
in_git() {
  local by
  by=$(fact git)
  [ -n "$by" ] || return 0
  if [ -z "$FORCE" ]; then
    die $CONFIGURATION "$NAME comes from Git, by $by, which would undo it. Nothing was changed. Write there:
$1
or say --force, which holds until the next sync."
  fi
  printf 'supcon: %s comes from Git, by %s: the next sync may undo this. To keep it, write there:\n%s\n' "$NAME" "$by" "$1" >&2
}

rerun() {
  local before again kept took
  SEEN=$(facts)
  if [ -n "$FAILED" ]; then
    retry
    return
  fi
  before=$(fact token)
  TOKEN=${TOKEN:-$(following "$before")}
  [[ $TOKEN =~ ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$ ]] ||
    die $USAGE "--token is $TOKEN; write at most 63 lower-case letters, digits and inner '-'"
  [ "$TOKEN" != "$before" ] || die $USAGE "$NAME has the token $TOKEN already; another word computes it again"
  in_git "spec:
  rerun:
    token: \"$TOKEN\""
  patch "{\"spec\":{\"rerun\":{\"token\":\"$TOKEN\"}}}"
  again=$(fact computed)
  kept=$(fact packing)
  took=$(fact 'gpu + 0 ? "; all that took " span(gpu) " of GPU time" : ""')
  printf '%s has the token %s now (before: %s).\n' "$NAME" "$TOKEN" "${before:-none}"
  printf 'Computed again: %s%s.\n' "${again:-every step but the packing of the data}" "$took"
  [ -z "$kept" ] || printf 'Kept: the packed data (%s). What there is of results stays in the store; a step that runs is stopped.\n' "$kept"
  following_words
}

# 2 after 1, second-run-2 after second-run.
following() {
  case $1 in
    '') echo 1 ;;
    *[!0-9]*) [[ $1 =~ ^(.*-)([0-9]{1,9})$ ]] && echo "${BASH_REMATCH[1]}$((10#${BASH_REMATCH[2]} + 1))" || echo "$1-2" ;;
    *) echo $((10#$1 + 1)) ;;
  esac
}

# Any change of the spec gives failed steps new tries. Two that cancel each other out leave keys, results and the spec as they are.
retry() {
  local failed retries
  failed=$(fact failed)
  [ -n "$failed" ] || die $USAGE "no step of $NAME has failed: $SELF status $NAME$WHERE"
  retries=$(fact retries)
  patch "{\"spec\":{\"execution\":{\"retries\":$((retries < 100 ? retries + 1 : 99))}}}"
  patch "{\"spec\":{\"execution\":{\"retries\":$retries}}}"
  printf 'Tried again: %s, and what waits for it. Nothing that has a result is computed again.\n' "$failed"
  following_words
}

following_words() {
  printf 'Watch: %s status %s%s -w\n' "$SELF" "$NAME" "$WHERE"
}

suspend() {
  switch true "is suspended" "A running step saves a checkpoint, then its GPUs are free. To go on: $SELF resume $NAME$WHERE"
}

resume() {
  switch false "goes on" "A step that was stopped does so from its last checkpoint."
}

switch() {
  local result
  SEEN=$(facts)
  result=$(fact result)
  if [ "$1" = false ] && [ "$result" = Failed ]; then
    echo "$NAME has ended; nothing was changed. What failed is tried again by: $SELF rerun $NAME --failed$WHERE"
  elif [ "$(fact suspended)" = "$1" ]; then
    echo "$NAME $2 already; nothing was changed."
  elif [ -n "$result" ] && [ "$1" = true ]; then
    echo "$NAME has ended ($result): nothing runs, and nothing was changed."
  else
    in_git "spec:
  execution:
    suspend: $1"
    patch "{\"spec\":{\"execution\":{\"suspend\":$1}}}"
    printf '%s %s. %s\n' "$NAME" "$2" "$3"
    following_words
  fi
}

