#!/usr/bin/env bash
# Brings a real Asterisk into a folder, without root and without touching the system: Debian's packages with all they
# need, down to libc, unpacked. It runs by its own loader. Usage: fetch.sh FOLDER SUITE..., the first that can be had
set -euo pipefail
folder=$1
shift
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

for suite in "$@"; do
  work=$folder.$suite.$$
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work"/{state/lists/partial,cache/archives/partial,debs,root}
  touch "$work/status"
  echo "deb [signed-by=$keyring] http://deb.debian.org/debian $suite main" >"$work/sources.list"
  options=(-qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::Parts=/dev/null
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
    -o Dir::State="$work/state" -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache"
    -o APT::Sandbox::User= -o APT::Install-Recommends=false -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o Acquire::Retries=3)
  packages=(asterisk odbc-mariadb)
  [ "$suite" = bullseye ] && packages+=(asterisk-voicemail) # later ones have it in asterisk itself
  apt-get "${options[@]}" update || continue
  apt-get "${options[@]}" --download-only -y install "${packages[@]}" || continue
  for package in "$work"/cache/archives/*.deb; do
    case $(basename "$package") in perl* | libperl* | gnupg* | *-sounds-*) continue ;; esac # only what we load needs nothing of them
    dpkg-deb -x "$package" "$work/root"
  done
  mkdir -p "$(dirname "$folder")"
  rm -rf "$folder"
  mv "$work/root" "$folder"
  exit 0
done
echo "Debian's packages of Asterisk ($*) can't be had from deb.debian.org" >&2
exit 1
