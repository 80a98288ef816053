"""Who works backstage: watches the show, does a job, reports by command.

May import the showrunner and what is below it: llm, store, clock, show, scoring.
"""
