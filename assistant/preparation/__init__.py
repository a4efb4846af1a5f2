"""What is built from the data: the index, its calibration, the classifier of emergencies, the dialogue, the encoder."""

from assistant.preparation.prepare import prepare_all

__all__ = ["prepare_all"]
