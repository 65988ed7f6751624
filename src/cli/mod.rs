//! The command line: arguments, the terminal, one short function a verb.
