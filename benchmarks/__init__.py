"""The budgets of the design, measured: one module a budget, each with `measure()` and `tables()`."""
