# Sourced by the start scripts; root is the directory of the project, java_options the program's own, folder the
# module's (examples/MODULE unless set).
#
#   JAVA_HOME            the JDK to use; without it, the java on the PATH
#   REGISTRAR_CLASSPATH  more jars, such as a third party's storage
#   REGISTRAR_JAVA_OPTS  more options for java, such as -Xmx1g

# launch MODULE MAIN_CLASS [ARGUMENT]...: becomes the program, built first if it never was.
launch() {
  module=$1
  main_class=$2
  shift 2
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME=$JAVA_HOME has no bin/java; set it to a JDK of version 17 or newer"
  else
    java=$(command -v java) || fail "java is missing; install a JDK of version 17 or newer, or set JAVA_HOME"
  fi
  folder=${folder:-examples/$module}
  target=$root/$folder/target
  built "$target" || build "$module"
  class_path=$(jar_of "$target"):$target/lib/*${REGISTRAR_CLASSPATH:+:$REGISTRAR_CLASSPATH}
  # shellcheck disable=SC2086 # options are words
  exec "$java" --enable-native-access=ALL-UNNAMED ${java_options:-} ${REGISTRAR_JAVA_OPTS:-} \
    -cp "$class_path" "$main_class" "$@"
}

built() {
  [ -n "$(jar_of "$1")" ] && [ -d "$1/lib" ]
}

jar_of() {
  for jar in "$1/$module"-*.jar; do
    case $jar in
      *-sources.jar | *-javadoc.jar) ;;
      *) [ -f "$jar" ] && printf '%s' "$jar" && return ;;
    esac
  done
  return 0
}

build() {
  command -v mvn >/dev/null 2>&1 ||
    fail "this is the first use and mvn is missing; install Maven 3.8 or newer, or build elsewhere"
  echo "$1: first use, building it with Maven..." >&2
  (cd "$root" && mvn -q -B -DskipTests package -pl "$folder" -am >&2) ||
    fail "the build failed; its messages are above"
}

fail() {
  echo "$(basename "$0"): $1" >&2
  exit 3
}
