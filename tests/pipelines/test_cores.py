"""The limit of one core: shared by runs in several threads, lifted by the last, kept where it is to stay."""

from __future__ import annotations

import numpy as np  # noqa: F401  with it comes the library that is limited
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from communique.pipelines.cores import OneCore


def threads() -> set[int]:
    """How many threads the libraries for matrices use."""
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_runs_at_the_same_time_leave_the_setting_as_it_was() -> None:
    core = OneCore()
    with threadpool_limits(2, user_api="blas"):
        if threads() != {2}:
            pytest.skip("the libraries take no two threads here")
        one, other = core.held(), core.held()
        one.__enter__()
        other.__enter__()
        one.__exit__(None, None, None)
        assert threads() == {1}
        other.__exit__(None, None, None)
        assert threads() == {2}


def test_a_limit_that_is_kept_stays_after_its_first_use() -> None:
    core = OneCore()
    with threadpool_limits(2, user_api="blas"):
        core.keep()
        with core.held():
            pass
        assert threads() == {1}
