"""The page of the reports: figures of the work, retention, and who was missed."""
