# What the scripts share; sourced by them, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# Prints the comment at the head of the running script.
usage() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }
fail_usage() { printf '%s: %s\n\n' "$(basename "$0")" "$*" >&2; usage >&2; exit 2; }

# npm_modules FOLDER: installs what the folder's lock file names, unless that is there already.
npm_modules() {
  local installed=$1/node_modules/.package-lock.json
  [[ -f $installed && ! $1/package-lock.json -nt $installed ]] && return
  say "Installing the npm modules of ${1#"$root"/}"
  (cd "$1" && npm ci --ignore-scripts --no-progress --loglevel=error) ||
    die "npm could not install the modules of $1: check its registry setting and the network"
  touch "$installed"
}
