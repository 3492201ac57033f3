"""Running a sync: when it runs, and what then becomes of the rows of its models.

    runs        when executions run: started by hand, by schedules, after others
    starting    which records a start is limited to
    engine      one execution, within one transaction: reads, plans, applies, records
    reading     the rows of the models, joined by their relations
    drafting    what one row becomes: overrides, mappings, encryption
    values      what a value becomes in a field: type, choices, length
    matching    which record of the target a row is the same thing as
    planning    what becomes of every row
    writing     what a draft does to the target

From `reading` on nothing knows the database: rows and records come in, a plan goes out.
"""
