"""Named administrative units: rows, candidates, linking to official codes."""
