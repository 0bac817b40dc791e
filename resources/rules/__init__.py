"""The dated rules of calling as data, each row with its source."""
