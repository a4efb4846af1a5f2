"""Write a trained network as a folder that unmodified faster-whisper loads."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ctranslate2.converters.transformers import WhisperLoader
from tokenizers import AddedToken, Tokenizer, decoders, models
from torch import Tensor
from transformers import WhisperConfig, WhisperForConditionalGeneration

from voice.training.features import HOP
from voice.training.vocabulary import Vocabulary


class WeightsOfAnotherShape(Exception):
    """The weights are not those of the shape in the record: give both as one training wrote them."""


def export(weights: Mapping[str, Tensor], vocabulary: Vocabulary, record: Mapping[str, Any], folder: Path) -> None:
    """Convert the weights to CTranslate2, 8-bit, with the tokenizer and the record beside them; all of it or nothing.

    `record` holds the `shape` of the network. What stood in the folder goes, but for a README.md.

    Raises:
        WeightsOfAnotherShape: weights and shape do not belong together.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".asr-") as temporary:
        made = Path(temporary) / "asr"
        _convert(weights, vocabulary, record["shape"], made)
        _write_tokenizer(vocabulary, made / "tokenizer.json")
        (made / "preprocessor_config.json").write_text(json.dumps({"hop_length": HOP}) + "\n", encoding="utf-8")
        (made / "training.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        card = folder / "README.md"
        if card.exists():
            shutil.copyfile(card, made / "README.md")
        if folder.exists():
            os.rename(folder, Path(temporary) / "before")
        os.rename(made, folder)


def _convert(weights: Mapping[str, Tensor], vocabulary: Vocabulary, shape: Mapping[str, Any], folder: Path) -> None:
    model = _whisper(weights, vocabulary, shape)
    mark = vocabulary.number_of
    spec = WhisperLoader().get_model_spec(model)
    spec.register_vocabulary(vocabulary.tokens)
    never = ("translate", "transcribe", "startoflm", "startofprev", "startoftranscript", "nospeech")
    spec.config.suppress_ids = [mark(f"<|{name}|>") for name in never]
    spec.config.suppress_ids_begin = [vocabulary.characters.index(" "), vocabulary.end]
    spec.config.lang_ids = vocabulary.languages
    spec.config.alignment_heads = [[shape["decoder_layers"] - 1, head] for head in range(shape["heads"])]
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _whisper(
    weights: Mapping[str, Tensor], vocabulary: Vocabulary, shape: Mapping[str, Any]
) -> WhisperForConditionalGeneration:
    """Return the network as transformers knows it."""
    config = WhisperConfig(
        vocab_size=len(vocabulary.tokens),
        num_mel_bins=shape["mels"],
        d_model=shape["width"],
        encoder_layers=shape["encoder_layers"],
        decoder_layers=shape["decoder_layers"],
        encoder_attention_heads=shape["heads"],
        decoder_attention_heads=shape["heads"],
        encoder_ffn_dim=4 * shape["width"],
        decoder_ffn_dim=4 * shape["width"],
        max_source_positions=shape["source_positions"],
        max_target_positions=shape["target_positions"],
        pad_token_id=vocabulary.end,
        bos_token_id=vocabulary.end,
        eos_token_id=vocabulary.end,
        decoder_start_token_id=vocabulary.number_of("<|startoftranscript|>"),
    )
    model = WhisperForConditionalGeneration(config).eval()
    named = {f"model.{name}": value for name, value in weights.items() if not name.startswith("syllables.")}
    named["proj_out.weight"] = named["model.decoder.embed_tokens.weight"]
    try:
        model.load_state_dict(named)
    except RuntimeError as error:
        raise WeightsOfAnotherShape(f"{WeightsOfAnotherShape.__doc__} {error}") from error
    return model


def _write_tokenizer(vocabulary: Vocabulary, path: Path) -> None:
    """Write a tokenizer of single characters with the numbers as they are."""
    numbers = {token: number for number, token in enumerate([*vocabulary.characters, *vocabulary.specials])}
    tokenizer = Tokenizer(models.BPE(vocab=numbers, merges=[], unk_token=" "))
    tokenizer.decoder = decoders.Fuse()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in vocabulary.specials])
    tokenizer.save(str(path))
