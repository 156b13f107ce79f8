//! Whole-product tests: real mail and sign-in servers, the real window, a real browser.
//! The library holds what the journeys share; the journeys themselves are in `tests/`.
