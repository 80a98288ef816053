"""A show played by robots: finalists, experts, a host, and a crowd of phones.

May import crew, showrunner and what is below; crowd and phone speak to a server from outside.
"""
