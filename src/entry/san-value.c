/* san-value.c - one answer: a type and its canonical bytes
 *
 * A value from outside is checked once, where it comes in; after that its bytes are trusted and
 * read in place. There is one way to write each value, so that equal answers are equal bytes. */
#include "san-value-private.h"

#include "san-writer.h"

struct _SanValue
{
  gatomicrefcount ref_count;
  guint8          type;
  guint32         size;
  guint8          data[];
};

/* ---- making ---- */

static SanValue *
value_new (guint8 type, const void *data, gsize n)
{
  SanValue *self = g_malloc (sizeof (SanValue) + n);

  g_atomic_ref_count_init (&self->ref_count);
  self->type = type;
  self->size = (guint32) n;
  if (n > 0)
    memcpy (self->data, data, n);
  return self;
}

static SanValue *
value_new_from_writer (guint8 type, SanWriter *writer)
{
  g_autoptr(GBytes) bytes = san_writer_end (writer);
  gsize n;
  const void *data = g_bytes_get_data (bytes, &n);

  return value_new (type, data, n);
}

/**
 * san_value_new_raw:
 * @data: copied
 *
 * For bytes of an entry. Known types are checked for canonical form (format of entries, types);
 * a type of a newer version is kept.
 *
 * Returns: (transfer full): the value, or %NULL with %SAN_ERROR_DAMAGED
 */
SanValue *
san_value_new_raw (guint8 type, const void *data, gsize n, GError **error)
{
  return san_value_check (type, data, n, error) ? value_new (type, data, n) : NULL;
}

SanValue *
san_value_new_cleared (void)
{
  return value_new (SAN_VALUE_CLEARED, NULL, 0);
}

SanValue *
san_value_new_bool (gboolean v)
{
  guint8 byte = v ? 1 : 0;

  return value_new (SAN_VALUE_BOOL, &byte, 1);
}

SanValue *
san_value_new_int (gint64 v)
{
  guint64 le = GUINT64_TO_LE ((guint64) v);

  return value_new (SAN_VALUE_INT, &le, sizeof le);
}

/**
 * san_value_new_text:
 *
 * Puts the text into NFC, so that one word typed on two keyboards is one.
 *
 * Returns: (transfer full): %NULL with %SAN_ERROR_INVALID if it is no UTF-8 or too long
 */
SanValue *
san_value_new_text (const char *v, GError **error)
{
  g_autofree char *nfc = NULL;
  gsize n = strlen (v);

  if (n <= SAN_VALUE_LIMIT && g_str_is_ascii (v))
    return value_new (SAN_VALUE_TEXT, v, n);
  if (n > SAN_VALUE_LIMIT || (nfc = g_utf8_normalize (v, (gssize) n, G_NORMALIZE_NFC)) == NULL
      || (n = strlen (nfc)) > SAN_VALUE_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "text of %" G_GSIZE_FORMAT " bytes is not UTF-8 or longer than %u", n,
                   SAN_VALUE_LIMIT);
      return NULL;
    }
  return value_new (SAN_VALUE_TEXT, nfc, n);
}

/**
 * san_value_new_date:
 *
 * An imprecise day that is not the first of its month or year is moved there.
 */
