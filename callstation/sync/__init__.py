"""What waits for the CRM."""
