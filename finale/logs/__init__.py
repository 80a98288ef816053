"""What the software says of itself: event names with values, and no secret in any of them.

The only room with structlog. Imports nothing of the project, so that every room may log.
"""
