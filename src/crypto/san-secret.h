/* san-secret.h - bytes that live in locked memory and are wiped when let go */
#pragma once
#include "san-id.h"
#include "san-error.h"
G_BEGIN_DECLS

/* Immutable after it is filled; reference counted, atomic. A NUL that does not count stands behind
 * the last byte, so that a secret text can be handed on without a copy. */
typedef struct _SanSecret SanSecret;

gboolean      san_crypto_init        (GError **error);       /* once per process, cheap to repeat */
SanSecret    *san_secret_new         (gsize n);         /* zero-filled, to be filled by its maker */
SanSecret    *san_secret_new_random  (gsize n);
SanSecret    *san_secret_new_copy    (const void *data, gsize n);
SanSecret    *san_secret_ref         (SanSecret *self);
void          san_secret_unref       (SanSecret *self);                   /* NULL is fine */
const guint8 *san_secret_get_data    (const SanSecret *self);
/* only for its maker, before it is shared */
guint8       *san_secret_get_mutable (SanSecret *self);
gsize         san_secret_get_size    (const SanSecret *self);
gboolean      san_secret_equal       (const SanSecret *a, const SanSecret *b);   /* constant time */
gboolean      san_secret_is_locked   (void);            /* FALSE once locking failed: say so once */
void          san_process_harden     (void); /* no core dumps, no ptrace: for a face's first line */
void          san_random             (void *out, gsize n);
guint32       san_random_below       (guint32 limit);                     /* uniform */
void          san_wipe               (void *data, gsize n);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanSecret, san_secret_unref)

G_END_DECLS
