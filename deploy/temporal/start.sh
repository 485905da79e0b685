#!/bin/sh
# Starts Temporal's server with the configuration beside this file, where its names of files lead from.
set -eu
SQL_PASSWORD=$(cat "$SQL_PASSWORD_FILE")
export SQL_PASSWORD
cd "$(dirname "$0")"
exec temporal-server --root . --config . --env production --allow-no-auth start
