# Sourced by the scripts beside it: settings, messages, and the checks that each of them needs.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cli_project="$top/src/CoatLine.Cli"
cli_dll="$cli_project/bin/Release/net10.0/coatline.dll"
build_stamp="$cli_project/bin/Release/built.stamp"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# A machine with only the SDK may have no ICU library; nothing here depends on a culture.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
# Nothing may be left running after a script ends: no reused build nodes, no compiler server.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf '%s\n' "$*" >&2; }

# die CODE SENTENCE: ends with a sentence that names the cure.
die() {
  local code=$1
  shift
  printf 'error: %s\n' "$*" >&2
  exit "$code"
}

need_sdk() {
  command -v dotnet >/dev/null 2>&1 \
    || die 3 "the .NET SDK is missing. Install the package dotnet-sdk-10.0, then run this again."
  dotnet --list-sdks 2>/dev/null | grep -q '^10\.' \
    || die 3 "no .NET 10 SDK among: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')." \
      "Install the package dotnet-sdk-10.0, then run this again."
}

# need_program PROGRAM PACKAGE… : installs Debian packages when the program is not there.
need_program() {
  command -v "$1" >/dev/null 2>&1 || install_packages "$@"
}

# need_font: what the text of pictures is drawn with; without it a machine that has no font at all draws none.
need_font() {
  [ -f /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || install_packages "the font DejaVu Sans" fonts-dejavu-core
}

# need_servers: the broker and the database that tests, campaigns and measurements start for themselves. What the
# packages start on their own is left alone; nothing here uses their ports.
need_servers() {
  [ -n "$(find /usr/lib/rabbitmq/lib -maxdepth 1 -name 'rabbitmq_server-*' -print -quit 2>/dev/null)" ] \
    || install_packages "RabbitMQ" rabbitmq-server
  [ -n "$(find /usr/lib/postgresql -maxdepth 3 -name initdb -print -quit 2>/dev/null)" ] \
    || install_packages "PostgreSQL" postgresql
}

# install_packages WHAT PACKAGE… : installs Debian packages for something that is missing.
install_packages() {
  local what=$1 as_root=()
  shift
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 \
      || die 3 "$what is missing and only root may install it. As root: apt-get install -y $*"
    as_root=(sudo)
  fi
  say "Installing $* (for $what) …"
  if ! { "${as_root[@]}" apt-get update -qq \
      && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@"; } \
      >/dev/null 2>"${TMPDIR:-/tmp}/coatline-apt.$$"; then
    tail -n 5 "${TMPDIR:-/tmp}/coatline-apt.$$" >&2
    rm -f "${TMPDIR:-/tmp}/coatline-apt.$$"
    die 3 "could not install $*. Check the network and the apt sources, or install it by hand, then run this again."
  fi
  rm -f "${TMPDIR:-/tmp}/coatline-apt.$$"
}

# quietly SENTENCE COMMAND… : runs it, and shows its output only when it fails.
quietly() {
  local cure=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    grep -E 'error|warn' "$log" | sort -u | head -n 40 >&2 || true
    [ -s "$log" ] && say "(the last lines of the output)" && tail -n 5 "$log" >&2
    rm -f "$log"
    die 3 "$cure"
  fi
  rm -f "$log"
}

# True when the built program is as new as everything it is built from.
cli_is_current() {
  [ -f "$cli_dll" ] && [ -f "$build_stamp" ] || return 1
  [ -z "$(find "$top/src" "$top/recipes" "$top/plc-tags" "$top"/Directory.*.props "$top/global.json" \
    \( -name bin -o -name obj \) -prune -o -newer "$build_stamp" -print -quit)" ]
}

# Builds the program when a source is newer; two callers at once build one after the other.
build_cli() {
  cli_is_current && return 0
  need_sdk
  mkdir -p "$(dirname "$build_stamp")"
  (
    flock 9
    cli_is_current && exit 0
    say "Building CoatLine (the first time takes a minute or two) …"
    # The folders that a build creates exist before it begins: later, a newer folder means a source came or went.
    for project in "$top"/src/*/*.csproj; do mkdir -p "${project%/*}/bin" "${project%/*}/obj"; done
    started=$(mktemp)
    quietly "the build failed. With a fresh clone: check that NuGet packages can be reached ('dotnet restore')." \
      dotnet build "$cli_project" -c Release --nologo -v quiet -clp:NoSummary
    # The stamp carries the time at which the build began: a source edited meanwhile is newer than it.
    touch -r "$started" "$build_stamp"
    rm -f "$started"
  ) 9>"$(dirname "$build_stamp")/build.lock" || exit $?
}
