# shellcheck shell=bash
# Finds a JDK that can run Basalt. Sourced by ./mvnw and ./basalt; starts no process.
#
# find_jdk sets jdk_home to the first JDK of at least the version below, looking at BASALT_JAVA_HOME, JAVA_HOME, the
# java on PATH and then the folders where systems and version managers put JDKs. It fails where there is none, and
# leaves what it saw in jdk_seen, one "version  folder" per line.

jdk_least="25.0.3"

# jdk_is_usable DIR: DIR is a JDK (has javac) of at least jdk_least. The version is read from its release file.
jdk_is_usable() {
    local home="$1" line version="" major=0 minor=0 patch=0
    [[ -x "$home/bin/java" && -x "$home/bin/javac" && -r "$home/release" ]] || return 1
    while IFS= read -r line; do
        if [[ "$line" == JAVA_VERSION=* ]]; then
            version="${line#JAVA_VERSION=}"
            version="${version//\"/}"
            version="${version//$'\r'/}"
        fi
    done <"$home/release"
    jdk_seen+="    ${version:-unknown}  $home"$'\n'
    [[ "$version" =~ ^([0-9]+)(\.([0-9]+))?(\.([0-9]+))? ]] || return 1
    major=$((10#${BASH_REMATCH[1]}))
    minor=$((10#${BASH_REMATCH[3]:-0}))
    patch=$((10#${BASH_REMATCH[5]:-0}))
    ((major > 25 || (major == 25 && (minor > 0 || patch >= 3))))
}

find_jdk() {
    local candidate on_path
    local home="${HOME:-/root}"
    jdk_seen=""
    jdk_home=""
    on_path="$(readlink -f "$(command -v java 2>/dev/null || true)" 2>/dev/null || true)"
    # What the user named comes first, links included; then the usual folders, where a link leads to what is seen anyway.
    for candidate in "${BASALT_JAVA_HOME:-}" "${JAVA_HOME:-}" "${on_path%/bin/java}" \
        "$home/.sdkman/candidates/java/current"; do
        if [[ -n "$candidate" ]] && jdk_is_usable "$candidate"; then
            jdk_home="$candidate"
            return 0
        fi
    done
    for candidate in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* /usr/local/lib/jvm/* \
        "$home"/.sdkman/candidates/java/* "$home"/.jdks/* "$home"/.asdf/installs/java/* \
        "$home"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$home"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if [[ ! -L "$candidate" ]] && jdk_is_usable "$candidate"; then
            jdk_home="$candidate"
            return 0
        fi
    done
    return 1
}

say_no_jdk() {
    {
        printf 'basalt: needs a JDK of version %s or later; none was found.\n' "$jdk_least"
        if [[ -n "$jdk_seen" ]]; then
            printf '  Found, but too old or not usable:\n%s' "$jdk_seen"
        fi
        printf '  Install one (for example Eclipse Temurin 25: package temurin-25-jdk), or set JAVA_HOME to its folder.\n'
        printf '  Looked at: BASALT_JAVA_HOME, JAVA_HOME, PATH, /usr/lib/jvm, /usr/java, /opt, ~/.sdkman, ~/.jdks, ~/.asdf.\n'
    } >&2
}