SanValue *
san_value_new_date (const SanDate *v)
{
  SanDuration nothing = { 0 };
  SanDate date = san_date_add (v, &nothing, 0);
  g_auto(SanWriter) writer = { NULL };

  g_return_val_if_fail (v->precision <= SAN_PRECISION_YEAR, NULL);
  san_writer_init (&writer);
  san_writer_put_i32 (&writer, date.days);
  san_writer_put_u8 (&writer, date.precision);
  return value_new_from_writer (SAN_VALUE_DATE, &writer);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * san_value_new_codes:
 * @codes: NULL-ended, in any order; repeats are dropped
 *
 * Returns: (transfer full): %NULL with %SAN_ERROR_INVALID if one is no code (printed ASCII
 *   without blanks, 1 to 255 letters) or there are more than 64
 */
SanValue *
san_value_new_codes (const char *const *codes, GError **error)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();
  g_auto(SanWriter) writer = { NULL };

  for (; *codes != NULL; codes++)
    {
      if (!san_value_is_code ((const guint8 *) *codes, strlen (*codes)))
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "code of %" G_GSIZE_FORMAT
                       " bytes is not plain ASCII", strlen (*codes));
          return NULL;
        }
      g_ptr_array_add (sorted, (gpointer) *codes);
    }
  g_ptr_array_sort (sorted, compare_strings);
  for (guint i = sorted->len; i > 1; i--)
    if (strcmp (sorted->pdata[i - 1], sorted->pdata[i - 2]) == 0)
      g_ptr_array_remove_index (sorted, i - 1);
  if (sorted->len > SAN_CODES_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "%u codes, limit is %u", sorted->len,
                   SAN_CODES_LIMIT);
      return NULL;
    }
  san_writer_init (&writer);
  san_writer_put_u8 (&writer, (guint8) sorted->len);
  for (guint i = 0; i < sorted->len; i++)
    {
      san_writer_put_u8 (&writer, (guint8) strlen (sorted->pdata[i]));
      san_writer_put_magic (&writer, sorted->pdata[i]);
    }
  return value_new_from_writer (SAN_VALUE_CODES, &writer);
}

/**
 * san_value_new_code:
 * @code: of our own data, so known to be one
 */
SanValue *
san_value_new_code (const char *code)
{
  const char *codes[] = { code, NULL };
  SanValue *self = san_value_new_codes (codes, NULL);

  g_return_val_if_fail (self != NULL, NULL);
  return self;
}

SanValue *
san_value_new_id (const SanId32 *v)
{
  return value_new (SAN_VALUE_ID, v->b, sizeof v->b);
}

SanValue *
san_value_new_record (const SanId16 *v)
{
  guint8 bytes[sizeof (SanId32)] = { 0 };

  memcpy (bytes, v->b, sizeof v->b);
  return value_new (SAN_VALUE_ID, bytes, sizeof bytes);
}

SanValue *
san_value_new_decimal (const SanDecimal *v)
{
  guint8 bytes[9];
  guint64 le = GUINT64_TO_LE ((guint64) v->digits);

  g_return_val_if_fail (v->scale <= SAN_SCALE_LIMIT, NULL);
  memcpy (bytes, &le, sizeof le);
  bytes[8] = v->scale;
  return value_new (SAN_VALUE_DECIMAL, bytes, sizeof bytes);
}

SanValue *
san_value_new_no_answer (SanNoAnswer v)
{
  guint8 byte = (guint8) v;

  g_return_val_if_fail (v >= SAN_NO_ANSWER_NOT_KNOWN && v <= SAN_NO_ANSWER_NOT_ASKED, NULL);
  return value_new (SAN_VALUE_NO_ANSWER, &byte, 1);
}

SanValue *
san_value_new_instant (const SanInstant *v)
{
  g_auto(SanWriter) writer = { NULL };

  g_return_val_if_fail (ABS ((int) v->zone) <= SAN_ZONE_LIMIT, NULL);
  san_writer_init (&writer);
  san_writer_put_i64 (&writer, v->ms);
  san_writer_put_i16 (&writer, v->zone);
  return value_new_from_writer (SAN_VALUE_INSTANT, &writer);
}

