"""The morning report: a day of the service on one page, for the head of a hall."""
