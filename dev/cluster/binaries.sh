# shellcheck shell=bash
# Builds what the cluster is made of from Go modules and Debian packages; sourced by `cluster`. MinIO and MLflow are ../servers' affair.
# Everything lands in one directory named after the versions, and is built only when it is not there.

K8S_VERSION=1.34.4
ETCD_VERSION=3.6.16
KWOK_VERSION=0.7.0
KUEUE_VERSION=0.14.0

CACHE=${SUPCON_DEV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/supcon-dev}/k8s-$K8S_VERSION-etcd-$ETCD_VERSION-kwok-$KWOK_VERSION
ARCH=$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')

# fabric8's kube-api-test (read: 7.4.0) looks for etcd, kube-apiserver and kubectl in the directory
# $KUBE_API_TEST_DIR/k8s/<version>-<os>-<arch>/ and writes its own certificates into $KUBE_API_TEST_DIR; so the binaries
# live in that layout. Offline mode must be asked for in code, anAPIServerConfig().withOfflineMode(true): its variable
# KUBE_API_TEST_OFFLINE_MODE ends in a ClassCastException (String to Boolean).
BIN=$CACHE/k8s/$K8S_VERSION-linux-$ARCH

PAUSE_IMAGE=cluster.local/pause:1
BUSYBOX_IMAGE=cluster.local/busybox:1

# binaries WHAT...: makes sure that the parts are there; WHAT is one of control-plane, kwok, kueue, node, services.
binaries() {
  local part
  mkdir -p "$BIN"
  exec 8<"$CACHE" && flock 8 # one builder at a time; the others wait, and then find everything built
  if absent kube-apiserver etcd && ! command -v go >/dev/null; then
    die "Kubernetes is built from its Go modules and there is no go: install Go 1.24 or later (https://go.dev/dl)"
  fi
  for part in "$@"; do
    case $part in
      control-plane)
        absent kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl && build kubernetes "8 minutes"
        absent etcd && build etcd "1 minute" ;;
      kwok)
        absent kwok && build kwok "2 minutes" ;;
      kueue)
        absent kueue kueue-crds && build kueue "5 minutes" ;;
      node)
        absent images/pause.tar images/busybox.tar && build images "a few seconds"
        debian_packages ;;
      services) ;; # the servers have a lock of their own
    esac
  done
  exec 8<&-
  if [[ " $* " == *" services "* ]]; then servers binaries; fi
}

absent() {
  local file
  for file in "$@"; do [ -e "$BIN/$file" ] || return 0; done
  return 1
}

# build NAME HOWLONG: runs build_NAME in an empty directory, and moves what it leaves in out/ to $BIN.
# A shell of its own, because `set -e` would be ignored in a function that is called in a condition.
build() {
  local name=$1 work log=$CACHE/build-$1.log begin=$SECONDS file
  rm -rf "$CACHE"/build.?????? # of builds that were interrupted
  work=$(mktemp -d "$CACHE/build.XXXXXX")
  note "building $name, about $2 on two cores (log: $log)"
  (cd "$work" && mkdir out && exec bash -euo pipefail -c ". '$HERE/binaries.sh'; . '$HERE/kueue.sh'; build_$name") &>"$log" </dev/null || {
    tail -n 30 "$log" >&2
    rm -rf "$work"
    die "building $name failed (whole log: $log)"
  }
  (cd "$work/out" && find . -type f) | while read -r file; do
    mkdir -p "$(dirname "$BIN/$file")" && mv "$work/out/$file" "$BIN/$file"
  done
  rm -rf "$work"
  note "built $name in $((SECONDS - begin)) s"
}

