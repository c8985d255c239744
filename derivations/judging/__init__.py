"""How a printed equation is joined with derived results, corrected where it is wrong, and told in a row."""
