"""Settings for all tests."""

from hypothesis import settings

# The first example pays for loading the corpus, and a busy machine for everything: no example has a time limit.
settings.register_profile("corpus", deadline=None)
settings.load_profile("corpus")
