/* san-outer-signals.h - what the desktop tells: the laptop sleeps, its lid closes, the session
 * locks
 *
 * Listens on the system and session bus where they are; a desktop without one of the services
 * never says so, and then the clock that runs while the laptop sleeps is what locks. */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

typedef struct _SanOuterSignals SanOuterSignals;
typedef void (*SanOuterLock) (gpointer data);        /* lock now */

SanOuterSignals *san_outer_signals_new    (SanOuterLock lock, gpointer data);
void             san_outer_signals_free   (SanOuterSignals *self);
/* The lock is done and what was open is closed: the laptop need not wait any longer. */
void             san_outer_signals_locked (SanOuterSignals *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanOuterSignals, san_outer_signals_free)

G_END_DECLS
