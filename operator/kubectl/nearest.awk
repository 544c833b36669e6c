# Edit distance (Levenshtein) from the word `wanted`, before each line.
function least(a, b, c) { return a < b ? (a < c ? a : c) : (b < c ? b : c) }
{
  for (j = 0; j <= length($0); j++) row[j] = j
  for (i = 1; i <= length(wanted); i++) {
    left = i
    for (j = 1; j <= length($0); j++) {
      now = least(row[j] + 1, left + 1, row[j - 1] + (substr(wanted, i, 1) != substr($0, j, 1)))
      row[j - 1] = left
      left = now
    }
    row[length($0)] = left
  }
  print row[length($0)], $0
}
