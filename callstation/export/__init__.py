"""Lists out of the store, as spreadsheets that hold text where text was: the queue, renewals, activities, accounts."""