# Kubernetes cannot be built by `go install`: its go.mod replaces the staging modules by folders of its own repository.
# A module that requires it, and replaces each staging module by its published version, is what works.
build_kubernetes() {
  local module flags=() name
  export GOFLAGS="${GOFLAGS:-} -mod=mod -buildvcs=false" CGO_ENABLED=0
  module=$(go list -m -f '{{.GoMod}}' "k8s.io/kubernetes@v$K8S_VERSION")
  {
    printf 'module cluster\ngo 1.24.0\nrequire k8s.io/kubernetes v%s\nreplace (\n' "$K8S_VERSION"
    sed -nE "s|^[[:space:]]*(k8s.io/[a-z-]+) => ./staging.*|  \1 => \1 v0.${K8S_VERSION#1.}|p" "$module"
    echo ')'
  } >go.mod
  {
    printf '//go:build tools\n\npackage cluster\n\nimport (\n'
    printf '\t_ "k8s.io/kubernetes/cmd/%s"\n' kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl
    echo ')'
  } >tools.go
  go mod tidy
  for name in k8s.io/component-base/version k8s.io/client-go/pkg/version; do # the servers' and the clients' version
    flags+=(-X "$name.gitVersion=v$K8S_VERSION" -X "$name.gitMajor=1" -X "$name.gitMinor=$(cut -d. -f2 <<<$K8S_VERSION)")
  done
  go build -trimpath -ldflags "-s -w ${flags[*]}" -o out/ \
    k8s.io/kubernetes/cmd/{kube-apiserver,kube-controller-manager,kube-scheduler,kubelet,kubectl}
}

build_etcd() {
  export GOFLAGS="${GOFLAGS:-} -mod=mod -buildvcs=false" CGO_ENABLED=0
  printf 'module cluster\ngo 1.24.0\nrequire go.etcd.io/etcd/server/v3 v%s\n' "$ETCD_VERSION" >go.mod
  printf '//go:build tools\n\npackage cluster\n\nimport _ "go.etcd.io/etcd/server/v3"\n' >tools.go
  go mod tidy
  go build -trimpath -ldflags "-s -w" -o out/etcd go.etcd.io/etcd/server/v3
}

build_kwok() {
  GOBIN=$PWD/out CGO_ENABLED=0 go install -trimpath -ldflags "-s -w" "sigs.k8s.io/kwok/cmd/kwok@v$KWOK_VERSION"
}

# The sandbox image that every pod needs, and busybox for tests: docker-archive tars, made without Docker.
build_images() {
  mkdir -p pause busybox/bin busybox/tmp out/images
  printf 'package main\n\nimport (\n\t"os"\n\t"os/signal"\n\t"syscall"\n)\n\nfunc main() {\n' >pause.go
  printf '\tc := make(chan os.Signal, 1)\n\tsignal.Notify(c, syscall.SIGINT, syscall.SIGTERM)\n\t<-c\n}\n' >>pause.go
  CGO_ENABLED=0 GOFLAGS='' go build -trimpath -ldflags "-s -w" -o pause/pause pause.go
  image $PAUSE_IMAGE '["/pause"]' pause out/images/pause.tar

  # downloaded, not installed: busybox-static and busybox exclude each other
  apt-get download busybox-static || { apt-get update && apt-get download busybox-static; }
  dpkg -x busybox-static_*.deb package
  cp package/bin/busybox busybox/bin/
  ./busybox/bin/busybox --list | grep -v '^busybox$' | while read -r name; do ln -s busybox "busybox/bin/$name"; done
  chmod 1777 busybox/tmp
  image $BUSYBOX_IMAGE '["/bin/sh"]' busybox out/images/busybox.tar
}

# image NAME ENTRYPOINT-AS-JSON FOLDER TAR
image() {
  local work
  work=$(mktemp -d)
  tar -C "$3" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$work/layer.tar" .
  printf '{"architecture":"%s","os":"linux","config":{"Entrypoint":%s,"Env":["PATH=/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$ARCH" "$2" "$(sha256sum <"$work/layer.tar" | cut -d' ' -f1)" >"$work/config.json"
  printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$1" >"$work/manifest.json"
  tar -C "$work" -cf "$4" manifest.json config.json layer.tar
  rm -rf "$work"
}

debian_packages() {
  local wanted=()
  [ -x /usr/bin/containerd ] || wanted+=(containerd)
  [ -x /usr/sbin/runc ] || wanted+=(runc)
  [ -x /usr/lib/cni/bridge ] || wanted+=(containernetworking-plugins)
  [ ${#wanted[@]} -eq 0 ] && return
  note "installing Debian packages: ${wanted[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get install -y "${wanted[@]}" || { apt-get update && apt-get install -y "${wanted[@]}"; }; } &>"$CACHE/apt.log" ||
    { tail -n 20 "$CACHE/apt.log" >&2; die "installing ${wanted[*]} failed"; }
}
