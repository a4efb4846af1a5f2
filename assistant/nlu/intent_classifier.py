"""The intent classifier: Rasa's logistic regression, its weights laid out for one message at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LogisticRegressionClassifier):
    """Name what the citizen wants to do.

    A sparse row times the transposed weights needs them column by column; laid out row by row, as they are trained
    and stored, all of them are copied for every message, which takes longer than the rest of the classification.
    """

    @classmethod
    def load(cls, *args: Any, **kwargs: Any) -> LogisticRegressionClassifier:
        """Read what training wrote."""
        component = super().load(*args, **kwargs)
        if hasattr(component.clf, "coef_"):
            component.clf.coef_ = np.asfortranarray(component.clf.coef_)
        return component
