"""Typical slips: which well-known mistake at a step gives the wrong number that somebody wrote."""
