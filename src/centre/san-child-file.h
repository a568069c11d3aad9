/* san-child-file.h - what a child's page shows: her header, what happened, what only others read */
#pragma once
#include "san-records.h"
#include "san-form.h"
G_BEGIN_DECLS

/**
 * SanFileRow:
 * @shelf: (nullable): section of her page, as the form says
 * @at: the moment that the record speaks of
 * @written: when it was begun; it decides between two of the same moment
 * @line: (nullable): the answer that stands for it, with her alias where her names stood
 * @is_hers: @line is in her own words
 * @stay: 1 is her first stay; 0: of none, or it cannot be told
 *
 * One record on the timeline, newest first.
 */
typedef struct
{
  SanId16        record;
  const SanForm *form;              /* (nullable) a form that this version does not know */
  const char    *shelf;
  gint64         at, written;
  char          *author;
  char          *line;
  gboolean       is_hers;
  gboolean       finished;
  int            stay;
} SanFileRow;

/* A plain sentence that everyone who meets her should know. @kind: help, allergy, diet, ask-first,
 * order. */
typedef struct
{
  const char *kind;
  char *text;
  gint64 at; /* order: its last day, ms; else 0 */
} SanChildAlert;

/* A compartment that this login does not read, and who of the house does. */
typedef struct
{
  SanCompartment compartment;
  char *readers; /* short names with commas; "" nobody */
} SanProtectedShelf;

typedef struct
{
  SanChildRow *row;                 /* its name is NULL: see san_child_show_name() */
  char        *responsible;         /* (nullable) */
  int          youngest, oldest;    /* years; -1: not known */
  GPtrArray   *alerts;              /* SanChildAlert */
  GPtrArray   *rows;                /* SanFileRow */
  GPtrArray   *closed;              /* SanProtectedShelf */
} SanChildFile;

/* Reading it is written in her access log. */
SanChildFile *san_child_file_get  (SanCentre *self, const SanId32 *child, GError **error);
void          san_child_file_free (SanChildFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanChildFile, san_child_file_free)

/**
 * san_child_show_name:
 *
 * Her real name, for the seconds that it is shown; each call is written in her access log.
 *
 * Returns: (transfer full): the name; LOCKED for a login that does not read names, NOT_FOUND if
 *   nobody wrote one down yet
 */
char         *san_child_show_name (SanCentre *self, const SanId32 *child, GError **error);

/* Who looked, on this laptop: newest first. @what: "opened", "name" … */
typedef struct { char *who; char *what; gint64 at; } SanAccessRow;
void          san_access_row_free (SanAccessRow *self);
/* SanAccessRow */
GPtrArray    *san_child_list_access (SanCentre *self, const SanId32 *child, GError **error);

G_END_DECLS
