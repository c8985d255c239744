"""The routes by which a claim can be examined, each independent of the others."""
