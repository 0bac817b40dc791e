"""SOQL: read by a grammar, translated to SQL over the org's tables, answered in the API's shapes."""
