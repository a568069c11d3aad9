/* san-form.h - one form: its sections, fields and tables, as the data files define them
 *
 * Everything here is read only and belongs to the catalogue that it came from. Strings are
 * never NULL unless it says so. */
#pragma once
#include "san-compartment.h"
#include "san-condition.h"
#include "san-label.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_FIELD_TEXT,
  SAN_FIELD_LONG,
  SAN_FIELD_WHOLE,
  SAN_FIELD_DECIMAL,
  SAN_FIELD_YES_NO,
  SAN_FIELD_CHOICE,
  SAN_FIELD_CHOICES,
  SAN_FIELD_DATE,
  SAN_FIELD_INSTANT,
  SAN_FIELD_PERSON,
  SAN_FIELD_CHILD,
  SAN_FIELD_RECORD,
  SAN_FIELD_ATTACHMENT,
  SAN_FIELD_SIGNATURE,                      /* a printed line, no value */
  SAN_FIELD_ROW,     /* the place of a table's row: a whole number, rows stand by it, then by key */
} SanFieldType;
#define SAN_N_FIELD_TYPES 15u

typedef enum { SAN_REQUIRED_NEVER, SAN_REQUIRED_PRINT, SAN_REQUIRED_SIGN } SanRequired;

typedef enum
{
  SAN_MARK_VERIFIED,                        /* V: looked up */
  SAN_MARK_OLDER,                           /* V-: looked up in an older or sibling rule set */
  SAN_MARK_UNVERIFIED,                      /* M: from memory */
  SAN_MARK_OURS,                            /* o: good practice, ours */
} SanMark;

typedef enum { SAN_DOSSIER_CASE, SAN_DOSSIER_HOUSE } SanDossierKind;

#define SAN_ROW_KEY_LENGTH 8u

typedef struct _SanForm    SanForm;
typedef struct _SanSection SanSection;
typedef struct _SanTable   SanTable;

typedef struct
{
  const char     *id;                       /* of a column: the column's own name */
  SanFieldType    type;
  guint           compartment;
  const char     *fact;                     /* (nullable) */
  const char     *list;                     /* (nullable) id of the option list */
  const char     *names;             /* (nullable) record: forms that it may name, blanks between */
  const char     *unit;                     /* (nullable) */
  const char     *number;                   /* (nullable) printed number */
  const char     *source;                   /* (nullable) "F17.10" */
  SanMark         mark;
  SanRequired     required;
  SanCondition   *show_if;                  /* (nullable) */
  gboolean        has_min, has_max;
  SanDecimal      min, max;
  guint           scale;                    /* decimals allowed */
  const char     *values;           /* (nullable) whole: the only numbers allowed, blanks between */
  gboolean        allows_age;               /* a date that may be typed as "15 y" */
  gboolean        starts_now;               /* a new record proposes this moment or day */
  gboolean        is_name;                  /* text that must not stand where aliases stand */
  const SanLabel *label, *help, *printed;   /* help, printed may be NULL */
  const SanSection *section;
  const SanTable *table;              /* (nullable) the field is a column of it, or its row place */
  long            line;                     /* in its file, for messages */
} SanField;

struct _SanTable
{
  const char     *id;
  const SanLabel *label;
  /* (nullable) rows-from: reuses the row keys of that table */
  const char     *rows_form, *rows_table;
  const SanField *row;                      /* the field that holds a row's place */
  guint           n_columns;
  const SanField *const *columns;
  long            line;
};

/* A section's items in order: fields and tables, one of the two is NULL. */
typedef struct { const SanField *field; const SanTable *table; } SanItem;

struct _SanSection
{
  const char     *id;
  const SanLabel *label;
  SanCondition   *show_if;                  /* (nullable) */
  guint           n_items;
  const SanItem  *items;
  long            line;
};

struct _SanForm
{
  const char     *id;                       /* what entries carry: `welcome` */
  const char     *official_id;              /* (nullable) `in.jj2016.form7.a` */
  guint           version;
  SanDossierKind  dossier;
  guint           compartment;
  /* the writer picks it (not-needed); then of all its fields too */
  gboolean        compartment_varies;
  guint           compartments;             /* mask: its own and those of its fields */
  const char     *number;                   /* (nullable) official number: "7 A" */
  const char     *rule;                     /* (nullable) */
  SanMark         mark;
  const char     *writers;                  /* role ids, blanks between; "any" */
  const char     *dated_by;      /* (nullable) field whose answer is the day the record speaks of */
  const char     *shelf;                /* (nullable) section of a child's page that it stands in */
  /* (nullable) fields, blanks between: the first answered one stands for the record in one line;
   * hers: her own words */
  const char     *hers, *excerpt;
  gboolean        is_long_note;             /* finished by its author, amended after */
  gboolean        starts_stay;              /* has a field for the fact of arrival */
  gboolean        ends_stay;                /* has a field for the fact of leaving */
  const char     *instrument;               /* (nullable) scored by this instrument */
  const char     *opens;                 /* (nullable) form of a record to open beside it, once … */
  SanCondition   *opens_if;               /* … this holds on what was saved; no reason goes along */
  const char     *retired_on;               /* (nullable) ISO day */
  const SanLabel *label;                    /* what staff call it */
  const SanLabel *printed;                  /* (nullable) official title */
  guint           n_sections;
  const SanSection *const *sections;
  guint           n_fields;                 /* all fields outside tables, in order */
  const SanField *const *fields;
  guint           n_tables;
  const SanTable *const *tables;
  long            line;
  /* (nullable) its records are made by that act of the centre alone, never typed by themselves */
  const char     *act;
};

/* (nullable): the definition of a concrete field: `alias`, `people.k3f9q2aa` (its row place),
 * `people.k3f9q2aa.name`. NULL: unknown to this version; its value is kept by key. */
const SanField *san_form_find_field       (const SanForm *self, const char *name);
const SanTable *san_form_find_table       (const SanForm *self, const char *id);
/* TRUE if @name lies in a table of the form; row gets 9 bytes, column NULL for the row place. */
gboolean        san_form_split_name       (const SanForm   *self,
                                           const char      *name,
                                           const SanTable **table,
                                           char             row[SAN_ROW_KEY_LENGTH + 1],
                                           const SanField **column);
/* column NULL: the row place */
char           *san_form_make_name        (const SanTable *table, const char *row,
                                           const SanField *column);
char           *san_row_key_new           (void);     /* 8 of a-z 0-9, random, the first a letter */
gboolean        san_row_key_is_valid      (const char *text);
/* who fills it is asked when writing; roles joined by + */
gboolean        san_form_may_write        (const SanForm *self, const char *role);
const char     *san_field_type_get_name   (SanFieldType type);
int             san_field_type_from_name  (const char *name);                   /* -1: none */
/* SanValueType that it keeps; person and child: ID */
guint8          san_field_type_get_value_type (SanFieldType type);
const char     *san_mark_get_name         (SanMark mark);                  /* "V", "V-", "M", "o" */

G_END_DECLS
