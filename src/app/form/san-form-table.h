/* san-form-table.h - a table of a form: rows that come and go, each a few questions */
#pragma once
#include "san-form-row.h"
G_BEGIN_DECLS

#define SAN_TYPE_FORM_TABLE (san_form_table_get_type ())
G_DECLARE_FINAL_TYPE (SanFormTable, san_form_table, SAN, FORM_TABLE, GtkWidget)

/* Called for every row of questions that is made, now and later. */
typedef void (*SanFormRowMade) (SanFormRow *row, gpointer data);

/* Signals: "answered" (a row came or went), "gone" (SanFormRow*: it is about to go). */
GtkWidget *san_form_table_new (SanAnswers *answers, const SanTable *table, SanFormRowMade made,
                               gpointer data);
/* On a closed sheet: without lines in which nothing is answered, and not at all without a line. */
void       san_form_table_leave_out (SanFormTable *self, gboolean leave_out);

G_END_DECLS
