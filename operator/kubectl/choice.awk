# The step `wanted`, else the one whose log tells most: name, state and why, key, pod, store.
function weight(i) {
  if (wanted != "") return step[i] == wanted ? 1 : 0
  if (state[i] == "Running") return 6
  if (state[i] ~ /^(Verifying|NodeLost|Pending)$/) return 5
  if (tries[i] == 0) return 0
  return (state[i] == "Failed") * 3 + (reason[i] == "Backoff") * 4 + 1 "." substr(finished[i], 1, 4) substr(finished[i], 6, 2) \
    substr(finished[i], 9, 2) substr(finished[i], 12, 2) substr(finished[i], 15, 2) substr(finished[i], 18, 2)
}
END {
  for (i = 1; i <= steps; i++) { names = names " " step[i]; if (weight(i) + 0 > heaviest + 0) { heaviest = weight(i); best = i } }
  if (!best && wanted != "") print "none\n" names
  else if (!best) print "none\n"
  else print step[best] "\n" (reason[best] == state[best] ? "" : state[best] ": ") explained(best) "\n" key[best] "\n" pod[best] "\n" store
}
