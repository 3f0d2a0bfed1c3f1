"""Enrollment figures: rows, quantities, what each number tells."""
