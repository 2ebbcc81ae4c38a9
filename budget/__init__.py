"""What a budget is: money, words, sources, plans. Knows nothing of sheets and cells."""
