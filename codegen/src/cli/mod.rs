//! The command line, and the only code that reads, writes and prints.
