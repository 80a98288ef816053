"""What each screen, each phone and the judge may see: one function per role.

Pages and phones get these views, never the state. May import the rest of finale.show and scoring.
"""
