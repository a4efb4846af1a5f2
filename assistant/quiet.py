"""What the libraries may say."""

from __future__ import annotations

import logging


def quiet_rasa() -> None:
    """Let Rasa and TensorFlow log only what is wrong; RulePolicy's debug lines would quote conversations."""
    import structlog

    for name in ("rasa", "rasa_sdk", "tensorflow", "matplotlib", "apscheduler", "jieba", "fontTools"):
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
