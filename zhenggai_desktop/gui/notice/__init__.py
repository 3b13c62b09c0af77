"""Parts of the notice page."""
