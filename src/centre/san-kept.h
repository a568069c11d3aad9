/* san-kept.h - what the rows that a view keeps say beyond their columns
 *
 * Packed by whoever derives them, read once for each row of a list, so in fixed places and without
 * a copy. Views are made again when definitions change: the layout promises nothing. */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

/* The summary of a case dossier in the house view. */
typedef struct
{
  const char *alias;
  const char *sign;
  const char *bed;
  gint64      arrived;              /* ms; of the last stay, if there is one */
  gboolean    has_arrived;
  gint32      zone;                 /* minutes */
  guint32     stay;                 /* how many there were */
} SanKeptSummary;

typedef struct
{
  guint32 flags;                    /* SanDueFlags */
  guint32 missed;
  guint32 step;
  guint8  precision;
} SanKeptDue;

GBytes *san_kept_summary_pack (const SanKeptSummary *self);
/* Strings are borrowed from @data. Anything else than what was packed reads as nothing known. */
void    san_kept_summary_read (SanKeptSummary *out, const guint8 *data, gsize n);
void    san_kept_summary_read_bytes (SanKeptSummary *out, GBytes *bytes /* nullable */);
GBytes *san_kept_due_pack     (const SanKeptDue *self);
void    san_kept_due_read     (SanKeptDue *out, const guint8 *data, gsize n);

G_END_DECLS
