"""Documents: quotes, letters, agreements, statements and call sheets as files. reportlab is imported only here."""
