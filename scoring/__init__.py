"""How marks become a winner: pure functions and frozen values, no clock, no chance, no I/O.

May import the standard library and nothing else, not even the rest of the house.
"""
