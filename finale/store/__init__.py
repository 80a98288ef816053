"""What was said and done: the event log, the ballots, what is typed, the record.

The only room with sqlmodel and SQLAlchemy. May import finale.show and scoring.
"""
