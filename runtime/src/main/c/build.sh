#!/bin/sh
# Builds the native part of the fork engine: build.sh TARGET_DIRECTORY JAVA_HOME REQUIRED
# Where no compiler is, or not on Linux, it says so and builds nothing, unless REQUIRED is "true".
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=$1
java_home=$2
required=$3

skip() {
  rm -rf "$target/io/heapgauge/native"
  echo "heapgauge: the fork engine is not built: $1"
  if [ "$required" = true ]; then
    echo "heapgauge: a release needs it"
    exit 1
  fi
  exit 0
}

[ "$(uname -s)" = Linux ] || skip "it is for Linux, this is $(uname -s)"
case $(uname -m) in
  x86_64 | amd64) architecture=x86_64 ;;
  aarch64 | arm64) architecture=aarch64 ;;
  *) skip "it is for x86_64 and aarch64, this is $(uname -m)" ;;
esac
compiler=${CC:-}
for candidate in gcc cc; do
  if [ -z "$compiler" ] && command -v "$candidate" > /dev/null; then
    compiler=$candidate
  fi
done
[ -n "$compiler" ] || skip "there is no C compiler (gcc or cc)"
[ -f "$java_home/include/jvmti.h" ] || skip "$java_home/include/jvmti.h is not there"

library=$target/io/heapgauge/native/linux-$architecture/libheapgauge.so
mkdir -p "$(dirname "$library")"
"$compiler" -std=gnu11 -O2 -fPIC -fvisibility=hidden -fno-strict-aliasing -Wall -Wextra -Werror -shared -s \
  -Wl,-z,defs -Wl,-z,now -Wl,-z,relro -Wl,-z,noexecstack \
  -I"$java_home/include" -I"$java_home/include/linux" -o "$library" "$here"/*.c -ldl
