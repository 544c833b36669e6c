# shellcheck shell=bash disable=SC2034,SC2153,SC2154 # the parts share their variables
# Kueue's controller, from its Go module, as a process on the host; sourced by `cluster`. Its webhooks are left out: they set defaults and refuse
# what is wrong, and suspend Jobs, which ours are from the start.

# Of a copy, because it wants a certificate for its metrics, which nobody reads, at a place that only root can write.
build_kueue() {
  local module
  module=$(go mod download -json "sigs.k8s.io/kueue@v$KUEUE_VERSION" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  mkdir source
  cp -R --no-preserve=mode "$module"/{go.mod,go.sum,apis,client-go,cmd,pkg} source
  sed -i 's|"/etc/kueue/metrics/certs"|"pki/webhook"|' source/cmd/kueue/main.go # in the folder in which it is started
  (cd source && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o ../out/kueue ./cmd/kueue)
  mkdir out/kueue-crds
  install -m 644 "$module"/config/components/crd/bases/*.yaml out/kueue-crds
}

cmd_kueue() {
  load_settings
  exec 9<"$DIR" && flock 9
  binaries kueue
  kubectl apply --server-side -f "$BIN/kueue-crds" >/dev/null
  kubectl wait --for=condition=Established -f "$BIN/kueue-crds" >/dev/null # or the controller does not find its own kinds
  kubectl create namespace kueue-system --dry-run=client -o yaml | kubectl apply --server-side -f - >/dev/null
  mkdir -p "$DIR/pki/webhook"
  cp "$DIR/pki/apiserver.crt" "$DIR/pki/webhook/tls.crt" # its webhook server wants one, and is asked by nobody
  cp "$DIR/pki/apiserver.key" "$DIR/pki/webhook/tls.key"
  cat >"$DIR/pki/kueue.yaml" <<YAML
apiVersion: config.kueue.x-k8s.io/v1beta1
kind: Configuration
health: {healthProbeBindAddress: "127.0.0.1:$KUEUE_PORT"}
metrics: {bindAddress: "0"}
webhook: {host: 127.0.0.1, port: $((KUEUE_PORT + 1)), certDir: $DIR/pki/webhook}
internalCertManagement: {enable: false}
leaderElection: {leaderElect: false}
integrations: {frameworks: [batch/job]}
YAML
  start kueue "127.0.0.1:$KUEUE_PORT" env KUBECONFIG="$DIR/admin.kubeconfig" "$BIN/kueue" --config "$DIR/pki/kueue.yaml" \
    --feature-gates VisibilityOnDemand=false
  wait_for kueue curl -sf "http://127.0.0.1:$KUEUE_PORT/readyz"
  note "Kueue $KUEUE_VERSION is up"
}
