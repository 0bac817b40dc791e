"""The real side of the CRM port: signing in to Salesforce and asking it things."""
