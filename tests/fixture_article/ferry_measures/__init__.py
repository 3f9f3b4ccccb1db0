"""Measures of an invented article."""
