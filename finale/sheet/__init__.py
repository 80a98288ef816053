"""The run sheet that an organiser prints: one HTML file, or a PDF made from it.

May import the pages' marks, config, show and what lies below.
"""
