#!/bin/sh
# need.sh PROGRAMS PACKAGES: installs packages, by their names in Debian, if none
# of the programs is there. "font:zh" for PROGRAMS means a font for that language.
set -eu
programs=$1 packages=$2

there() {
	case $programs in
	font:*) fc-list ":lang=${programs#font:}" 2>/dev/null | grep -q . ;;
	*) for program in $programs; do command -v "$program" >/dev/null 2>&1 && return; done && return 1 ;;
	esac
}

# named MANAGER: the packages as another package manager calls them.
named() {
	for package in $packages; do
		case $1:$package in
		dnf:fonts-wqy-microhei) echo wqy-microhei-fonts ;;
		apk:fonts-wqy-microhei) echo font-wqy-zenhei ;;
		brew:fonts-wqy-microhei) ;; # macOS has such fonts
		brew:chromium) echo --cask chromium ;;
		*:chromium-sandbox) ;; # only Debian has it apart
		*) echo "${package%-server}" ;;
		esac
	done
}

there && exit 0
echo "$programs is missing; installing $packages"
root=
[ "$(id -u)" = 0 ] || root=sudo
# The lists of packages are to be split at their spaces.
# shellcheck disable=SC2046,SC2086
if command -v apt-get >/dev/null 2>&1; then
	$root apt-get update -qq &&
		$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
elif command -v dnf >/dev/null 2>&1; then
	$root dnf install -y -q $(named dnf)
elif command -v apk >/dev/null 2>&1; then
	$root apk add -q $(named apk)
elif command -v brew >/dev/null 2>&1; then
	brew install -q $(named brew)
fi
there || {
	echo "please install what is missing, for example: sudo apt-get install -y $packages" >&2
	exit 1
}
