"""Documents to be looked at before they are written: pages on a calm ground."""
