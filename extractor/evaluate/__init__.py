"""The evaluation workbench: scores against gold, error reports, comparisons of runs, annotation formats, care of gold."""
