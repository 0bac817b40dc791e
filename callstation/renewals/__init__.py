"""The work of renewing a contract."""
