#!/usr/bin/env bash
# Lets one sync of each thread fail below the native library (strace, on Linux), and shows what
# follows: the commit that it hits is unknown, nothing more is acknowledged, and everything that was
# acknowledged is there after the store is opened again.
#
#   failed-sync.sh CLASSPATH [WHICH...]     which sync of a thread fails: 1 2 3 ... (default 4 5 20)
#
# CLASSPATH has backend-leveldb's classes, test classes and dependencies:
#   mvn -q -pl backend-leveldb -am test-compile dependency:build-classpath -Dmdep.outputFile=cp.txt
set -euo pipefail
classpath=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { java -cp "$classpath" io.registrar.leveldb.ChildPrograms "$@"; }

[ $# -gt 0 ] || set -- 4 5 20
for which in "$@"; do
  rm -rf "$work/store"
  mkdir "$work/store"
  status=0
  timeout 60 strace -f -qq -o "$work/trace" -e trace=msync,fdatasync \
    -e "inject=msync,fdatasync:error=EIO:when=$which" \
    java -cp "$classpath" io.registrar.leveldb.ChildPrograms write "$work/store" 0 2000 400 \
    > "$work/out" 2>&1 || status=$?
  acknowledged=$(grep -c '^acknowledged' "$work/out" || true)
  echo "sync $which fails: $(grep -c INJECTED "$work/trace" || true) injected," \
    "$acknowledged acknowledged, exit $status," \
    "$(grep -o -m1 '[A-Za-z]*Exception: .*' "$work/out" | cut -c1-160 || echo 'no failure seen')"
  run read "$work/store" > "$work/read" 2>&1 || { cat "$work/read"; exit 1; }
  found=$(grep -c '^record' "$work/read" || true)
  echo "  after reopening: $found records"
  if [ "$found" -lt "$acknowledged" ] || [ "$found" -gt $((acknowledged + 1)) ]; then
    echo "  LOST: $acknowledged were acknowledged"
    exit 1
  fi
done
