//! Puts the court's capabilities together: settings, server, jobs, command line, the demo court.

pub mod demo;
