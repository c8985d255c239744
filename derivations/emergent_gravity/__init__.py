"""From entropy production to the field equations of gravity: the Onsager tensor, its symmetries, curvature, matter."""
