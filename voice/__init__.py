"""Speech in and speech out, useful without the rest: it knows neither Rasa nor Sanic nor the service items."""
