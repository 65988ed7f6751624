//! The promises of the program, told as stories: a small portal in a folder of its own, the program as its users run
//! it, and what stands in the published folder afterwards.

mod book;
mod challenges;
mod corrections;
mod data;
mod differing;
mod embargo;
mod examination;
mod feeds;
mod fiscal_year;
mod frozen;
mod furigana;
mod html;
mod json_schema;
mod languages;
mod lineage;
mod metadata;
mod narrative;
mod new_year;
mod odd_portals;
mod packing;
mod pages;
mod plain;
mod portal;
mod publishing;
mod recommendations;
mod same_bytes;
mod schema;
mod search;
mod seed_sheet;
mod status;
mod table;
mod targets;
mod themes;
mod verifying;
mod years;
