//! The commands of this project: everything that `codegen::cli` offers.

fn main() -> std::process::ExitCode {
    codegen::cli::main()
}
