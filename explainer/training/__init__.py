"""Training without steps: the mathematics of the trace, vectorised, and the data to try it on."""
