"""What each kind of statement asks of the routes: one examiner a module, joined in ``derivations.engine.examine``."""
