#!/bin/sh
# Makes Temporal's two databases, or brings them up to date; to do it again does nothing.
set -eu
SQL_PASSWORD=$(cat "$SQL_PASSWORD_FILE")
export SQL_PASSWORD
export SQL_PLUGIN=postgres12

for kind in temporal visibility; do
  database=temporal
  [ "$kind" = temporal ] || database=temporal_$kind
  temporal-sql-tool --database "$database" create-database
  temporal-sql-tool --database "$database" setup-schema --version 0.0
  temporal-sql-tool --database "$database" update-schema --schema-name "postgresql/v12/$kind"
done
