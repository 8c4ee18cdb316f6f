"""How it goes: outcome measures, a diary, and where a person stands on the expected course."""
