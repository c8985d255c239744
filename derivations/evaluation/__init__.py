"""Values of what ``theory`` states, in plain numbers and from the definitions; nothing of the engine is used."""
