"""Rules, specifications and judgements: an interval and a test give an outcome, outcomes a verdict."""
