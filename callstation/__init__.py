"""The verbs: everything Callstation can do, without a screen."""

__version__ = "0.1.0"
