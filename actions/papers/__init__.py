"""Papers for citizens to print: the one-time notice (一次性告知单) and the form of an authorisation (授权委托书)."""
