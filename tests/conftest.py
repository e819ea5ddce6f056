"""Settings for all tests."""

from hypothesis import settings

# The first example pays for loading the corpus, a busy machine for everything: an example has no time limit.
settings.register_profile("corpus", deadline=None)
settings.load_profile("corpus")
