"""What a user saves: a lesson, its network, its data; and every edit of them."""
