"""What to do now: plans by cause and stage, exercises, a week that fits, the way back to running."""
