"""Where applications go: the back office of this program, and the systems of departments."""
