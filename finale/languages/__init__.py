"""The texts of stage and phones in every language, from the catalogues in assets/languages.

May import config, show and, besides, babel.
"""
