#!/usr/bin/env bash
# See to the system packages that pip cannot bring:
#   system-packages.sh venv   the module that puts pip into a new environment
#   system-packages.sh site   WeasyPrint's libraries, for a build of the site
#   system-packages.sh test   those, and the programs that the tests drive
#   system-packages.sh audit  those, and a screen reader with a screen and a bus of its own
# Looks for the thing itself, not for a package name, so it is quick and right on any system.
set -euo pipefail

step=${1:-}
python=${PYTHON:-python3}
missing=()   # what is missing, in words
packages=()  # the Debian packages that bring it

lack() {  # WORDS PACKAGE...
  missing+=("$1")
  shift
  packages+=("$@")
}

need_venv() {
  "$python" -c 'import ensurepip, venv' 2>/dev/null || lack "Pythons venv og ensurepip" \
    "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
}

# One start of Python loads every library as WeasyPrint would, and names those that are not there.
need_libraries() {
  local lib
  while read -r lib; do
    case $lib in
      gobject-2.0) lack "biblioteket $lib" libglib2.0-0 ;;
      pango-1.0) lack "biblioteket $lib" libpango-1.0-0 ;;
      pangoft2-1.0) lack "biblioteket $lib" libpangoft2-1.0-0 ;;
      harfbuzz) lack "biblioteket $lib" libharfbuzz0b ;;
      harfbuzz-subset) lack "biblioteket $lib" libharfbuzz-subset0 ;;
      fontconfig) lack "biblioteket $lib" libfontconfig1 ;;
      *) echo "system-packages.sh: ukjent bibliotek «$lib»" >&2; exit 2 ;;
    esac
  done < <("$python" - <<'PY'
import ctypes
import ctypes.util

LIBRARIES = {
    "gobject-2.0": "0",
    "pango-1.0": "0",
    "pangoft2-1.0": "0",
    "harfbuzz": "0",
    "harfbuzz-subset": "0",
    "fontconfig": "1",
}


def loads(name: str, version: str) -> bool:
    for file in (f"lib{name}.so.{version}", f"lib{name}.{version}.dylib", ctypes.util.find_library(name)):
        try:
            if file and ctypes.CDLL(file):
                return True
        except OSError:
            pass
    return False


for name, version in LIBRARIES.items():
    if not loads(name, version):
        print(name)
PY
  )
}

need_program() {  # PROGRAM PACKAGE
  command -v "$1" >/dev/null || lack "programmet $1" "$2"
}

need_test_programs() {
  need_program chromium chromium
  need_program firefox-esr firefox-esr
  need_program pdftotext poppler-utils
  # LibreOffice opens what the writers of Word, ODT, spreadsheets and slides made.
  need_program soffice libreoffice-writer
  [ -e /usr/lib/libreoffice/program/libsclo.so ] || lack "LibreOffice Calc" libreoffice-calc
  [ -e /usr/lib/libreoffice/program/libsdlo.so ] || lack "LibreOffice Impress" libreoffice-impress
  [ -e /usr/lib/libreoffice/program/libswlo.so ] || lack "LibreOffice Writer" libreoffice-writer
  # Playwright's driver is linked to it, and no wheel brings it.
  "$python" -c 'import ctypes; ctypes.CDLL("libatomic.so.1")' 2>/dev/null ||
    lack "biblioteket atomic" libatomic1
  need_program unzip unzip
  need_program hunspell hunspell
  if [ ! -e /usr/share/hunspell/nb_NO.dic ] || [ ! -e /usr/share/hunspell/nn_NO.dic ]; then
    lack "norske ordlister for hunspell" hunspell-no
  fi
  # A runtime alone cannot run a .java source file: that takes the compiler's module.
  # (Read to the end: a reader that stops early would fail the pipe.)
  { java --list-modules 2>/dev/null || true; } | grep jdk.compiler >/dev/null ||
    lack "Java med kompilator (JDK)" default-jdk-headless
  [ -e /usr/share/java/jaxb-runtime.jar ] || lack "Java-biblioteket JAXB" libjaxb-java
}

need_audit_programs() {
  need_program Xvfb xvfb
  need_program dbus-daemon dbus-daemon
  need_program openbox openbox
  need_program orca orca
  [ -e /usr/libexec/at-spi-bus-launcher ] || lack "bussen for hjelpemidler" at-spi2-core
}

case $step in
  venv) need_venv ;;
  site) need_libraries ;;
  test)
    need_libraries
    need_test_programs
    ;;
  audit)
    need_libraries
    need_test_programs
    need_audit_programs
    ;;
  *)
    echo "Bruk: tools/system-packages.sh venv|site|test|audit" >&2
    exit 2
    ;;
esac

[ ${#missing[@]} -gt 0 ] || exit 0

echo "Mangler på denne maskinen:"
printf '  %s\n' "${missing[@]}"

if ! command -v apt-get >/dev/null; then
  echo "Installer dette med systemets egen pakkebehandler, og prøv igjen." >&2
  echo "(I Debian heter pakkene: ${packages[*]})" >&2
  exit 1
fi

install=(apt-get install -y --no-install-recommends "${packages[@]}")
if [ "$(id -u)" = 0 ]; then
  as_root=(env)
elif sudo -n true 2>/dev/null; then
  as_root=(sudo -n env)
else
  echo "Kjør dette, og prøv igjen:" >&2
  echo "  sudo apt-get update && sudo ${install[*]}" >&2
  exit 1
fi

echo "Installerer ${packages[*]} …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# An update that fails for one source of several need not stop the install, so only the last counts.
"${as_root[@]}" apt-get update >"$log" 2>&1 || true
if ! "${as_root[@]}" DEBIAN_FRONTEND=noninteractive "${install[@]}" >>"$log" 2>&1 </dev/null; then
  tail -n 20 "$log" >&2
  echo "apt-get klarte ikke å installere pakkene." >&2
  exit 1
fi
