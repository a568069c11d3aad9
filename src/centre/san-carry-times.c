/* san-carry-times.c - when this laptop last exchanged, backed up and checked, and where
 *
 * One row of device state. Nothing depends on it but what a person is shown, so a row that is
 * missing or damaged counts as "never", and one that cannot be written stops nothing. */
#include "san-carry-private.h"

#define STATE_TIMES  "carry.times"
#define STATE_TYPE   "(xxstxtua(sx))"
#define PLACES_LIMIT 32u
#define LONG_AGO_MS  ((gint64) 7 * 24 * 60 * 60 * 1000)

typedef struct { char *uri; gint64 ms; } Used;

typedef struct
{
  SanCarryTimes said;
  GArray       *used;               /* Used, the latest first */
} Times;

static void
used_clear (gpointer data)
{
  g_free (((Used *) data)->uri);
}

static void
times_clear (Times *self)
{
  g_clear_pointer (&self->said.backup_folder, g_free);
  g_clear_pointer (&self->used, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Times, times_clear)

gboolean
san_carry_is_long_ago (gint64 ms, gint64 now)
{
  return now - ms > LONG_AGO_MS;
}

void
san_carry_times_free (SanCarryTimes *self)
{
  g_free (self->backup_folder);
  g_free (self);
}

/* FALSE: they cannot be read, and must not be written over. */
static gboolean
load (SanCentre *self, Times *out)
{
  g_autoptr(GBytes) state = NULL;
  g_autoptr(GVariant) variant = NULL;
  g_autoptr(GVariantIter) places = NULL;
  Used used;

  out->used = g_array_new (FALSE, FALSE, sizeof (Used));
  g_array_set_clear_func (out->used, used_clear);
  if (!san_store_look_state (self->store, STATE_TIMES, &state, NULL))
    return FALSE;
  if (state == NULL)
    return TRUE;
  variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (STATE_TYPE), state, FALSE));
  g_variant_get (variant, STATE_TYPE, &out->said.exchange_ms, &out->said.backup_ms,
                 &out->said.backup_folder, &out->said.backup_entries, &out->said.check_ms,
                 &out->said.check_entries, &out->said.check_problems, &places);
  while (out->used->len < PLACES_LIMIT && g_variant_iter_next (places, "(sx)", &used.uri, &used.ms))
    g_array_append_val (out->used, used);
  return TRUE;
}

static void
keep (SanCentre *self, const Times *times)
{
  GVariantBuilder places;
  g_autoptr(GVariant) variant = NULL;
  g_autoptr(GBytes) state = NULL;

  g_variant_builder_init (&places, G_VARIANT_TYPE ("a(sx)"));
  for (guint i = 0; i < MIN (times->used->len, PLACES_LIMIT); i++)
    {
      const Used *used = &g_array_index (times->used, Used, i);

      g_variant_builder_add (&places, "(sx)", used->uri, used->ms);
    }
  variant = g_variant_ref_sink (
      g_variant_new (STATE_TYPE, times->said.exchange_ms, times->said.backup_ms,
                     times->said.backup_folder != NULL ? times->said.backup_folder : "",
                     times->said.backup_entries, times->said.check_ms, times->said.check_entries,
                     times->said.check_problems, &places));
  state = g_variant_get_data_as_bytes (variant);
  san_store_put_state (self->store, STATE_TIMES, state, NULL);
}

void
san_carry_note_exchange (SanCentre *self, const char *uri)
{
  g_auto(Times) times = { 0 };
  Used used = { NULL, san_clock_now () };

  if (!load (self, &times))
    return;
  used.uri = g_strdup (uri);
  for (guint i = times.used->len; i > 0; i--)
    if (g_str_equal (g_array_index (times.used, Used, i - 1).uri, uri))
      g_array_remove_index (times.used, i - 1);
  g_array_prepend_val (times.used, used);
  times.said.exchange_ms = used.ms;
  keep (self, &times);
}

void
san_carry_note_backup (SanCentre *self, const char *uri, guint n_entries)
{
  g_auto(Times) times = { 0 };

  if (!load (self, &times))
    return;
  g_free (times.said.backup_folder);
  times.said.backup_folder = g_strdup (uri);
  times.said.backup_ms = san_clock_now ();
  times.said.backup_entries = n_entries;
  keep (self, &times);
}

void
san_carry_note_check (SanCentre *self, guint64 n_entries, guint n_problems)
{
  g_auto(Times) times = { 0 };

  if (!load (self, &times))
    return;
  times.said.check_ms = san_clock_now ();
  times.said.check_entries = n_entries;
  times.said.check_problems = n_problems;
  keep (self, &times);
}

gint64
san_carry_when_used (SanCentre *self, const char *uri)
{
  g_auto(Times) times = { 0 };

  load (self, &times);
  for (guint i = 0; i < times.used->len; i++)
    if (g_str_equal (g_array_index (times.used, Used, i).uri, uri))
      return g_array_index (times.used, Used, i).ms;
  return 0;
}

SanCarryTimes *
san_carry_get_times (SanCentre *self)
{
  g_auto(Times) times = { 0 };
  SanCarryTimes *said;

  load (self, &times);
  if (times.said.backup_folder != NULL && *times.said.backup_folder == '\0')
    g_clear_pointer (&times.said.backup_folder, g_free);
  said = g_memdup2 (&times.said, sizeof times.said);
  times.said.backup_folder = NULL;
  return said;
}
