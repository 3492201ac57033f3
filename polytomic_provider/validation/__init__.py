"""Arguments and schemas in, problems out. Pure: no request, no Pulumi, no secret in a text."""

from polytomic_provider.validation.problems import (
    UNKNOWN,
    Problem,
    Severity,
    Unknown,
    has_errors,
    holds_unknown,
    is_unknown,
)

__all__ = ["UNKNOWN", "Problem", "Severity", "Unknown", "has_errors", "holds_unknown", "is_unknown"]
