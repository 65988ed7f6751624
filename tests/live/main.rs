//! The program as it runs for hours: `hyoka serve` and `hyoka build --watch`, met as their users meet them.

mod running;
mod serve;
mod watch;
