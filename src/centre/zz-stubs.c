#include "san-carry.h"
#include "san-setup.h"
#include "san-example.h"
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
SanCentre *san_setup_join (const SanPlaceOnDisk *w, const SanSetup *s, GBytes *c, GBytes **j, GError **e){return NULL;}
gboolean san_carry_write (SanCentre *s, const char *t, const char *p, guint *n, GError **e){return FALSE;}
SanCentre *san_carry_restore (const SanPlaceOnDisk *w, const char *f, const SanSecret *r, gboolean d, const char *s, const SanSecret *p, SanRestoreResult *x, GError **e){return NULL;}
GPtrArray *san_carry_list_places (SanCentre *s, GError **e){return NULL;}
SanBundleInfo *san_carry_inspect (SanCentre *s, const char *p, GError **e){return NULL;}
SanExchangeResult *san_carry_exchange (SanCentre *s, const char *p, SanProgress g, gpointer d, GCancellable *c, GError **e){return NULL;}
gboolean san_carry_backup (SanCentre *s, const char *f, SanProgress p, gpointer d, guint *a, guint *b, GError **e){return FALSE;}
gboolean san_carry_apply (SanCentre *s, const char *p, SanExchangeResult **r, GError **e){return FALSE;}
gboolean san_carry_add_place (SanCentre *s, const char *n, const char *u, GError **e){return FALSE;}
void san_bundle_info_free (SanBundleInfo *s){}
void san_exchange_result_free (SanExchangeResult *s){}
