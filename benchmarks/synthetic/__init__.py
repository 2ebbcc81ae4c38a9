"""Clean budget tables of many shapes, drawn at random from a seed, and mistakes to put into them."""
