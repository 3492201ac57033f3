#!/bin/sh
# polytomic-ci.sh preview|up|drift: the same in any other CI, in the project's folder with a .venv.
# It needs PULUMI_ACCESS_TOKEN (or another backend), POLYTOMIC_API_KEY, and STACK.
set -eu

case "${1:-}" in
preview)
    failed=0
    pulumi preview --json --stack "$STACK" > preview.json || failed=$?
    .venv/bin/polytomic report preview.json > report.md
    cat report.md
    exit $failed
    ;;
up)
    pulumi up --yes --skip-preview --stack "$STACK"
    ;;
drift)
    failed=0
    pulumi preview --refresh --json --stack "$STACK" > preview.json || failed=$?
    .venv/bin/polytomic report preview.json --title Drift --fail-on-changes
    exit $failed
    ;;
*)
    echo "usage: $0 preview|up|drift" >&2
    exit 2
    ;;
esac
