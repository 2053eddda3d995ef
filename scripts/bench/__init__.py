"""Measure how fast Explainer is, each figure beside a floor measured in the same run."""
