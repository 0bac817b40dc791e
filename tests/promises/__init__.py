"""What "saved" promises, tested with faults, each with a control that must fail."""
