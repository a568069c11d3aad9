/* due-fixture.h - one child's answers in a few words, for the tests of what is due */
#pragma once
#include "san-due.h"
G_BEGIN_DECLS

typedef struct
{
  SanFactRecord pub;
  char         *form;
} FixtureRecord;

/* Everything that was written; a fact set is made of what one login reads of it. */
typedef struct
{
  SanProgramme   *programme;
  GArray         *records;       /* FixtureRecord */
  GArray         *answers;       /* SanFactAnswer; field and value are owned */
  gint16          zone;
  SanInstant      wall;          /* of what is written next */
  gboolean        doubtful;      /* the same */
  gint64          now;
  gboolean        clock_doubtful;
  guint           readable;
  SanDossierKind  dossier;
} DueFixture;

SanProgramme *due_fixture_programme  (void);                        /* of SAN_DATA_DIR; borrowed */
DueFixture   *due_fixture_new        (void);
void          due_fixture_free       (DueFixture *self);
SanId16       due_fixture_id         (const char *name);            /* record of that name */
gint64        due_fixture_ms         (const DueFixture *self, const char *text);
/* A day (the last ms of it in the fixture's zone) or a day with its hour. */
gint64        due_fixture_at         (const DueFixture *self, const char *text);
void          due_fixture_record     (DueFixture *self, const char *name, const char *form,
                                      const char *written);
void          due_fixture_finish     (DueFixture *self, const char *name, const char *when);
/* compartment NULL: the field's own. A value is read by its type; "@NAME" names a record. */
void          due_fixture_answer     (DueFixture *self, const char *record, const char *field,
                                      const char *value, const char *compartment);
SanFactSet   *due_fixture_facts      (const DueFixture *self, gboolean backwards);
void          due_fixture_query      (const DueFixture *self, SanFactSet *facts, SanDueQuery *out);
GPtrArray    *due_fixture_compute    (const DueFixture *self);      /* (transfer full) */
const SanDue *due_fixture_find       (GPtrArray *dues, const char *milestone,
                                      const char *record);          /* NULL: any */
char         *due_fixture_describe   (GPtrArray *dues);             /* every field of every row */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DueFixture, due_fixture_free)

G_END_DECLS
