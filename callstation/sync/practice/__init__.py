"""A practice org: a Salesforce-compatible server with its own records, to train on, to demonstrate with and to test against."""
