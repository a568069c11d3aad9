/* san-kept.c - see san-kept.h */
#include "san-kept.h"
#include <string.h>

typedef struct
{
  gint64  arrived;
  gint32  zone;
  guint32 stay;
  guint8  has_arrived;
  guint8  zero[7];
} Fixed;

/* Numbers first, then the texts, each with its end. */
GBytes *
san_kept_summary_pack (const SanKeptSummary *self)
{
  const char *texts[] = { self->alias, self->sign, self->bed };
  Fixed fixed = { self->arrived, self->zone, self->stay, self->has_arrived != 0, { 0 } };
  GByteArray *bytes = g_byte_array_sized_new (sizeof fixed + 64);

  g_byte_array_append (bytes, (const guint8 *) &fixed, sizeof fixed);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_byte_array_append (bytes, (const guint8 *) texts[i], (guint) strlen (texts[i]) + 1);
  return g_byte_array_free_to_bytes (bytes);
}

void
san_kept_summary_read (SanKeptSummary *out, const guint8 *data, gsize n)
{
  const char *texts[3];
  gsize at = sizeof (Fixed);
  Fixed fixed;

  *out = (SanKeptSummary) { "", "", "", 0, FALSE, 0, 0 };
  if (n < sizeof fixed)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const guint8 *end = memchr (data + at, '\0', n - at);

      if (end == NULL)
        return;
      texts[i] = (const char *) data + at;
      at = (gsize) (end - data) + 1;
    }
  memcpy (&fixed, data, sizeof fixed);
  *out = (SanKeptSummary){ texts[0],          texts[1],   texts[2],  fixed.arrived,
                           fixed.has_arrived, fixed.zone, fixed.stay };
}

void
san_kept_summary_read_bytes (SanKeptSummary *out, GBytes *bytes)
{
  gsize n = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &n) : NULL;

  san_kept_summary_read (out, data, n);
}

GBytes *
san_kept_due_pack (const SanKeptDue *self)
{
  guint8 bytes[13];

  memcpy (bytes, &self->flags, 4);
  memcpy (bytes + 4, &self->missed, 4);
  memcpy (bytes + 8, &self->step, 4);
  bytes[12] = self->precision;
  return g_bytes_new (bytes, sizeof bytes);
}

void
san_kept_due_read (SanKeptDue *out, const guint8 *data, gsize n)
{
  *out = (SanKeptDue) { 0 };
  if (n != 13)
    return;
  memcpy (&out->flags, data, 4);
  memcpy (&out->missed, data + 4, 4);
  memcpy (&out->step, data + 8, 4);
  out->precision = data[12];
}
