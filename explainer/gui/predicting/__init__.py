"""Predict mode: every result is hidden until the learner has said what it is."""
