"""The rules of the house as failing tests: layers, sizes, words, cold start, floors, and how a fresh machine starts."""
