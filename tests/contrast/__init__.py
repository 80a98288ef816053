"""How well every text and edge of the screens reads on its ground."""
