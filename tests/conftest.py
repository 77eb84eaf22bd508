"""Settings of all tests."""

from hypothesis import settings

# Machines are noisy, so no time limit for an example; the same examples in every run, so that a failure can be repeated.
settings.register_profile("planlens", deadline=None, derandomize=True)
settings.load_profile("planlens")
