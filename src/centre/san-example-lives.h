/* san-example-lives.h - the everyday lives of example children, written by who would write them */
#pragma once
#include "san-example-private.h"
G_BEGIN_DECLS

typedef struct
{
  const char *alias;
  int         days;              /* since she came */
  int         age;
  int         scores[2];         /* of each WHO-5 item, first and last; -1: none but the first */
  gboolean    whole;           /* her whole course is written, not only its beginning and its end */
  const char *late;  /* (nullable) "plan", "health", "counselling" or "score": what waits for her */
} SanExampleChild;

typedef struct
{
  SanCentre             *centre;     /* of the writer */
  gint64                 now;
  const char            *family_name;
  const SanExampleChild *children;
  SanId32               *ids;        /* filled by the welcome */
  guint                  n;
  GCancellable          *cancellable;   /* (nullable) */
} SanExampleHouse;

/* of her who turns 18 in 41 days; were that a 29 February, on the day before it */
SanDate  san_example_birth           (gint32 today);
/* One after the other, each as the person whose work it is. The clock is set meanwhile. */
gboolean san_example_write_arrivals  (SanExampleHouse *self, GError **error);   /* superintendent */
gboolean san_example_write_cases     (SanExampleHouse *self, GError **error);   /* case worker */
gboolean san_example_write_clinical  (SanExampleHouse *self, GError **error);   /* counsellor */
gboolean san_example_write_medical   (SanExampleHouse *self, GError **error);   /* nurse */
/* legal officer: one hearing next week */
gboolean san_example_write_court     (SanExampleHouse *self, GError **error);

G_END_DECLS
