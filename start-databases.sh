#!/usr/bin/env bash
# The servers of development: PostgreSQL, Redis, RabbitMQ, Keycloak and Vault, by Docker Compose, on this machine alone.
# Calling it again changes nothing that is there.
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export SERVERS_HOME=${SERVERS_HOME:-$top/.tc/servers}

usage() {
  cat <<'EOF'
usage: start-databases.sh [start]   start them, make databases and secrets, print how to go on
       start-databases.sh stop      stop them; what they hold is kept
       start-databases.sh status    one line each; 1 unless all run
       start-databases.sh env       the export lines that `npm run test:services` wants
       start-databases.sh reset     stop them and delete all that they hold
Ports (on 127.0.0.1): SERVERS_POSTGRES_PORT 15432, SERVERS_KEYCLOAK_PORT 18080, SERVERS_VAULT_PORT 18200,
SERVERS_REDIS_PORT 16379, SERVERS_RABBITMQ_PORT 15673, SERVERS_RABBITMQ_MANAGEMENT_PORT 15674.
Keys and settings: SERVERS_HOME (.tc/servers). A second set beside the first: another SERVERS_PROJECT, SERVERS_HOME and ports.
EOF
}

say() { printf '%s\n' "$*" >&2; }

compose() { docker compose --file "$top/deploy/compose.development.yml" "$@"; }

need_docker() {
  local hint='“npm start” needs none of this: it brings a PostgreSQL and all else along.'
  if ! command -v docker >/dev/null; then
    say 'Docker is not installed. Install Docker Engine with its Compose plugin (https://docs.docker.com/engine/install),'
    say "or Docker Desktop, and call this again. $hint"
    exit 1
  fi
  if ! docker compose version >/dev/null 2>&1; then
    say 'Docker has no Compose plugin. Install it (https://docs.docker.com/compose/install; on Debian and Ubuntu the package'
    say "docker-compose-plugin or docker-compose-v2), and call this again. $hint"
    exit 1
  fi
  if ! docker version >/dev/null 2>&1; then
    say 'No Docker engine answers. Start it (systemctl start docker, or Docker Desktop), see that you may use it (group docker),'
    say "and call this again. $hint"
    exit 1
  fi
}

prepare() { node "$top/core/bootstrap.mjs" --script prepare-servers "$@"; }

case ${1:-start} in
  start)
    need_docker
    command -v node >/dev/null || { say 'Node is not installed; version 20 or newer is needed (https://nodejs.org).'; exit 1; }
    compose up --detach --wait >&2 || { say 'A server did not come up: “docker compose -f deploy/compose.development.yml logs” says why.'; exit 1; }
    prepare
    ;;
  stop) need_docker; compose stop ;;
  reset) need_docker; compose down --volumes && rm -rf "${SERVERS_HOME:?}" ;;
  status)
    need_docker
    compose ps --all --format 'table {{.Service}}\t{{.Status}}\t{{.Ports}}'
    [ "$(compose ps --services --status running | wc -l)" -eq 5 ]
    ;;
  env) prepare --env ;;
  -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
