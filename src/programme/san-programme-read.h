/* san-programme-read.h - private to the room: one definition file to milestones or a sheet */
#pragma once
#include "san-catalogue.h"
#include "san-instrument.h"
#include "san-milestone.h"
#include "san-pool.h"
#include "san-xml.h"
G_BEGIN_DECLS

/* What a file is read with: its name, definitions it may lean on, who owns the result. */
typedef struct
{
  const char   *name;         /* of the file, without its folder */
  SanCatalogue *catalogue;
  SanPool      *pool;
} SanReading;

/* Sets INVALID "NAME: line N: reason"; always returns FALSE. */
gboolean        san_reading_refuse    (const SanReading *self, const xmlNode *node, GError **error,
                                       const char *format, ...) G_GNUC_PRINTF (4, 5);
const char     *san_reading_attribute (const SanReading *self, const xmlNode *node,
                                       const char *name);
/* Absent: untouched. */
gboolean        san_reading_take_int  (const SanReading *self, const xmlNode *node,
                                       const char *name, int *out, GError **error);
gboolean        san_reading_take_mark (const SanReading *self, const xmlNode *node,
                                       const char **source, SanMark *mark, GError **error);
const SanLabel *san_reading_label     (const SanReading *self, const xmlNode *node,
                                       const char *element);

gboolean        san_milestone_read    (const SanReading *self, const xmlNode *node,
                                       SanMilestone *out, GError **error);
gboolean        san_instrument_read   (const SanReading *self, const xmlNode *node,
                                       SanInstrument *out, GError **error);

G_END_DECLS
