"""Pictures of every page in each of its states, with what a service hall has: `make screenshots`."""
