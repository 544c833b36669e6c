# One experiment, for people. self: the command's own name; where: options that name the cluster; now: the time; color: 1 in a terminal.
function epoch(t,  y, m, d) { # of an ISO 8601 time in UTC: days of the civil calendar
  y = substr(t, 1, 4) + 0; m = substr(t, 6, 2) + 0; d = substr(t, 9, 2) + 0
  if (m < 3) { y--; m += 12 }
  return (365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d - 719469) * 86400 + \
    substr(t, 12, 2) * 3600 + substr(t, 15, 2) * 60 + substr(t, 18, 2)
}
function ago(t) { return t == "" ? "" : span(epoch(now) > epoch(t) ? epoch(now) - epoch(t) : 0) }
function cell(row, column, text) { at[row, column] = text; if (length(text) > width[column]) width[column] = length(text) }
function hue(word) {
  if (word == "Running" || word == "Verifying") return 36
  if (word == "Succeeded" || word == "Cached") return 32
  return word == "Failed" || word == "NodeLost" ? 31 : 33
}
function colored(text, word) { return color && text != "" ? sprintf("\033[%dm%s\033[0m", hue(word), text) : text }
function because(i) {
  if (state[i] == "Cached") return "its result was there before"
  if (state[i] == "Succeeded") return ""
  if (state[i] == "Running") return (leader[i] == "" ? "" : "led by " leader[i] (words[i] == "" ? "" : ": ")) words[i]
  return (leader[i] == "" || reason[i] == "Leader" ? "" : "led by " leader[i] ": ") explained(i)
}
function padded(text, width) { return sprintf("%" width "s", text) }
function some(number) { return number + 0 ? number : "" }
function table(  i, j, line, columns, heads) {
  columns = split("STEP,STATE,TRIES,PREEMPTED,DONE,LEFT,GPU-TIME,WHY", heads, ",")
  for (j = 1; j <= columns; j++) cell(0, j, heads[j])
  for (i = 1; i <= steps; i++) {
    cell(i, 1, step[i]); cell(i, 2, state[i]); cell(i, 3, some(tries[i])); cell(i, 4, some(lost[i]))
    cell(i, 5, done[i] + 0 || state[i] == "Running" ? done[i] "%" : ""); cell(i, 6, left[i] + 0 ? span(left[i]) : "")
    cell(i, 7, gpus[i] + 0 ? span(gpus[i]) : ""); cell(i, 8, because(i))
  }
  print ""
  for (i = 0; i <= steps; i++) {
    line = padded(at[i, 1], -width[1]) "  "
    line = line colored(padded(at[i, 2], -width[2]), i ? state[i] : "") "  "
    for (j = 3; j < columns; j++) line = line padded(at[i, j], width[j]) "  "
    line = line at[i, columns]
    sub(/ +$/, "", line)
    print line
  }
}
function condition(type, label) { printf "%-10s %s for %s: %s\n", label, why[type], ago(since[type]), message[type] }
function shorter(v) { return v == int(v) ? v "" : sprintf("%.4g", v) }
function advice(  i, worst) {
  for (i = steps; i > 0; i--) if (state[i] == "Failed") worst = i
  if (why["Stalled"] == "InvalidSpec") return "Correct the field in your file and apply it again; ./supcon validate FILE lists every fault."
  if (why["Stalled"] == "NotConfigured") return "Name what your namespace may use, or ask its administrator (docs/install.md, step 2)."
  if (why["Stalled"] == "DependencyMissing") return "Put it there, and it goes on by itself; or correct the spec and apply it again."
  if (why["Stalled"] == "NodeLost") return "The administrator brings the node back or takes it out of service (docs/runbook.md#supconnodelost)."
  if (reason[worst] == "PendingDeadline") return "Ask the administrator why it did not start (docs/runbook.md#supconsteppending); then try it again:" again()
  if (reason[worst] == "RunningDeadline") return "Raise execution.runningSeconds and apply it: it goes on from its last checkpoint."
  if (reason[worst] == "NoProgress") return "Lower pretrain.checkpointSeconds (docs/runbook.md#supconstepstuck); then try it again:" again()
  if (reason[worst] == "Refused") return "Read why, put it right (docs/exit-codes.md), and try it again:" log_of(worst) again()
  return "Read why, and try it again:" log_of(worst) again()
}
function again() { return "\n  " self " rerun " name " --failed" where }
function log_of(i) { return "\n  " self " logs " name " " step[i] where }
function next_words() {
  if (is["Stalled"] == "True") return advice()
  if (result == "Succeeded") return ""
  if (suspended == "true") return self " resume " name where
  for (i = 1; i <= steps; i++) if (state[i] == "Running") return self " logs " name " -f" where
  return ""
}
END {
  headline = result != "" ? result : why["Finished"]
  unseen = observed < 0 || headline == ""
  printf "%s in %s: %s", name, space, (unseen ? "not seen by the operator yet" : colored(headline, headline))
  if (message["Finished"] != "" && is["Stalled"] != "True") printf ": %s", message["Finished"]
  printf "\n%s%% done, %s of GPU time, made %s ago", percent + 0, span(gpu + 0), ago(made)
  if (result != "") printf ", ended %s ago", ago(since["Finished"])
  if (queue != "") printf ", queue %s", queue
  if (token != "") printf ", rerun %s", token
  if (git != "") printf ", from Git by %s", git
  print ""
  if (observed >= 0 && observed < generation) print "The spec has changed since: what follows is about the one before."
  if (steps) table()
  if (metrics) print ""
  for (i = 1; i <= metrics && i <= 10; i++) printf "%-34s %s\n", metric[i], shorter(value[i]) # the operator puts the headlines first
  if (metrics > 10) printf "and %d more: --json\n", metrics - 10
  print ""
  if (is["Stalled"] == "True") condition("Stalled", "Stalled")
  if (is["Reconciling"] == "True") condition("Reconciling", "Resolving")
  if (is["Suspended"] == "True" || (suspended == "true" && why["Suspended"] == "SuspendedByUser")) condition("Suspended", "Suspended")
  if (is["QuotaReserved"] == "False" && is["Suspended"] != "True") condition("QuotaReserved", "Quota")
  if (is["TrackingSynced"] == "False") condition("TrackingSynced", "Tracking")
  if (mlflow != "") printf "%-10s %s\n", "MLflow", mlflow
  if (store != "") printf "%-10s %s/steps/<key>\n", "Store", store
  if (unseen) print "Next       if it stays so: is an operator installed that watches this namespace? (docs/runbook.md#supconnoleader)"
  else if (next_words() != "") printf "%-10s %s\n", "Next", next_words()
}
