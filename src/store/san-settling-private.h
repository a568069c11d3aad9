/* san-settling-private.h - one record while it is settled: its writes, and what they come to
 *
 * The rows are read and written back in san-settling.c; the rules are in san-view-record.c. */
#pragma once
#include "san-view-private.h"

#include <string.h>
G_BEGIN_DECLS

typedef struct
{
  guint field; /* offset in SanSettling.fields */
  guint info;  /* index in SanSettling.entries */
  gint64 entry;
  guint16 number;
  guint8 type;
  gboolean finishes; /* `$finish`, true */
  SanWriteState state;
  guint rank;
  gboolean unseen;
  guint8 was_state;
  guint was_rank;
  gboolean was_unseen;
} SanSettledWrite;

typedef struct
{
  gint64 entry;
  gint32 number;
  gint64 to_entry;
  gint32 to_number;
} SanSettledTarget;

typedef struct
{
  SanView *view;
  gint64 record;
  gboolean by_superintendents; /* of the forms of which R1 speaks */
  GString *fields;             /* names, NUL-ended, one after the other */
  GArray *writes;              /* SanSettledWrite, by field, entry, number */
  GArray *targets;             /* SanSettledTarget, by entry, number */
  GArray *entries;             /* SanEntryInfo */
  GHashTable *places;          /* seq -> index in entries, plus 1 */
  gint64 first, finish;
  gboolean withdrawn;
  guint review;
  guint amends;
} SanSettling;

static inline void
san_settling_clear (SanSettling *self)
{
  g_string_free (self->fields, TRUE);
  g_array_unref (self->writes);
  g_array_unref (self->targets);
  g_array_unref (self->entries);
  g_hash_table_unref (self->places);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanSettling, san_settling_clear)

static inline SanSettledWrite *
san_settling_write_at (const SanSettling *self, guint i)
{
  return &g_array_index (self->writes, SanSettledWrite, i);
}

static inline const SanEntryInfo *
san_settling_info_of (const SanSettling *self, const SanSettledWrite *write)
{
  return &g_array_index (self->entries, SanEntryInfo, write->info);
}

static inline const char *
san_settling_field_of (const SanSettling *self, const SanSettledWrite *write)
{
  return self->fields->str + write->field;
}

static inline gboolean
san_settling_is_field (const SanSettling *self, const SanSettledWrite *write, const char *name)
{
  return strcmp (san_settling_field_of (self, write), name) == 0;
}

/* Index in entries, plus 1; 0: none of its writes is in this record. */
static inline guint
san_settling_find_entry (const SanSettling *self, gint64 seq)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->places, GSIZE_TO_POINTER (seq)));
}

/* FALSE in @here: the dossier was forgotten meanwhile. */
gboolean san_settling_load (SanSettling *self, gboolean *here, GError **error);
/* What differs. */
gboolean san_settling_put  (const SanSettling *self, GError **error);

G_END_DECLS
