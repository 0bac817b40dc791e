"""Data files the product ships with: icons, fonts, the dated rules of calling."""
