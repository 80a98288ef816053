"""What a stand-in says when nobody tells it otherwise: text that is easy to cut in wrong places."""

WORDS = ("Grüße ", "aus ", "東京 ", "– ", "naïve ", "café ", "🙂🙃 ", "and ", "an ", "end.")
TEXT = "".join(WORDS)
