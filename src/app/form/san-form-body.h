/* san-form-body.h - all questions of a form under each other, with its outline beside it */
#pragma once
#include "san-form-row.h"
G_BEGIN_DECLS

#define SAN_TYPE_FORM_BODY (san_form_body_get_type ())
G_DECLARE_FINAL_TYPE (SanFormBody, san_form_body, SAN, FORM_BODY, GtkWidget)

/* Signals: "answered", "history" (SanFormRow*), "pick" (SanFormRow*, guint). */
GtkWidget  *san_form_body_new          (SanAnswers *answers /* borrowed, outlives it */);
/* Named questions in lines of one or two, without an outline; what no line names comes last. */
typedef struct { const char *one, *two; /* nullable */ } SanFormLine;
GtkWidget  *san_form_body_new_arranged (SanAnswers *answers, const SanFormLine *lines,
                                        guint n_lines);
SanFormRow *san_form_body_find         (SanFormBody *self, const char *name);       /* (nullable) */
/* (nullable): or where the focus was last */
SanFormRow *san_form_body_get_focused  (SanFormBody *self);
gboolean    san_form_body_focus_first  (SanFormBody *self);
/* after where she is; FALSE: none is open */
gboolean    san_form_body_focus_next_open (SanFormBody *self, SanRequired required);
void        san_form_body_step_section (SanFormBody *self, int step);
/* Marks what is not understood and goes to the first such question; TRUE: there is none. */
gboolean    san_form_body_check        (SanFormBody *self);
double      san_form_body_get_scroll   (SanFormBody *self);
void        san_form_body_set_scroll   (SanFormBody *self, double scroll);

G_END_DECLS
