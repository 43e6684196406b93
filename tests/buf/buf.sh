# Sourced by the tests of the contract: `buf` runs the program that npm installs here, from the
# root of the repository; exit code 77 where npm cannot bring it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

cd "$root"
program() { compgen -G 'tests/buf/node_modules/@bufbuild/buf-linux-*/bin/buf'; }
buf() { "$(program)" "$@"; }

# npm takes an optional package that it cannot fetch for a success: the program itself tells.
(npm_config_fetch_retries=0 npm_modules "$root/tests/buf") || true
if ! program >/dev/null; then
  rm -rf tests/buf/node_modules
  say "skipped: npm cannot install buf here"
  exit 77
fi
