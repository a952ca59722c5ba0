"""An object version of the model, and how much faster the compiled one is."""
