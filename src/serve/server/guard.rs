//! Who may ask: only pages that this server itself has sent, under a name that cannot be somebody else's.
//!
//! A page of another site can make a browser send requests to this machine, and can give its own name the address of
//! this machine (DNS rebinding). Its requests then carry its name in `Host`, and in `Origin`.

use std::net::{IpAddr, SocketAddr};

use super::request::Request;

/// The names under which this server may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    port: u16,
    /// As given to listen on: `127.0.0.1`, `preview.city.example`, `0.0.0.0`.
    host: String,
    /// Where it listens on every interface, it may be asked by any address written in figures: a name is needed for
    /// rebinding.
    everywhere: bool,
}

impl Guard {
    pub fn new(host: &str, address: SocketAddr) -> Self {
        let host = unbracketed(host).to_ascii_lowercase();
        Self { port: address.port(), host, everywhere: address.ip().is_unspecified() }
    }

    /// Whether the request may be answered. Without `Host` nothing is; `Origin` need not be there, but is own where it is.
    pub fn admits(&self, request: &Request) -> bool {
        let own_origin = match &request.origin {
            None => true,
            Some(origin) => origin.strip_prefix("http://").is_some_and(|authority| self.is_own(authority)),
        };
        own_origin && request.host.as_deref().is_some_and(|host| self.is_own(host))
    }

    /// Whether `localhost:4000` is this server.
    fn is_own(&self, authority: &str) -> bool {
        let (host, port) = match authority.rsplit_once(':') {
            // `[::1]` has colons of its own.
            Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()),
            _ => (authority, Some(80)),
        };
        let bracketed = host.starts_with('[') && host.ends_with(']');
        let host = unbracketed(host).to_ascii_lowercase();
        let literal: Option<IpAddr> = host.parse().ok();
        if port != Some(self.port) || bracketed != literal.is_some_and(|ip| ip.is_ipv6()) {
            return false;
        }
        let is_name = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
        is_name || host == self.host || (self.everywhere && literal.is_some())
    }
}

/// `::1` of `[::1]`.
pub fn unbracketed(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::super::request;
    use super::*;

    fn guard(host: &str, address: &str) -> Guard {
        Guard::new(host, address.parse().unwrap())
    }

    fn asked(host: &str, origin: Option<&str>) -> Request {
        let origin = origin.map(|origin| format!("Origin: {origin}\r\n")).unwrap_or_default();
        request::parse(format!("GET / HTTP/1.1\r\nHost: {host}\r\n{origin}\r\n").as_bytes()).unwrap()
    }

    #[test]
    fn only_own_names_with_the_own_port_are_answered() {
        let guard = guard("127.0.0.1", "127.0.0.1:4000");
        for own in ["localhost:4000", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000"] {
            assert!(guard.admits(&asked(own, None)), "{own}");
        }
        for foreign in [
            "evil.example:4000",
            "evil.example",
            "localhost",
            "localhost:4001",
            "localhost:80",
            "localhost:04000x",
            "localhost.evil.example:4000",
            "127.0.0.1.nip.io:4000",
            "192.168.1.5:4000",
            "::1:4000",
            "[localhost]:4000",
            "localhost:4000@evil.example",
            "",
            ":4000",
        ] {
            assert!(!guard.admits(&asked(foreign, None)), "{foreign}");
        }
    }

    #[test]
    fn a_request_without_host_is_refused() {
        let request = request::parse(b"GET / HTTP/1.0\r\n\r\n").unwrap();
        assert!(!guard("127.0.0.1", "127.0.0.1:4000").admits(&request));
    }

    #[test]
    fn an_origin_is_own_or_refused() {
        let guard = guard("127.0.0.1", "127.0.0.1:4000");
        for own in ["http://localhost:4000", "http://127.0.0.1:4000"] {
            assert!(guard.admits(&asked("localhost:4000", Some(own))), "{own}");
        }
        for foreign in ["null", "http://evil.example", "https://localhost:4000", "http://localhost:5173", "file://"] {
            assert!(!guard.admits(&asked("localhost:4000", Some(foreign))), "{foreign}");
        }
    }

    #[test]
    fn on_every_interface_any_address_in_figures_is_own_but_no_name() {
        let guard = guard("0.0.0.0", "0.0.0.0:4000");
        assert!(guard.admits(&asked("192.168.1.5:4000", None)));
        assert!(guard.admits(&asked("[fe80::1]:4000", None)));
        assert!(!guard.admits(&asked("evil.example:4000", None)));
        assert!(
            super::Guard::new("pc.city.example", "10.0.0.2:4000".parse().unwrap())
                .admits(&asked("pc.city.example:4000", None))
        );
    }

    #[test]
    fn port_80_need_not_be_written() {
        assert!(guard("127.0.0.1", "127.0.0.1:80").admits(&asked("localhost", None)));
    }
}
