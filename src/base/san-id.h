/* san-id.h - ids and digests of 16 and 32 bytes */
#pragma once
#include <gio/gio.h>
G_BEGIN_DECLS

typedef struct { guint8 b[16]; } SanId16;   /* record, staff, device, journal, store, file */
/* entry, dossier, centre, ring, key, piece; public keys */
typedef struct { guint8 b[32]; } SanId32;

extern const SanId16 san_id16_zero;
extern const SanId32 san_id32_zero;

gboolean san_id16_is_zero    (const SanId16 *self);
gboolean san_id32_is_zero    (const SanId32 *self);
gboolean san_id16_equal      (gconstpointer a, gconstpointer b);   /* GEqualFunc on SanId16* */
gboolean san_id32_equal      (gconstpointer a, gconstpointer b);
guint    san_id16_hash       (gconstpointer id);                   /* GHashFunc */
guint    san_id32_hash       (gconstpointer id);
int      san_id16_compare    (gconstpointer a, gconstpointer b);   /* memcmp order, GCompareFunc */
int      san_id32_compare    (gconstpointer a, gconstpointer b);
SanId16 *san_id16_copy       (const SanId16 *self);                /* (transfer full), g_free() */
SanId32 *san_id32_copy       (const SanId32 *self);
char    *san_id16_to_text    (const SanId16 *self);                /* lower-case hex, g_free() */
char    *san_id32_to_text    (const SanId32 *self);
gboolean san_id16_from_text  (const char *text, SanId16 *out, GError **error);  /* whole hex only */
gboolean san_id32_from_text  (const char *text, SanId32 *out, GError **error);
char    *san_bytes_to_hex    (const guint8 *bytes, gsize n);
GBytes  *san_bytes_from_hex  (const char *text, GError **error);
char    *san_base32_encode   (const guint8 *bytes, gsize n);       /* RFC 4648 capitals, unpadded */
GBytes  *san_base32_decode   (const char *text, GError **error);

G_END_DECLS
