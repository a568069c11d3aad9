/* san-answers-private.h - what stands typed and saved, for the files that work on it */
#pragma once
#include "san-answers.h"
G_BEGIN_DECLS

typedef struct
{
  SanValue *value;                  /* NULL: blank */
  char     *text, *file;
  gboolean  proposed;               /* nobody typed it */
} SanTypedAnswer;

struct _SanAnswers
{
  SanCatalogue *catalogue;
  char         *language;
  SanSheet     *sheet;
  GHashTable   *saved;              /* name -> SanFieldRow, borrowed of the sheet */
  GHashTable   *offers;             /* name -> SanOffer, borrowed */
  GHashTable   *typed;              /* name -> SanTypedAnswer */
  guint         changes;
};

void san_answers_put (SanAnswers *self, const char *name, SanValue *value, const char *text,
                      const char *file);

G_END_DECLS
