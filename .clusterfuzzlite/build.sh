#!/usr/bin/env bash
set -euo pipefail
exec "$SRC/authgrammar/fuzz/build.sh"
