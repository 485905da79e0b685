# Sourced by the commands in bin/: brings the npm packages of the lockfile, and with them Node 24, which runs all the rest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "Node.js is missing. Install Node 20.19 or newer with npm (any newer version will do), then run this again." >&2
  exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  echo "Node.js $(node --version) is too old. Install Node 20.19 or newer, then run this again." >&2
  exit 1
fi

export RINGFLOW_BEGAN_AT_MS=$(date +%s%3N)
installed=node_modules/.ringflow-lock
if ! cmp -s package-lock.json "$installed"; then
  if [ -L node_modules ]; then # npm would empty the folder behind it
    echo "node_modules is a link to $(readlink node_modules), whose packages are not those of package-lock.json. Remove the link (rm node_modules), then run this again: the packages are installed here." >&2
    exit 1
  fi
  echo "npm packages: installing those of package-lock.json (about a minute)"
  # The packages need Node 24, which is one of them; the Node that installs them may be older.
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json "$installed"
fi
export PATH="$PWD/node_modules/.bin:$PATH"
