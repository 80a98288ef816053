"""One screen per role, in NiceGUI: shows views and asks the showrunner by command.

May import what lies below the pages: crew, showrunner, access, show, scoring; never the api.
"""
