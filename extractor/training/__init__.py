"""Training of the statistical layer, offline: gold and unlabelled articles to a model file that `extractor.ner` reads."""
