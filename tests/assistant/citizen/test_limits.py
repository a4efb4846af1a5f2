"""What one address may ask of the server in a while."""

from __future__ import annotations

import pytest

from assistant.citizen.limits import RateLimiter, TooManyRequests


@pytest.fixture
def limiter() -> RateLimiter:
    return RateLimiter()


def test_given_ten_sign_ins_within_a_minute_when_the_address_tries_again_then_it_must_wait(limiter):
    for _ in range(10):
        limiter.check_sign_in("192.0.2.1")

    with pytest.raises(TooManyRequests):
        limiter.check_sign_in("192.0.2.1")


def test_given_an_address_that_must_wait_when_another_signs_in_then_it_may(limiter):
    for _ in range(10):
        limiter.check_sign_in("192.0.2.1")

    limiter.check_sign_in("192.0.2.2")


def test_given_an_address_that_may_sign_in_no_more_when_it_starts_a_conversation_then_it_may(limiter):
    for _ in range(10):
        limiter.check_sign_in("192.0.2.1")

    limiter.check_start("192.0.2.1")
