# Shared by ./check, ./demo and ./fuzz: finds or installs what they need, in plain sentences.

fail() {
  echo "$*" >&2
  exit 1
}

on_debian() { command -v apt-get >/dev/null 2>&1; }

require_java() {
  if ! command -v javac >/dev/null 2>&1; then
    install_debian javac:openjdk-17-jdk-headless
  fi
  local version
  version=$(javac -version 2>&1 | sed -E 's/javac ([0-9]+).*/\1/')
  [ "${version:-0}" -ge 17 ] || fail "webrtc4j needs JDK 17 or newer; javac here is ${version:-missing}."
}

require_maven() {
  command -v mvn >/dev/null 2>&1 || install_debian mvn:maven
  command -v mvn >/dev/null 2>&1 || fail "webrtc4j needs Maven 3.6.3 or newer."
}

# install_debian COMMAND:PACKAGE ...: installs the packages whose command (or file) is missing.
install_debian() {
  local missing=() entry
  for entry in "$@"; do
    local probe=${entry%%:*} package=${entry##*:}
    case $probe in
      /*) [ -e "$probe" ] || missing+=("$package") ;;
      *) command -v "$probe" >/dev/null 2>&1 || missing+=("$package") ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if on_debian && [ "$(id -u)" -eq 0 ]; then
    echo "Installing ${missing[*]}"
    apt-get update -qq || echo "The package lists could not be refreshed; going on with the old ones."
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      fail "These Debian packages could not be installed: ${missing[*]}"
  elif on_debian; then
    echo "Not installed: ${missing[*]}. What needs them is skipped; to have it: sudo apt-get install ${missing[*]}"
  else
    echo "Not found: ${missing[*]} (names of Debian packages). What needs them is skipped."
  fi
}

# Builds the samples jar when a source is newer than it.
build_samples() {
  require_java
  require_maven
  local jar=samples/target/webrtc4j-samples.jar
  if [ -f "$jar" ] && [ -z "$(find pom.xml */pom.xml */src/main -newer "$jar" -type f -print -quit)" ]; then
    return 0
  fi
  rm -f "$jar"
  echo "Building; this takes a minute the first time"
  mvn -B -ntp -pl samples -am package -DskipTests -Dspotless.check.skip 2>&1 |
    grep --line-buffered -E '^\[INFO\] Building webrtc4j|^\[ERROR\]|BUILD FAILURE' || true
  [ -f "$jar" ] || fail "The build failed; run: mvn -pl samples -am package"
}
