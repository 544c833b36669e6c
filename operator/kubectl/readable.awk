# A pod's log for people: time, level, sentence and how far, of each line of JSON (docs/pod.md); other lines as they are.

# The content of a string field. Of its escapes those that people write: no log moves the cursor.
function text(field,  found) {
  if (!match($0, "\"" field "\":\"([^\"\\\\]|\\\\.)*\"")) return ""
  found = substr($0, RSTART + length(field) + 4, RLENGTH - length(field) - 5)
  gsub(/\\\\/, "\001", found)
  gsub(/\\"/, "\"", found)
  gsub(/\\n/, "\n", found)
  gsub(/\\t/, "\t", found)
  gsub("\001", "\\", found)
  return found
}
function far() { return match($0, /"progress":[0-9.]+/) ? sprintf(" (%d%%)", 100 * substr($0, RSTART + 11, RLENGTH - 11) + 0.5) : "" }
/^\{"time":"/ {
  time = text("time")
  trace = text("trace")
  printf "%s %s %-5s %s%s%s\n", substr(time, 6, 5), substr(time, 12, 8), text("level"), text("message"), far(), (trace == "" ? "" : "\n" trace)
}
!/^\{"time":"/ { print }
{ fflush() }
