"""What helps to begin: the start page, the first tour, the help."""
