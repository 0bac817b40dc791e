"""A practice org: a Salesforce-compatible server with its own records, to train on and to test against."""
