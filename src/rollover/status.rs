//! `hyoka status`: what of a year is filled, and what is still open.
