#!/bin/sh
# need.sh PROGRAM PACKAGE: installs a package if its program is missing.
set -eu
program=$1 package=$2
command -v "$program" >/dev/null 2>&1 && exit 0
echo "$program is missing; installing $package"
root=
[ "$(id -u)" = 0 ] || root=sudo
if command -v apt-get >/dev/null 2>&1; then
	$root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
elif command -v dnf >/dev/null 2>&1; then
	$root dnf install -y -q "${package%-server}"
elif command -v apk >/dev/null 2>&1; then
	$root apk add -q "${package%-server}"
elif command -v brew >/dev/null 2>&1; then
	brew install -q "${package%-server}"
fi
command -v "$program" >/dev/null 2>&1 || {
	echo "please install $program, for example: sudo apt-get install -y $package" >&2
	exit 1
}
