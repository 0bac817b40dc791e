"""The settings page: every declared setting, where the data lies, and what the program is made of."""
