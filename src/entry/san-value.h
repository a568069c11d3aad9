/* san-value.h - one answer: a type and its canonical bytes */
#pragma once
#include "san-error.h"
#include "san-id.h"
#include "san-time.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_VALUE_CLEARED = 0,
  SAN_VALUE_BOOL = 1,
  SAN_VALUE_INT = 2,
  SAN_VALUE_TEXT = 3,
  SAN_VALUE_DATE = 4,
  SAN_VALUE_CODES = 5,
  SAN_VALUE_ATTACHMENT = 6,
  SAN_VALUE_ID = 7,
  SAN_VALUE_DECIMAL = 8,
  SAN_VALUE_NO_ANSWER = 9,
  SAN_VALUE_INSTANT = 10,
} SanValueType;                       /* other types: kept, shown as "newer version" */

typedef enum
{
  SAN_NO_ANSWER_NOT_KNOWN = 1,
  SAN_NO_ANSWER_REFUSED = 2,          /* did not want to say */
  SAN_NO_ANSWER_NOT_ASKED = 3,
} SanNoAnswer;

typedef struct { gint64 digits; guint8 scale; } SanDecimal;     /* digits x 10^-scale, scale <= 9 */

#define SAN_VALUE_LIMIT 262144u
typedef struct _SanValue SanValue;    /* immutable, reference counted */

/* known types are checked for canonical form; unknown kept */
SanValue     *san_value_new_raw        (guint8 type, const void *data, gsize n, GError **error);
SanValue     *san_value_new_cleared    (void);
SanValue     *san_value_new_bool       (gboolean v);
SanValue     *san_value_new_int        (gint64 v);
/* valid UTF-8, at most the limit; put into NFC */
SanValue     *san_value_new_text       (const char *v, GError **error);
SanValue     *san_value_new_date       (const SanDate *v);
SanValue     *san_value_new_code       (const char *code);                        /* a set of one */
/* NULL-ended; sorted, repeats dropped */
SanValue     *san_value_new_codes      (const char * const *codes, GError **error);
SanValue     *san_value_new_id         (const SanId32 *v);
SanValue     *san_value_new_record     (const SanId16 *v);                /* 16 bytes || 16 zeros */
SanValue     *san_value_new_decimal    (const SanDecimal *v);
SanValue     *san_value_new_no_answer  (SanNoAnswer v);
SanValue     *san_value_new_instant    (const SanInstant *v);
SanValue     *san_value_ref            (SanValue *self);
void          san_value_unref          (SanValue *self);
guint8        san_value_get_type       (const SanValue *self);
const guint8 *san_value_get_data       (const SanValue *self, gsize *n);
gboolean      san_value_equal          (const SanValue *a, const SanValue *b);
/* Each returns FALSE (NULL) and leaves out untouched if the value is of another type. */
gboolean      san_value_get_bool       (const SanValue *self, gboolean *out);
gboolean      san_value_get_int        (const SanValue *self, gint64 *out);
char         *san_value_dup_text       (const SanValue *self);
gboolean      san_value_get_date       (const SanValue *self, SanDate *out);
char        **san_value_dup_codes      (const SanValue *self);
gboolean      san_value_has_code       (const SanValue *self, const char *code);
gboolean      san_value_get_id         (const SanValue *self, SanId32 *out);
gboolean      san_value_get_record     (const SanValue *self, SanId16 *out);
gboolean      san_value_get_decimal    (const SanValue *self, SanDecimal *out);
gboolean      san_value_get_no_answer  (const SanValue *self, SanNoAnswer *out);
gboolean      san_value_get_instant    (const SanValue *self, SanInstant *out);
const char   *san_value_type_name      (guint8 type);                /* "text", "date" …; "newer" */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanValue, san_value_unref)

G_END_DECLS
