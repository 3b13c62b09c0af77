"""The proofreader: rules that find what would be embarrassing before a text goes to approval (domain.md §9)."""
