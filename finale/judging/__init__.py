"""The LLM judge: how it is asked, how its replies are read, how it is kept from being fooled.

May import llm, clock, logs and scoring; it knows nothing of a show.
"""
