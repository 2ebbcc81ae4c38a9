"""An appendix cut or raised: by a factor, or to a total that was assigned."""
