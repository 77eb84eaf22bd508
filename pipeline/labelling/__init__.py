"""Labels by people: choosing clauses, exchange with labelling tools, agreement, training on one's own labels."""
