"""Scores against gold annotations, and annotation formats."""
