"""Look at everything the window can show: what it paints, whether all of it can be read, pictures of it."""
