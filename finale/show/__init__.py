"""What a show is: its plan, its rules, its events and what each role may see.

Pure: no clock, no chance, nothing awaited. May import scoring, pydantic and the standard library.
"""
