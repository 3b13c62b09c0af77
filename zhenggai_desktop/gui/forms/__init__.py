"""Forms: fields to type into, bound to the records of the open ledger."""
