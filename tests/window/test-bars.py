"""Bars of time and memory, on a centre of ordinary size. The goals are told; only what is three times
as slow fails here. Goals as they are, and 20,000 children: benchmark-bars.py."""
import bars
from driver import Example, run
from probe import Probed, SANITIZED

made = app = None


def window():
    return Probed(made.shefali, made.state, extra=made.around)


def measured(test):
    """Under sanitizers nothing is measured."""
    def quiet():
        return "SKIP nothing is measured under sanitizers"

    quiet.__name__ = test.__name__
    return quiet if SANITIZED else test


def keep(window_of_now):
    global app
    app = window_of_now


def bar_26_cold_start_and_first_rows():
    global made
    made = Example()
    return bars.bar_26(window, keep, rounds=1)


def bar_15_cover_lock_and_keys():
    return bars.bar_15(app, 2)


def bar_16_unlock_until_today_is_filled():
    return bars.bar_16(app, 1)


def bar_2_search():
    return bars.bar_2(app, rounds=1)


def nothing_stalls_the_window():
    begun = app.lines()[-1].at
    bars.visit_everything(app, exchange=False)     # a copy of the example has no practice pen drive
    return bars.no_stall(app, begun)


def memory_does_not_grow():
    line = bars.grows(app, 6, 1, 1.0, 6, 1)
    bars.leave(app)
    return line


def bar_17_nothing_typed_is_lost():
    app.kill()
    return bars.bar_17(lambda: (window(), made.shefali + "/drafts"))


try:
    run([measured(test) for test in (bar_26_cold_start_and_first_rows, bar_15_cover_lock_and_keys,
                                     bar_16_unlock_until_today_is_filled, bar_2_search, nothing_stalls_the_window,
                                     memory_does_not_grow, bar_17_nothing_typed_is_lost)])
finally:
    if app:
        app.kill()
    if made:
        made.remove()
