"""The hall's phones: passes, messages, gateway, ballot box; the phone page is in assets/audience.

May import showrunner, store, languages, config, clock, show and scoring; never NiceGUI.
"""
