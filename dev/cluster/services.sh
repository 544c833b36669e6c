# shellcheck shell=bash disable=SC2034,SC2153,SC2154 # the parts share their variables
# The S3 server (MinIO) and the MLflow server, which ../servers builds and runs; sourced by `cluster`.

# servers COMMAND: as an instance of its own, on the address that host and pods share. Our locks are closed, or its servers would hold them.
servers() {
  SUPCON_SERVERS_DIR=$DIR/servers SUPCON_SERVERS_HOST=${HOST:-} SUPCON_SERVERS_PORT_BASE=${SERVERS_BASE:-} \
    SUPCON_SERVERS_TIMEOUT=${SUPCON_CLUSTER_TIMEOUT:-120} "$HERE/../servers" "$@" 8>&- 9>&-
}
