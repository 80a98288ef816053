"""Settings for all tests."""

import hypothesis

# Nothing is proven by how long an example takes on a machine that does other things too.
hypothesis.settings.register_profile("finale", deadline=None)
hypothesis.settings.load_profile("finale")
