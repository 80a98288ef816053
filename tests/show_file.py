"""Parts of show files that tests write."""

REFERENCE = " ".join(f"word{n}" for n in range(45))


def bank(questions: int) -> str:
    """A bank whose questions are called q-1, q-2 and so on."""
    head = 'title = "Bank"\ndomain = "General"\nlanguage = "en"\n'
    return head + "".join(
        f"""
[[question]]
id = "q-{n}"
text = "Question {n}?"
short = "Q{n}?"
reference = "{REFERENCE}"
key_facts = ["fact one", "fact two", "fact three"]
"""
        for n in range(1, questions + 1)
    )
