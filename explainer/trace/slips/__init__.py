"""Typical slips: which well-known mistake at a step gives the wrong number that somebody wrote."""

from explainer.trace.slips.explaining import Verdict, explain, explained, slips
from explainer.trace.slips.slip import Slip

__all__ = ["Slip", "Verdict", "explain", "explained", "slips"]
