"""One more row in a table: where it comes, what it holds, and how every formula counts it in."""
