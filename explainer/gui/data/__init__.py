"""The tab of the data: the table of samples, and the dialogs that fill it."""
