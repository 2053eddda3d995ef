"""A lesson run step by step: the scalar graph, its values, its derivatives, the steps that a teacher points at."""
