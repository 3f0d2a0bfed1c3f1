"""Officials of many articles: canonical bodies and posts, mentions linked to persons, posts over time."""
