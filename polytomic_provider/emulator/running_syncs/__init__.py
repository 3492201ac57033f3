"""Running a sync: when it runs, and what then becomes of the rows of its models.

runs        when executions run: started by hand, by schedules, after others
starting    which records a start is limited to
engine      one execution, within one transaction
"""
