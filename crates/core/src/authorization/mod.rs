//! To come.
//! See DESIGN.
