"""A text in, a record out, over HTTP: a small ASGI application with bounds on size, time and waiting."""
