/* san-settings.h - how people like it on this laptop: when it locks, language and size of each
 *
 * Lies in clear on the disk: numbers and codes only, never a name. People are known by their
 * random ids. Without the installed schema everything has its default and is forgotten at the end.
 */
#pragma once
#include "san-id.h"
G_BEGIN_DECLS

#define SAN_LOCK_MINUTES_MIN 2
#define SAN_LOCK_MINUTES_MAX 15

/* once, at start; (nullable) where a built schema lies */
void     san_settings_begin            (const char *data_dir);
guint    san_settings_get_lock_minutes (void);                /* 2 to 15; 5 unless somebody chose */
void     san_settings_set_lock_minutes (guint minutes);
gboolean san_settings_get_cover_away   (void);          /* cover while another window is in front */
void     san_settings_set_cover_away   (gboolean cover);

char    *san_settings_dup_language     (const SanId16 *staff);     /* (nullable): she never chose */
void     san_settings_set_language     (const SanId16 *staff, const char *language);
gboolean san_settings_get_own_digits   (const SanId16 *staff);    /* of her script instead of 0-9 */
void     san_settings_set_own_digits   (const SanId16 *staff, gboolean own);
double   san_settings_get_text_size    (const SanId16 *staff);  /* 0.8 to 2.0; 1 unless she chose */
void     san_settings_set_text_size    (const SanId16 *staff, double size);
/* light, dark: a number of AdwColorScheme; 0, as the system, unless she chose */
guint    san_settings_get_colours      (const SanId16 *staff);
void     san_settings_set_colours      (const SanId16 *staff, guint colours);
gboolean san_settings_get_larger       (const SanId16 *staff);  /* buttons, rows, what is pressed */
void     san_settings_set_larger       (const SanId16 *staff, gboolean larger);

/* Who was here last, as a hash of store and name. */
gboolean san_settings_is_last_login    (const char *store, const char *name);
void     san_settings_set_last_login   (const char *store, const char *name);

G_END_DECLS
