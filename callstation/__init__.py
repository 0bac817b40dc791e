"""The verbs: everything Callstation can do, without a screen."""

__version__ = "0.4.0"
