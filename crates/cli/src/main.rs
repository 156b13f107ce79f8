//! Ninka from a terminal: the same product as the window, over the same façade.
//! Parses, calls, prints; no product logic.

fn main() {}
