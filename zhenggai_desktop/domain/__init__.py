"""What a ledger is: records, rules and wording. Standard library only."""
