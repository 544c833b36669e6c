# The columns of facts.gotemplate. Numbers may come as 1.2e+06: some versions of kubectl have them as floats.
BEGIN { FS = "\037" }
$1 == "experiment" { name = $2; space = $3; generation = $4; made = $5; suspended = $6; queue = $7; retries = $8; token = $9 }
$1 == "git" { git = git == "" ? $2 " (" $3 ")" : git }
$1 == "status" { observed = $2; result = $3; percent = $4; gpu = $5 }
$1 == "links" { store = $2; mlflow = $3 }
$1 == "condition" { is[$2] = $3; why[$2] = $4; since[$2] = $5; message[$2] = $6 }
$1 == "metric" { metric[++metrics] = $2; value[metrics] = $3 }
$1 == "step" {
  step[++steps] = $2; kind[steps] = $3; state[steps] = $4; reason[steps] = $5; words[steps] = $6; tries[steps] = $7; lost[steps] = $8
  done[steps] = $9; left[steps] = $10; gpus[steps] = $11; pod[steps] = $12; leader[steps] = $13; key[steps] = $14; finished[steps] = $15
}
$1 == "step" && $3 == "augment" { packing = with_comma(packing, $2) }
$1 == "step" && $3 != "augment" { computed = with_comma(computed, $2) }
$1 == "step" && $4 == "Failed" { failed = with_comma(failed, $2) }
function with_comma(list, name) { return list == "" ? name : list ", " name }
function span(s) {
  if (s < 60) return int(s) "s"
  if (s < 3600) return sprintf("%dm%02ds", s / 60, s % 60)
  if (s < 86400) return sprintf("%dh%02dm", s / 3600, s % 3600 / 60)
  return sprintf("%dd%02dh", s / 86400, s % 86400 / 3600)
}
function explained(i) { return reason[i] (words[i] == "" ? "" : ": " words[i]) }
