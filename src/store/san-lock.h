/* san-lock.h - one process at a time has a store open */
#pragma once
#include "san-error.h"
G_BEGIN_DECLS

typedef struct _SanLock SanLock;

typedef struct
{
  gint64 pid;             /* 0: not known */
  gint64 since;           /* ms since 1970 UTC; 0: not known */
} SanLockOwner;

/**
 * san_lock_take:
 * @owner: (out) (optional): who has it, filled only with IN_USE
 *
 * Takes DIR/lock for the life of the object; a second taker, in this process too, gets IN_USE.
 * A lock left by a process that died is free.
 */
SanLock *san_lock_take (const char *dir, SanLockOwner *owner, GError **error);
void     san_lock_free (SanLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanLock, san_lock_free)

G_END_DECLS
