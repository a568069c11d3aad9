/* san-form-head.h - what is said of a sheet round its questions, on every page that writes a record
 */
#pragma once
#include "san-answers.h"
#include "san-desk.h"
G_BEGIN_DECLS

/* "Session · Bakul · 7" */
char      *san_form_head_dup_heading    (const SanSheet *sheet, const char *language);
/* (nullable): everybody in the house reads it */
char      *san_form_head_dup_readers    (const SanSheet *sheet);
/* (nullable): neither finished nor taken back */
char      *san_form_head_dup_closed     (const SanSheet *sheet);
GtkWidget *san_form_head_new_amendments (const SanSheet *sheet);         /* (nullable): none */
/* (nullable): every field is known here */
GtkWidget *san_form_head_new_unknown    (const SanSheet *sheet);
void       san_form_head_say_refused    (SanDesk *desk);                 /* one answer is marked */

G_END_DECLS
