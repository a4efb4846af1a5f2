#!/usr/bin/env bash
# Create .venv from the hash-pinned lock and install the system packages that are missing.
# Usage: scripts/setup.sh run|test      (test also wants Chromium and PostgreSQL)
# WENBAN_TORCH=cpu takes PyTorch's CPU build where its index can be reached.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose="${1:-run}"
say() { printf '\033[1m• %s\033[0m\n' "$*"; }
fail() { printf '\033[31m✗ %s\033[0m\n' "$*" >&2; exit 1; }

missing_packages() {
  command -v espeak-ng >/dev/null 2>&1 || echo espeak-ng
  has_cjk_font || echo fonts-noto-cjk
  if [ "$purpose" = test ]; then
    command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || echo chromium
    command -v pdftotext >/dev/null 2>&1 || echo poppler-utils
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
  fi
}

has_cjk_font() {
  if command -v fc-list >/dev/null 2>&1; then [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -1)" ]
  else ls /usr/share/fonts/opentype/noto/NotoSansCJK-*.ttc >/dev/null 2>&1; fi
}

install_system_packages() {
  local packages
  packages="$(missing_packages | tr '\n' ' ')"
  [ -n "${packages// /}" ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    fail "These system packages are missing: $packages
  Install them, then run make again:   sudo apt-get update && sudo apt-get install -y $packages"
  fi
  say "Installing system packages: $packages"
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

find_python() {
  # The base interpreter: an activated .venv must not be asked to replace itself.
  if python3.10 -c 'import sys; print(sys._base_executable)' 2>/dev/null; then return; fi
  if command -v pyenv >/dev/null 2>&1; then
    local version
    version="$(pyenv versions --bare 2>/dev/null | grep -E '^3\.10(\.|$)' | tail -1 || true)"
    if [ -n "$version" ]; then echo "$(pyenv prefix "$version")/bin/python"; return; fi
  fi
  if command -v uv >/dev/null 2>&1; then
    uv python find 3.10 2>/dev/null && return
    uv python install -q 3.10 && uv python find 3.10 && return
  fi
  fail "Python 3.10 was not found (Rasa 3.6 needs it). Install it with one of:
    apt-get install python3.10     pyenv install 3.10     pip install uv"
}

create_environment() {
  local stamp=".venv/.lock-hash" wanted python torch="${WENBAN_TORCH:-default}"
  wanted="$(cat requirements.lock requirements-uv.lock pyproject.toml | sha256sum | cut -d' ' -f1)-$torch"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return 0; fi
  python="$(find_python)"
  say "Creating the environment with $("$python" --version) (several GB on the first run)"
  "$python" -m venv --clear .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock
  if [ "$torch" = cpu ]; then
    # The CPU build has hashes of its own; only PyTorch itself is taken without them.
    local version
    version="$(sed -n 's/^torch==\([0-9.]*\).*/\1/p' requirements.lock)"
    .venv/bin/uv pip install --python .venv/bin/python --torch-backend cpu "torch==$version"
    .venv/bin/python scripts/without_torch.py requirements.lock > .venv/requirements-without-torch.lock
    .venv/bin/uv pip install --python .venv/bin/python --require-hashes -r .venv/requirements-without-torch.lock
  else
    .venv/bin/uv pip install --python .venv/bin/python --require-hashes -r requirements.lock
  fi
  .venv/bin/uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
  echo "$wanted" > "$stamp"
}

install_system_packages
create_environment
