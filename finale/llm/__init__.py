"""The models that answer prompts, by one protocol: deployed endpoints and embedded understudies.

May import `finale.show` and `scoring`, and is the only home of httpx and boto3 in the show.
"""
