"""Four questions that audit any business, answered by figures of the log and by the people who work there."""
