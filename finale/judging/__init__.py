"""The LLM judge: how it is asked, how its replies are read, how it is kept from being fooled.

May import llm, clock, logs and scoring; of a show it knows the rules’ pattern check alone.
"""
