"""Which records a sync's filters let through: Polytomic's filter functions and filter logic, pure.

    Filter([Condition("LastName", "IsNotNull")]).matches({"LastName": "Ada"}, now=now)

The API documents the functions' names and what they take, not every answer. What is decided here:

null
    A key that a record does not have is null. A negative function (`Inequality`,
    `StringDoesNotContain`, `StringNotOneOf`, `ArrayDoesNotContain`, …) holds exactly where its
    positive twin does not, so also for null; every other function but `IsNull` does not hold for
    null, save that two fields that are both null are equal. An empty text is not null. `False`
    holds for false, not for null.
what is compared
    A number equals the text that reads as it (`5`, `"5"`, `"5.0"`); two texts are equal letter by
    letter. For order the condition's value decides: one that reads as a number is compared as a
    number, one that reads as a date as a date, any other as text; a record's value that cannot
    be read that way has no order, and the function does not hold.
dates
    RFC 3339, with or without a time; no zone means UTC. Where one of the two has no time, days
    (in UTC) are compared: `OnOrBefore 2024-05-31` takes in that whole day.
text
    Upper and lower case differ (the API names the one function that ignores case, `ISubstring`,
    for that). Numbers and booleans are read as text. `StringLike`: `%` any text, `_` one letter,
    a backslash takes the next letter as it is.
time that passes
    `InTheLast` takes a length (`7 days`, `48h`, `P1M`) and takes in both ends. The `Relative…`
    functions take a point: `48 hours ago`, `2 weeks from now`, `today`, `yesterday`, `tomorrow`,
    `now`; a bare length lies in the past.
lists
    `Between` takes in both bounds. A value that is no list contains nothing.

Which keywords Polytomic itself accepts for lengths and points is told by `filter_functions` of
`GET /api/connections/{id}/modelsync/target/fields`; here more are understood than it may take.
"""

from polytomic_provider.filtering.conditions import Condition, holds
from polytomic_provider.filtering.errors import CannotEvaluate
from polytomic_provider.filtering.filters import Filter

__all__ = ["CannotEvaluate", "Condition", "Filter", "holds"]
