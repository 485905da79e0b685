#!/bin/sh
# Starts Temporal's server with the configuration beside this file.
set -eu
SQL_PASSWORD=$(cat "$SQL_PASSWORD_FILE")
export SQL_PASSWORD
exec temporal-server --root "$(dirname "$0")" --config . --env production --allow-no-auth start
