#!/bin/sh
# Starts Redis with the configuration beside this file; its password comes on standard input and stands in no list of
# processes.
set -eu
exec redis-server "$(dirname "$0")/redis.conf" - <<END
requirepass $(cat "$REDIS_PASSWORD_FILE")
END
