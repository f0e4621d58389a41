#!/bin/sh
# What the tests need from the system: a browser, Chinese fonts, Pango for the PDF, nginx. Debian and Ubuntu; where this is
# neither root nor allowed sudo without a password, it says what to install. `make test` calls it.
set -eu
wanted=""
if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
  # Ubuntu's package is a stub that wants snap; Playwright brings a browser there.
  grep -qs "^ID=ubuntu" /etc/os-release && playwright=1 || wanted="$wanted chromium"
fi
fc-list 2>/dev/null | grep -q "Noto Serif CJK SC" || wanted="$wanted fonts-noto-cjk"
fc-list 2>/dev/null | grep -q "Liberation Serif" || wanted="$wanted fonts-liberation" # what most Linux desktops have
ldconfig -p 2>/dev/null | grep -q libpangoft2 || wanted="$wanted libpango-1.0-0 libpangoft2-1.0-0"
[ -x /usr/sbin/nginx ] || wanted="$wanted nginx-light"
[ -n "$wanted${playwright:-}" ] || exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  as_root=""
elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then
  as_root="sudo"
else
  echo "The tests need what this machine lacks. Install it, then run make test again: apt-get install${playwright:+ google-chrome-stable}$wanted"
  exit 1
fi
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $wanted >/dev/null
if [ -n "${playwright:-}" ]; then $as_root "$1" install --with-deps chromium; fi
