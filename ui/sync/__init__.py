"""The page where what was done here meets what is known in Salesforce."""
