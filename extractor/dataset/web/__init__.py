"""The web pages over a dataset: a Datasette plugin of ours."""
