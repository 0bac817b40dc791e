"""The page of the catalogue: products, what they cost, and what accounts pay by agreement."""
