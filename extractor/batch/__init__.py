"""Shards of articles to tables, in one process or many."""
