#include "san-carry.h"
#include "san-example.h"
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
SanCentre *san_carry_restore (const SanPlaceOnDisk *w, const char *f, const SanSecret *r, gboolean d, const char *s, const SanSecret *p, SanRestoreResult *x, GError **e){return NULL;}
gboolean san_carry_backup (SanCentre *s, const char *f, SanProgress p, gpointer d, guint *a, guint *b, GError **e){return FALSE;}
