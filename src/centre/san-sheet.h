/* san-sheet.h - all that a page needs to show one form, filled in or new */
#pragma once
#include "san-draft-keeper.h"
#include "san-fact-set.h"
#include "san-records.h"
G_BEGIN_DECLS

/* Somebody of the centre. @rings: bit c: she reads compartment c. */
typedef struct
{
  SanId16 id;
  char *name;
  char *role;
  char *phone; /* (nullable) */
  guint rings;
} SanSheetPerson;

/**
 * SanOffer:
 * @from: zero: from the clock; else the record that it is copied from, its @form, @author and day
 *
 * What a new record takes from earlier answers unless something else is typed.
 */
typedef struct
{
  const SanField *field;
  SanValue       *value;
  SanId16         from;
  const SanForm  *form;             /* (nullable) */
  char           *author;           /* (nullable) */
  gint64          at;
} SanOffer;

/**
 * SanSheet:
 * @form: (nullable): %NULL for a form that this version does not know
 * @view: (nullable): what is written; %NULL for a new record
 * @draft: (nullable): what she has not saved yet
 * @facts: what is known of her (or of the house), for conditions, rows and records to choose from
 * @children: (nullable) (element-type SanChildRow): only for forms that ask for a child
 *
 * Handed over whole: whoever has it reads it on one thread.
 */
typedef struct
{
  const SanForm *form;
  SanId32        child;             /* zero: about the house */
  char          *alias, *sign, *bed;
  SanId16        record;            /* zero: a new one */
  SanRecordView *view;
  SanUnfinished *draft;
  SanFactSet    *facts;
  GPtrArray     *offers;            /* SanOffer */
  GPtrArray     *people;            /* SanSheetPerson, those who are here now */
  GPtrArray     *children;
  guint          reads, writes;     /* bit c */
  gboolean       may_write;         /* her role fills in this form */
  gboolean       may_finish;        /* it is hers to finish */
} SanSheet;

/* @record NULL or zero: a new one of @form about @child (NULL or zero: the house). */
SanSheet *san_sheet_open (SanCentre *self, const char *form, const SanId32 *child,
                          const SanId16 *record, GError **error);
void      san_sheet_free (SanSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanSheet, san_sheet_free)

/* Short names of those who read a compartment, with commas; "" nobody here. (transfer full) */
char     *san_sheet_dup_readers (const SanSheet *self, guint compartment);
/* (nullable) */
const SanSheetPerson *san_sheet_find_person (const SanSheet *self, const SanId16 *id);

/**
 * san_sheet_save:
 * @record: (inout): zero for a new one; then the one that was made
 * @finish: close it as well, so that only corrections can be added
 *
 * One press of Save, whatever kind of form it is: new ones begin a stay where the form does.
 */
gboolean  san_sheet_save (SanCentre *self, const char *form, const SanId32 *child, SanId16 *record,
                          SanId32 *child_out /* nullable: also of a child that was welcomed */,
                          GPtrArray *typed, gboolean finish, GError **error);

G_END_DECLS
