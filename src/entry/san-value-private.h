/* san-value-private.h - bytes of values, read in place once they were checked */
#pragma once
#include "san-value.h"

#include <string.h>
G_BEGIN_DECLS

#define SAN_CODES_LIMIT 64u
#define SAN_SCALE_LIMIT 9u
#define SAN_ZONE_LIMIT  1439

/* DAMAGED: not as we would have written it. A type of a newer version is taken as it is. */
gboolean san_value_check   (guint8 type, const guint8 *data, gsize n, GError **error);
gboolean san_value_is_code (const guint8 *data, gsize n);

static inline gint32
san_value_read_i32 (const guint8 *data)
{
  guint32 v;

  memcpy (&v, data, sizeof v);
  return (gint32) GUINT32_FROM_LE (v);
}

static inline gint64
san_value_read_i64 (const guint8 *data)
{
  guint64 v;

  memcpy (&v, data, sizeof v);
  return (gint64) GUINT64_FROM_LE (v);
}

static inline gint16
san_value_read_i16 (const guint8 *data)
{
  return (gint16) (guint16) (data[0] | data[1] << 8);
}

G_END_DECLS
