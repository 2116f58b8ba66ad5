//! Runs code that may panic, and tells what it said.

use std::any::Any;
use std::panic;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Enough for a document of the greatest depth that [`crate::source::MAX_DEPTH`] allows, in a build without optimisation.
const STACK: usize = 256 << 20;

/// Runs `work` on a thread of its own. A stack that overflows is no panic: it ends the process, and the command line runs
/// typify in another one for that.
///
/// While it runs, panics of that thread print nothing; those of others go where they went before, and so do all when it is
/// done.
///
/// # Errors
/// What the panic said, or why there is no thread.
pub(super) fn contained<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    // The hook is the program's: two at a time would put back each other's.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let before = Arc::new(panic::take_hook());
    let (muted, others) = (Arc::new(Mutex::new(None)), Arc::clone(&before));
    let is_muted = {
        let muted = Arc::clone(&muted);
        move || *muted.lock().unwrap_or_else(PoisonError::into_inner) == Some(thread::current().id())
    };
    panic::set_hook(Box::new(move |information| {
        if !is_muted() {
            others(information);
        }
    }));
    let ended = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || {
            *muted.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current().id());
            work()
        });
        thread.map(thread::ScopedJoinHandle::join)
    });
    drop(panic::take_hook());
    if let Some(before) = Arc::into_inner(before) {
        panic::set_hook(before);
    }
    match ended {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(panic)) => Err(said(panic.as_ref())),
        Err(error) => Err(format!("there is no thread to run it on: {error}")),
    }
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("it does not say why").to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_panic_is_what_it_said() {
        assert_eq!(contained(|| 1), Ok(1));
        let number = 2;
        assert_eq!(contained(|| -> u8 { panic!("number {number}") }), Err("number 2".to_owned()));
        assert_eq!(contained(|| -> u8 { panic!("no number") }), Err("no number".to_owned()));
        assert_eq!(contained(|| -> u8 { panic::panic_any(3) }), Err("it does not say why".to_owned()));
    }

    #[test]
    fn panics_of_others_are_heard_while_and_after_it_runs() {
        static HEARD: AtomicUsize = AtomicUsize::new(0);
        const MARK: &str = "heard by the test of another hook";
        let original = Arc::new(panic::take_hook());
        let others = Arc::clone(&original);
        panic::set_hook(Box::new(move |information| match information.payload_as_str() {
            Some(MARK) => {
                HEARD.fetch_add(1, Ordering::SeqCst);
            }
            _ => others(information),
        }));
        let heard_while = contained(|| {
            let other = thread::spawn(|| panic!("{}", MARK));
            assert!(other.join().is_err());
            HEARD.load(Ordering::SeqCst)
        });
        assert_eq!(heard_while, Ok(1));
        assert_eq!(contained(|| -> u8 { panic!("{}", MARK) }), Err(MARK.to_owned()));
        assert_eq!(HEARD.load(Ordering::SeqCst), 1);
        assert!(thread::spawn(|| panic!("{}", MARK)).join().is_err());
        assert_eq!(HEARD.load(Ordering::SeqCst), 2);
        drop(panic::take_hook());
        panic::set_hook(Arc::into_inner(original).unwrap());
    }
}
