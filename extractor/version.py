"""The version of the package, where the core can read it without importing the public names."""

__version__ = "0.2.0"
