"""GO or NO-GO before the doors: the machine, every model, the judge.

May import what the show is built from: `cast`, `judging`, `seating`, `llm`, `config`, `clock`.
"""
