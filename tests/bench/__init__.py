"""Side-by-side benchmarks, run by ``python3 dev.py bench`` and never by the tests."""