SanValue *
san_value_ref (SanValue *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
san_value_unref (SanValue *self)
{
  if (self != NULL && g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

/* ---- asking ---- */

guint8
san_value_get_type (const SanValue *self)
{
  return self->type;
}

/**
 * san_value_get_data:
 * @n: (out) (optional)
 *
 * Returns: (transfer none): the canonical bytes
 */
const guint8 *
san_value_get_data (const SanValue *self, gsize *n)
{
  if (n != NULL)
    *n = self->size;
  return self->data;
}

gboolean
san_value_equal (const SanValue *a, const SanValue *b)
{
  return a->type == b->type && a->size == b->size && memcmp (a->data, b->data, a->size) == 0;
}

gboolean
san_value_get_bool (const SanValue *self, gboolean *out)
{
  if (self->type != SAN_VALUE_BOOL)
    return FALSE;
  *out = self->data[0] != 0;
  return TRUE;
}

gboolean
san_value_get_int (const SanValue *self, gint64 *out)
{
  if (self->type != SAN_VALUE_INT)
    return FALSE;
  *out = san_value_read_i64 (self->data);
  return TRUE;
}

char *
san_value_dup_text (const SanValue *self)
{
  return self->type == SAN_VALUE_TEXT ? g_strndup ((const char *) self->data, self->size) : NULL;
}

gboolean
san_value_get_date (const SanValue *self, SanDate *out)
{
  if (self->type != SAN_VALUE_DATE)
    return FALSE;
  out->days = san_value_read_i32 (self->data);
  out->precision = self->data[4];
  return TRUE;
}

/**
 * san_value_dup_codes:
 *
 * Returns: (transfer full): NULL-ended, ascending; %NULL if the value is of another type
 */
char **
san_value_dup_codes (const SanValue *self)
{
  const guint8 *at = self->data + 1;
  char **codes;

  if (self->type != SAN_VALUE_CODES)
    return NULL;
  codes = g_new0 (char *, self->data[0] + 1u);
  for (guint i = 0; i < self->data[0]; i++)
    {
      codes[i] = g_strndup ((const char *) at + 1, at[0]);
      at += 1 + at[0];
    }
  return codes;
}

gboolean
san_value_has_code (const SanValue *self, const char *code)
{
  const guint8 *at = self->data + 1;
  gsize n = strlen (code);

  if (self->type != SAN_VALUE_CODES)
    return FALSE;
  for (guint i = 0; i < self->data[0]; i++)
    {
      if (at[0] == n && memcmp (at + 1, code, n) == 0)
        return TRUE;
      at += 1 + at[0];
    }
  return FALSE;
}

gboolean
san_value_get_id (const SanValue *self, SanId32 *out)
{
  if (self->type != SAN_VALUE_ID)
    return FALSE;
  memcpy (out->b, self->data, sizeof out->b);
  return TRUE;
}

/**
 * san_value_get_record:
 *
 * %FALSE too for an id that is longer than a record's.
 */
gboolean
san_value_get_record (const SanValue *self, SanId16 *out)
{
  if (self->type != SAN_VALUE_ID
      || memcmp (self->data + sizeof out->b, san_id16_zero.b, sizeof san_id16_zero.b) != 0)
    return FALSE;
  memcpy (out->b, self->data, sizeof out->b);
  return TRUE;
}

gboolean
san_value_get_decimal (const SanValue *self, SanDecimal *out)
{
  if (self->type != SAN_VALUE_DECIMAL)
    return FALSE;
  out->digits = san_value_read_i64 (self->data);
  out->scale = self->data[8];
  return TRUE;
}

gboolean
san_value_get_no_answer (const SanValue *self, SanNoAnswer *out)
{
  if (self->type != SAN_VALUE_NO_ANSWER)
    return FALSE;
  *out = (SanNoAnswer) self->data[0];
  return TRUE;
}

gboolean
san_value_get_instant (const SanValue *self, SanInstant *out)
{
  if (self->type != SAN_VALUE_INSTANT)
    return FALSE;
  out->ms = san_value_read_i64 (self->data);
  out->zone = san_value_read_i16 (self->data + 8);
  return TRUE;
}

/**
 * san_value_type_name:
 *
 * Returns: (transfer none): a stable word, as the command line prints it; "newer" for a type that
 *   this version does not know
 */
const char *
san_value_type_name (guint8 type)
{
  static const char *const names[] = {
    "cleared", "bool", "int", "text", "date", "codes", "attachment", "id", "decimal", "no-answer",
    "instant",
  };

  return type < G_N_ELEMENTS (names) ? names[type] : "newer";
}
