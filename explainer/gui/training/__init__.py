"""The training view: running, and the pictures of what is learnt."""
