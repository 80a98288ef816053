"""The HTTP API for show control and read-outs, for button panels and scripts.

May import what lies below `pages` and, besides, fastapi, pydantic and starlette.
"""
