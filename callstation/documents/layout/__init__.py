"""Setting pages: fonts, text, tables and the letterhead on reportlab's canvas."""
