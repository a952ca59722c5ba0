"""Overlays: rules that stand over any pricing rule and shape the orders before it matches them."""
